using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>A page as parsed. Finds things as a person does: by what stands on them.</summary>
public sealed class WebPage(WebBrowser browser, Uri address, HttpResponseMessage answer, string text, byte[] bytes, IHtmlDocument document)
{
    /// <summary>Address after redirects.</summary>
    public Uri Address => address;

    /// <summary>Path of the address.</summary>
    public string Path => address.AbsolutePath;

    /// <summary>Status of the answer.</summary>
    public HttpStatusCode Status => answer.StatusCode;

    /// <summary>Headers of the answer.</summary>
    public HttpResponseMessage Answer => answer;

    /// <summary>The markup.</summary>
    public string Html => text;

    /// <summary>The body as it came.</summary>
    public byte[] Bytes => bytes;

    /// <summary>The tree.</summary>
    public IHtmlDocument Document => document;

    /// <summary>Title of the document.</summary>
    public string Title => document.Title ?? "";

    /// <summary>The one h1.</summary>
    public string Heading => Words(Assert.Single(document.QuerySelectorAll("h1")));

    /// <summary>Text of the main part, spaces made single.</summary>
    public string MainText => Words(document.QuerySelector("main") ?? document.Body!);

    /// <summary>Messages of the error summary, in order.</summary>
    public IReadOnlyList<string> Errors => [.. document.QuerySelectorAll(".govuk-error-summary__list li").Select(Words)];

    /// <summary>The message beside a field, without "Error:".</summary>
    public string? ErrorBeside(string fieldId) =>
        document.GetElementById(fieldId + "-error") is { } message ? Words(message).Replace("Error: ", "", StringComparison.Ordinal) : null;

    /// <summary>Opens the link with this text (or text that starts with it, if no other fits better).</summary>
    public Task<WebPage> FollowAsync(string linkText) => browser.OpenAsync(new Uri(address, Link(linkText)).ToString());

    /// <summary>Address of the link with this text.</summary>
    public string Link(string linkText)
    {
        var links = document.QuerySelectorAll("a[href]");
        var found = links.FirstOrDefault(l => Words(l) == linkText) ?? links.FirstOrDefault(l => Words(l).StartsWith(linkText, StringComparison.Ordinal));
        Assert.True(found is not null, $"No link '{linkText}' on {Path}. There are: {string.Join(" | ", links.Select(Words))}");
        return found!.GetAttribute("href")!;
    }

    /// <summary>The form that contains a button with this text; with null, the only form of the main part.</summary>
    public WebForm Form(string? button = null)
    {
        var forms = document.QuerySelectorAll<IHtmlFormElement>("form").ToList();
        var found = button is null
            ? forms.Where(f => f.Closest("main") is not null).ToList()
            : forms.Where(f => f.QuerySelectorAll("button").Any(b => Words(b) == button)).ToList();
        Assert.True(found.Count > 0, $"No form {(button is null ? "" : $"with button '{button}' ")}on {Path} ({(int)Status} {Title}).");
        Assert.True(found.Count == 1, $"{found.Count} forms {(button is null ? "" : $"with button '{button}' ")}on {Path}; say which button.");
        return new WebForm(browser, address, found[0]);
    }

    /// <summary>Every form of the main part, for robots.</summary>
    public IReadOnlyList<WebForm> Forms() => [.. document.QuerySelectorAll<IHtmlFormElement>("main form").Select(f => new WebForm(browser, address, f))];

    /// <summary>Text of an element, spaces made single.</summary>
    public static string Words(INode node) => string.Join(' ', node.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
