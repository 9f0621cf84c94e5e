using System.Security.Cryptography;
using System.Text;

namespace PolicyFlows.Core.SignIn;

/// <summary>The secret of a data folder. Links and codes are derived from it when they are sent, so none is ever stored.</summary>
public sealed class ServerKey
{
    private readonly byte[] key;

    /// <summary>Takes the key.</summary>
    /// <exception cref="ArgumentException">It is shorter than 32 bytes.</exception>
    public ServerKey(ReadOnlySpan<byte> key)
    {
        if (key.Length < 32) throw new ArgumentException("The server key has at least 32 bytes.", nameof(key));
        this.key = key.ToArray();
    }

    /// <summary>HMAC-SHA-256 over a purpose and parts; the parts cannot run into one another.</summary>
    public byte[] Mac(string purpose, params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder(purpose);
        foreach (var part in parts) text.Append('\n').Append(part.Length).Append(':').Append(part);
        return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text.ToString()));
    }
}
