using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PolicyFlows.Storage.Blobs.Keys;

/// <summary>
/// An RSA key in Azure Key Vault that wraps other keys and never leaves the vault: the two calls of its HTTP interface that are needed (wrap key
/// and unwrap key, version 7.4), because its client library does not restore everywhere this is built.
/// </summary>
public sealed class VaultKey
{
    private const string Algorithm = "RSA-OAEP-256", Version = "api-version=7.4";
    private readonly Uri key;
    private readonly HttpPipeline pipeline;

    private VaultKey(Uri key, HttpPipeline pipeline) => (this.key, this.pipeline) = (key, pipeline);

    /// <summary>The key of an address like <c>https://VAULT.vault.azure.net/keys/NAME</c>; without a version, what is wrapped from now on takes the newest.</summary>
    /// <param name="transport">Where requests go, for tests.</param>
    /// <exception cref="VaultKeyException">It is no such address; the message does not hold it.</exception>
    public static VaultKey Open(string address, TokenCredential credential, HttpPipelineTransport? transport = null)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var key) || key.Scheme != Uri.UriSchemeHttps || key.UserInfo.Length + key.Query.Length + key.Fragment.Length > 0
            || key.Host.Split('.', 2) is not [_, { Length: > 0 } cloud] || Parts(key) is not ({ Length: > 0 }, _))
            throw new VaultKeyException("It is not the https address of a key in a Key Vault.");
        var options = new Options();
        if (transport is not null) options.Transport = transport;
        // Whoever asks for a token says for which service: the part of the address that all vaults of a cloud share.
        return new(key, HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, $"https://{cloud}/.default")));
    }

    /// <summary>Wraps a key, and says with which version of the vault's key.</summary>
    /// <exception cref="VaultKeyException">The vault did not do it.</exception>
    public (string KeyId, byte[] Wrapped) Wrap(byte[] secret)
    {
        var (id, wrapped) = Call(key, "wrapkey", secret);
        return (Own(id).AbsoluteUri, wrapped);
    }

    /// <summary>Unwraps a key that <see cref="Wrap"/> wrapped.</summary>
    /// <exception cref="VaultKeyException">The vault did not do it, or the id is of another key.</exception>
    public byte[] Unwrap(string keyId, byte[] wrapped) => Call(Own(keyId), "unwrapkey", wrapped).Value;

    /// <summary>Wraps and unwraps something, to find out before anybody needs it that both work.</summary>
    /// <exception cref="VaultKeyException">They do not; the message says why.</exception>
    public void Prove()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        try
        {
            var (id, wrapped) = Wrap(secret);
            if (!CryptographicOperations.FixedTimeEquals(secret, Unwrap(id, wrapped))) throw new VaultKeyException("What it unwraps is not what it wrapped.");
        }
        catch (Exception failure) when (failure is not VaultKeyException)
        {
            // No identity, no network: said with the type alone, as such messages may be long and name accounts.
            throw new VaultKeyException($"It cannot be reached ({failure.GetType().Name}).", failure);
        }
    }

    private (string KeyId, byte[] Value) Call(Uri address, string operation, byte[] value)
    {
        using var message = pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri($"{address.AbsoluteUri.TrimEnd('/')}/{operation}?{Version}"));
        message.Request.Headers.Add(HttpHeader.Common.JsonContentType);
        message.Request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(new { alg = Algorithm, value = Base64Url.EncodeToString(value) }));
        pipeline.Send(message, CancellationToken.None);
        if (message.Response.IsError) throw new VaultKeyException($"The vault answered {message.Response.Status} to {operation}.");
        try
        {
            using var answer = JsonDocument.Parse(message.Response.Content);
            return (answer.RootElement.GetProperty("kid").GetString()!, Base64Url.DecodeFromChars(answer.RootElement.GetProperty("value").GetString()));
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new VaultKeyException($"The vault's answer to {operation} cannot be read.", unreadable);
        }
    }

    /// <summary>A version of this key and of no other: a stored id must not send our token to somebody else's address.</summary>
    private Uri Own(string id) =>
        Uri.TryCreate(id, UriKind.Absolute, out var version) && version.GetLeftPart(UriPartial.Authority) == key.GetLeftPart(UriPartial.Authority)
        && version.Query.Length == 0 && Parts(version) is var (name, number) && name is not null && name == Parts(key).Name && number.Length > 0
            ? version
            : throw new VaultKeyException("A key was wrapped with another key of the vault.");

    private static (string? Name, string Version) Parts(Uri address) => address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["keys", var name] => (name, ""),
        ["keys", var name, var version] => (name, version),
        _ => (null, ""),
    };

    private sealed class Options : ClientOptions;
}

/// <summary>The vault's key cannot be used. The message holds no address and no key.</summary>
public sealed class VaultKeyException(string message, Exception? inner = null) : Exception(message, inner);
