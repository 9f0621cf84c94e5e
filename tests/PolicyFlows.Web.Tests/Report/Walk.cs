using System.Text.RegularExpressions;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Report;

/// <summary>What a reporter fills in; null leaves a field alone.</summary>
public sealed record Filled
{
    public string School { get; init; } = "Quillmoor Academy";

    public bool ForColleague { get; init; }

    public string? ColleagueName { get; init; }

    public string? ColleagueEmail { get; init; }

    public string What { get; init; } = "A parent insulted me in a post.";

    public string? Link { get; init; } = "https://www.facebook.com/groups/1/posts/2?fbclid=abc";

    public string? Handle { get; init; }

    public string? Platform { get; init; }

    public string? Kind { get; init; }

    public bool Cannot { get; init; }

    public bool Screenshot { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public IReadOnlyList<string> Involved { get; init; } = [];
}

/// <summary>Walks through the report as a person does: by what stands on the page.</summary>
public static partial class Walk
{
    /// <summary>To the page with this path.</summary>
    public static async Task<WebPage> ToAsync(WebBrowser browser, string path, Filled? filled = null)
    {
        filled ??= new();
        var page = await browser.OpenAsync("/report");
        page = await page.Form("Continue").Choose("No, or I have already told the safeguarding lead").SubmitAsync();
        if (page.Path == path) return page;
        page = await SchoolAsync(page, filled);
        if (page.Path == path) return page;
        page = await page.Form().Fill("What happened?", filled.What).SubmitAsync();
        if (page.Path == path) return page;
        page = await WhereAsync(page, filled);
        if (page.Path == path) return page;
        if (filled.Screenshot) page = await UploadAsync(await ImagesAsync(page), "screen.png", SampleFiles.Png);
        page = await page.Form(filled.Screenshot ? "Continue" : "Continue without a file").SubmitAsync();
        if (page.Path == path) return page;
        var you = page.Form();
        if (filled.Name is not null) you.Fill("Your name (optional)", filled.Name);
        if (filled.Email is not null) you.Fill("Your email address (optional)", filled.Email);
        page = await you.SubmitAsync();
        if (page.Path == path) return page;
        var people = page.Form();
        foreach (var name in filled.Involved) people.Choose(name);
        page = await people.SubmitAsync();
        if (filled.Involved.Count > 0) page = await page.Form().SubmitAsync();
        Assert.Equal("/report/check", page.Path);
        return page;
    }

    /// <summary>To the confirmation.</summary>
    public static async Task<Confirmed> SendAsync(WebBrowser browser, Filled? filled = null) =>
        Read(await (await ToAsync(browser, "/report/check", filled)).Form("Send report").SubmitAsync());

    /// <summary>What a confirmation says.</summary>
    public static Confirmed Read(WebPage page)
    {
        Assert.Equal("/report/sent", page.Path);
        return new(page, Reference().Match(page.MainText).Value, Code().Match(page.MainText).Value);
    }

    public static Task<WebPage> SchoolAsync(WebPage page, Filled filled)
    {
        var form = page.Form().Choose(filled.School, "School").Choose(filled.ForColleague ? "A colleague" : "Me");
        if (filled.ColleagueName is not null) form.Fill("Colleague's name (optional)", filled.ColleagueName);
        if (filled.ColleagueEmail is not null) form.Fill("Colleague's email address (optional)", filled.ColleagueEmail);
        return form.SubmitAsync();
    }

    public static Task<WebPage> WhereAsync(WebPage page, Filled filled)
    {
        var form = page.Form("Continue");
        if (filled.Link is not null) form.Fill("Link (optional)", filled.Link);
        if (filled.Handle is not null) form.Fill("Account name, telephone number or group (optional)", filled.Handle);
        if (filled.Platform is not null) form.Choose(filled.Platform, "Website or app (optional)");
        if (filled.Kind is not null) form.Choose(filled.Kind, "What is it? (optional)");
        if (filled.Cannot) form.Choose("I cannot get it now");
        return form.SubmitAsync("Continue");
    }

    public static Task<WebPage> ImagesAsync(WebPage page, string answer = "No") => page.Form("Answer and choose a file").Choose(answer).SubmitAsync();

    public static Task<WebPage> UploadAsync(WebPage page, string name, byte[] content) =>
        page.Form("Upload").Attach(page.MainText.Contains("Choose another file", StringComparison.Ordinal) ? "Choose another file" : "Choose a file", name, content).SubmitAsync();

    /// <summary>Opens the receipt page on another device.</summary>
    public static async Task<WebPage> ReceiptAsync(WebBrowser browser, string reference, string code)
    {
        var page = await browser.OpenAsync("/receipt");
        return await page.Form("Continue").Fill("Reference", reference).Fill("Receipt code", code).SubmitAsync();
    }

    [GeneratedRegex("(INC|SG)-[2-9A-Z]{8}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("([2-9A-Z]{5}-){4}[2-9A-Z]{5}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}

/// <summary>A confirmation as read.</summary>
public sealed record Confirmed(WebPage Page, string Reference, string Code);
