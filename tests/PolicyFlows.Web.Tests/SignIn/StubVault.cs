using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using PolicyFlows.Storage.Blobs.Keys;

namespace PolicyFlows.Web.Tests.SignIn;

/// <summary>What Key Vault's documentation says of wrapKey and unwrapKey, with a key that can be replaced by a newer version.</summary>
internal sealed class StubVault : HttpMessageHandler
{
    public const string Key = "https://trust.vault.azure.net/keys/data-protection";
    private readonly Dictionary<string, RSA> versions = new(StringComparer.Ordinal) { ["1"] = RSA.Create(2048) };

    /// <summary>Every call, as "host path".</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Services that tokens were asked for.</summary>
    public HashSet<string> Scopes { get; } = [];

    /// <summary>Answers this instead.</summary>
    public HttpStatusCode? Refuses { get; set; }

    /// <summary>Says instead that this key did it.</summary>
    public string? Pretends { get; set; }

    public VaultKey Open(string address = Key) => VaultKey.Open(address, new Identity(this), new HttpClientTransport(new HttpClient(this, disposeHandler: false)));

    public void Rotate() => versions[$"{versions.Count + 1}"] = RSA.Create(2048);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(Send(request, cancellationToken));

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls.Add($"{request.RequestUri!.Host} {request.RequestUri.AbsolutePath}");
        Assert.Equal(("Bearer", "a-token"), (request.Headers.Authorization?.Scheme, request.Headers.Authorization?.Parameter));
        Assert.Equal("?api-version=7.4", request.RequestUri.Query);
        Assert.Equal(HttpMethod.Post, request.Method);
        if (Refuses is { } status) return new(status) { Content = new StringContent("{\"error\":{\"code\":\"Forbidden\",\"message\":\"secret words\"}}") };
        var path = request.RequestUri.AbsolutePath.Trim('/').Split('/');
        var version = path.Length == 4 ? path[2] : $"{versions.Count}";
        using var asked = JsonDocument.Parse(request.Content!.ReadAsStream(cancellationToken));
        Assert.Equal("RSA-OAEP-256", asked.RootElement.GetProperty("alg").GetString());
        var value = Base64Url.DecodeFromChars(asked.RootElement.GetProperty("value").GetString());
        var done = path[^1] == "wrapkey" ? versions[version].Encrypt(value, RSAEncryptionPadding.OaepSHA256) : versions[version].Decrypt(value, RSAEncryptionPadding.OaepSHA256);
        return new(HttpStatusCode.OK) { Content = JsonContent.Create(new { kid = Pretends ?? $"{Key}/{version}", value = Base64Url.EncodeToString(done) }) };
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var key in versions.Values) key.Dispose();
        base.Dispose(disposing);
    }

    public sealed class Identity(StubVault vault) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            vault.Scopes.UnionWith(requestContext.Scopes);
            return new("a-token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
