using System.Net;
using AngleSharp.Html.Parser;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>
/// A browser without script over any handler (a test server or a real address): keeps cookies, sends Sec-Fetch-Site as browsers do, follows redirects,
/// parses pages. One browser is one device; make two for two people.
/// </summary>
public sealed class WebBrowser : IDisposable
{
    /// <summary>Where a test server pretends to be.</summary>
    public const string DefaultAddress = "http://program.test";

    private readonly HttpClient _client;
    private readonly CookieContainer _cookies = new();

    /// <summary>A fresh browser.</summary>
    /// <param name="handler">For a test server: <c>server.CreateHandler()</c>.</param>
    public WebBrowser(HttpMessageHandler handler, string address = DefaultAddress) =>
        _client = new HttpClient(handler) { BaseAddress = new Uri(address) };

    /// <summary>Every answer so far, oldest first: for checks on all of them.</summary>
    public List<(HttpMethod Method, Uri Address, HttpResponseMessage Answer)> Answers { get; } = [];

    /// <summary>The page shown now.</summary>
    public WebPage Page { get; private set; } = null!;

    /// <summary>Forgets all cookies: another device, or a long time later.</summary>
    public void ForgetCookies()
    {
        foreach (Cookie cookie in _cookies.GetAllCookies())
        {
            cookie.Expired = true;
        }
    }

    /// <summary>Opens an address, as from a mail.</summary>
    public Task<WebPage> OpenAsync(string address) => ShowAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_client.BaseAddress!, address)), "none");

    /// <summary>Sends something by hand and shows the answer, without following redirects when asked so.</summary>
    public Task<WebPage> SendAsync(HttpRequestMessage request, string? site = "same-origin", bool follow = true) => ShowAsync(request, site, follow);

    /// <summary>Posts fields to an address, as a form of that page would (its token must be among the fields).</summary>
    public Task<WebPage> PostAsync(string address, IEnumerable<KeyValuePair<string, string>> fields, string? site = "same-origin", bool follow = true) =>
        ShowAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(_client.BaseAddress!, address)) { Content = new FormUrlEncodedContent(fields) }, site, follow);

    /// <summary>Sends with this device's cookies, shows nothing and follows nothing: for many at once, or an answer that is lost on its way.</summary>
    public async Task<(HttpStatusCode Status, string Body)> SendAsideAsync(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        request.Headers.TryAddWithoutValidation("Cookie", _cookies.GetCookieHeader(request.RequestUri!));
        using var answer = await _client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A form token of this device, from the last form it has seen.</summary>
    public async Task<string> TokenAsync()
    {
        foreach (var (_, _, answer) in Enumerable.Reverse(Answers))
        {
            const string Before = "name=\"_token\" value=\"";
            var page = await answer.Content.ReadAsStringAsync();
            if (page.IndexOf(Before, StringComparison.Ordinal) is >= 0 and var at) return page[(at + Before.Length)..].Split('"')[0];
        }

        throw new InvalidOperationException("No form was seen.");
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private async Task<WebPage> ShowAsync(HttpRequestMessage request, string? site, bool follow = true)
    {
        for (var hops = 0; ; hops++)
        {
            var address = request.RequestUri!.IsAbsoluteUri ? request.RequestUri : new Uri(_client.BaseAddress!, request.RequestUri);
            request.RequestUri = address;
            if (site is not null)
            {
                request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
            }

            if (_cookies.GetCookieHeader(address) is { Length: > 0 } header)
            {
                request.Headers.TryAddWithoutValidation("Cookie", header);
            }

            var answer = await _client.SendAsync(request);
            Answers.Add((request.Method, address, answer));
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                _cookies.SetCookies(address, cookie);
            }

            if (follow && (int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } location)
            {
                Assert.True(hops < 10, $"More than 10 redirects, last to {location}.");
                request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, location));
                continue;
            }

            var bytes = await answer.Content.ReadAsByteArrayAsync();
            var text = answer.Content.Headers.ContentType?.MediaType is "text/html" or "text/plain" or "application/json" or null
                ? System.Text.Encoding.UTF8.GetString(bytes)
                : "";
            var document = await new HtmlParser().ParseDocumentAsync(text);
            return Page = new WebPage(this, address, answer, text, bytes, document);
        }
    }
}
