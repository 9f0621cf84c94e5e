using System.Net;
using AngleSharp.Html.Dom;
using PolicyFlows.Crash.Server;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Crash.People;

/// <summary>Somebody's browser. Waits while the server is away; says whether a lost connection is the kill's doing.</summary>
/// <param name="looks">Used to look whether all holds: does not wait until people may act.</param>
internal sealed class Device(Stage stage, PostWatch wire, Uri address, bool looks = false) : IDisposable
{
    private readonly WebBrowser browser = new(wire, address.ToString());

    /// <summary>The page shown now; null before the first one and after a lost answer.</summary>
    public WebPage? Page { get; private set; }

    public Task<WebPage> OpenAsync(string path) => DoAsync(() => browser.OpenAsync(path));

    /// <summary>The form that posts to an address, its query left aside.</summary>
    public WebForm Form(string action) => TryForm(action) ?? throw Unexpected($"has no form for {action}");

    public WebForm? TryForm(string action)
    {
        var form = Page!.Document.QuerySelectorAll("form").OfType<IHtmlFormElement>().FirstOrDefault(f => f.GetAttribute("action")?.Split('?')[0] == action);
        return form is null ? null : new WebForm(browser, Page.Address, form);
    }

    public Task<WebPage> SubmitAsync(WebForm form) => DoAsync(() => form.SubmitAsync());

    /// <summary>Sends a form's request with 60 % of its body, then breaks the connection.</summary>
    public async Task TearAsync(WebForm form)
    {
        await stage.OpenAsync();
        using var request = form.Request();
        request.Content = await TornContent.OfAsync(request.Content!);
        try
        {
            await browser.SendAsync(request);
        }
        catch (Exception lost) when (IsLost(lost))
        {
            Page = null;
        }
    }

    /// <summary>A page that the harness does not expect.</summary>
    public BrokenPromiseException Unexpected(string what) =>
        new($"{Page!.Path} ({(int)Page.Status} {Page.Title}) {what}{(Page.Errors.Count == 0 ? "" : ": " + string.Join("; ", Page.Errors))}");

    public void Dispose() => browser.Dispose();

    private async Task<WebPage> DoAsync(Func<Task<WebPage>> act)
    {
        await (looks ? stage.UpAsync() : stage.OpenAsync());
        var falls = stage.Falls;
        try
        {
            Page = await act();
        }
        catch (Exception lost) when (IsLost(lost))
        {
            Page = null;
            if ((looks ? stage.IsUp : stage.IsOpen) && stage.Falls == falls) throw new BrokenPromiseException($"The connection was lost without a kill: {lost.Message}");
            throw new CutOffException();
        }

        // Checks look at thousands of pages; nobody reads them again.
        browser.Answers.Clear();
        if (Page.Status >= HttpStatusCode.InternalServerError) throw Unexpected("failed");
        return Page;
    }

    private static bool IsLost(Exception failure) => failure is HttpRequestException or IOException or OperationCanceledException;

    private sealed class TornContent(byte[] all) : HttpContent
    {
        public static async Task<TornContent> OfAsync(HttpContent whole)
        {
            var torn = new TornContent(await whole.ReadAsByteArrayAsync());
            torn.Headers.ContentType = whole.Headers.ContentType;
            return torn;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(all.AsMemory(0, all.Length * 6 / 10));
            await stream.FlushAsync();
            throw new IOException("Broken off on purpose.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = all.Length;
            return true;
        }
    }
}
