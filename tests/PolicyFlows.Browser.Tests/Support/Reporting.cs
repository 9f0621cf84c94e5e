using Microsoft.Playwright;

namespace PolicyFlows.Browser.Tests.Support;

/// <summary>What a reporter has in hand at the end.</summary>
public sealed record ReportReceipt(string Reference, string Code);

/// <summary>A report from the start page to the confirmation, screen by screen.</summary>
public static class Reporting
{
    public const string School = "Quillmoor Academy", Reporter = "Alice Penhallick", Manager = "Ruth Ashdown";

    public const string ImagesQuestion = "Is any of it a sexual image of someone under 18, or could it be?";

    public const string What = "Somebody posted a picture of me with an insult. Pupils are sharing it.";

    private const string Post = "https://x.com/quiet_kite/status/1";

    /// <summary>Reports a post with a screenshot.</summary>
    public static async Task<ReportReceipt> ReportAsync(this Person person, string link = Post, string what = What, Func<Task>? beforeSending = null)
    {
        await person.ToFilesAsync(link, what);
        await person.Page.GetByLabel("Choose a file").SetInputFilesAsync(Screenshot);
        await person.PressAsync("Upload");
        await person.SeesAsync("screenshot.png");
        return await person.FromFilesAsync(link, beforeSending);
    }

    /// <summary>Fills in the report up to where a file can be chosen.</summary>
    public static async Task ToFilesAsync(this Person person, string link = Post, string what = What)
    {
        await person.OpenAsync("/");
        await person.PressAsync("Report abuse of staff");
        await person.ChooseAsync("Is a child at risk?", "No, or I have already told the safeguarding lead");
        await person.PressAsync("Continue");

        await person.ExpectAsync("Which school is it about?");
        await person.ChooseAsync("School", School);
        await person.ChooseAsync("Who is it aimed at?", "Me");
        await person.PressAsync("Continue");

        await person.ExpectAsync("What happened?");
        await person.FillAsync("What happened?", what);
        await person.FillAsync("When did you see it? (optional)", "Sunday at about 9pm");
        await person.ChooseAsync("Which account of yours is it about?", "A school account");
        await person.PressAsync("Continue");

        await person.ExpectAsync("Where is it?");
        await person.FillAsync("Link (optional)", link);
        await person.SelectAsync("What is it? (optional)", "A post, picture or video");
        await person.PressAsync("Continue");

        await person.ExpectAsync("Do you have a screenshot or recording?");
        await person.ChooseAsync(ImagesQuestion, "No");
        await person.PressAsync("Answer and choose a file");
    }

    /// <summary>The rest of the report, behind the files.</summary>
    public static async Task<ReportReceipt> FromFilesAsync(this Person person, string link = Post, Func<Task>? beforeSending = null)
    {
        await person.PressAsync("Continue");

        await person.ExpectAsync("How can we reach you?");
        await person.FillAsync("Your name (optional)", Reporter);
        await person.FillAsync("Your email address (optional)", Inbox.AddressOf(Reporter));
        await person.PressAsync("Continue");

        await person.ExpectAsync("Who will read your report");
        await person.SeesAsync(Manager);
        await person.PressAsync("Continue");

        await person.ExpectAsync("Check your answers and send");
        await person.SeesAsync(link);
        if (beforeSending is not null) await beforeSending();
        await person.PressAsync("Send report");
        return await person.ReceiptAsync();
    }

    /// <summary>Reads reference and code from the confirmation.</summary>
    public static async Task<ReportReceipt> ReceiptAsync(this Person person)
    {
        await person.ExpectAsync("We have your report");
        return new(await person.Page.Locator(".govuk-panel strong").InnerTextAsync(), await person.Page.Locator(".pf-receipt-code .pf-code").InnerTextAsync());
    }

    /// <summary>The smallest picture there is.</summary>
    public static FilePayload Screenshot => new() { Name = "screenshot.png", MimeType = "image/png", Buffer = Png };

    /// <summary>Its bytes.</summary>
    public static byte[] Png => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
}
