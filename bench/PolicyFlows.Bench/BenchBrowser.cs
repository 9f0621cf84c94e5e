using System.Net;
using System.Text.RegularExpressions;

namespace PolicyFlows.Bench;

/// <summary>The least of a browser: cookies, the token of the last form, redirects.</summary>
public sealed partial class BenchBrowser(Uri address) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), UseProxy = false }) { BaseAddress = address };
    private string token = "";

    /// <summary>Opens a page and returns its markup.</summary>
    public Task<string> OpenAsync(string path) => ShowAsync(() => client.GetAsync(new Uri(path, UriKind.Relative)));

    /// <summary>Posts a form with the token of the page before, follows to the next page and returns its markup.</summary>
    public Task<string> PostAsync(string path, params (string Field, string Value)[] fields) => ShowAsync(async () =>
    {
        using var form = new FormUrlEncodedContent(fields.Prepend(("_token", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        return await client.PostAsync(new Uri(path, UriKind.Relative), form);
    });

    /// <summary>Uploads a file as a browser does, the token first.</summary>
    public Task<string> UploadAsync(string path, string field, string name, byte[] content) => ShowAsync(async () =>
    {
        using var form = new MultipartFormDataContent { { new StringContent(token), "_token" }, { new ByteArrayContent(content), field, name } };
        return await client.PostAsync(new Uri(path, UriKind.Relative), form);
    });

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<string> ShowAsync(Func<Task<HttpResponseMessage>> ask)
    {
        using var answer = await ask();
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri} answers {(int)answer.StatusCode}.");
        if (Token().Match(text) is { Success: true } found) token = WebUtility.HtmlDecode(found.Groups["token"].Value);
        return text;
    }

    [GeneratedRegex("name=\"_token\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
