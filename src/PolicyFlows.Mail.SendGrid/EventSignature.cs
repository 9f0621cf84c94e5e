using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PolicyFlows.Mail.SendGrid;

/// <summary>
/// Proves that the service posted a request: ECDSA on P-256 with SHA-256 over the timestamp and the bytes of the body, as they came (signed event webhook).
/// System time, because it is about a request and not about a deadline.
/// </summary>
public sealed class EventSignature
{
    /// <summary>Headers that carry the proof.</summary>
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature", TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    /// <summary>An older request may be one that was listened to and is posted again.</summary>
    public static readonly TimeSpan OldestTaken = TimeSpan.FromMinutes(10);

    /// <summary>How far the service's clock may run ahead of ours.</summary>
    public static readonly TimeSpan FurthestAhead = TimeSpan.FromMinutes(5);

    // Two numbers of 32 bytes with their DER frames are 72 bytes, 96 characters of base64; unix seconds have ten digits until the year 2286.
    private const int LongestSignature = 96, LongestTimestamp = 10;
    private readonly byte[] publicKey;
    private readonly TimeProvider systemTime;

    /// <param name="publicKey">As the service shows it: base64 of a SubjectPublicKeyInfo (RFC 5480). No secret.</param>
    /// <exception cref="ArgumentException">That is no key on P-256.</exception>
    public EventSignature(string publicKey, TimeProvider systemTime)
    {
        this.systemTime = systemTime;
        try
        {
            this.publicKey = Convert.FromBase64String(publicKey);
            using var key = Import();
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
                throw new ArgumentException("The webhook's key is not on the curve P-256.", nameof(publicKey));
        }
        catch (Exception failure) when (failure is FormatException or CryptographicException)
        {
            throw new ArgumentException("The webhook's key is not the base64 of a public key.", nameof(publicKey), failure);
        }
    }

    /// <summary>True when the service made this request lately. It never says what was wrong.</summary>
    public bool Holds(string signature, string timestamp, ReadOnlySpan<byte> body)
    {
        if (timestamp.Length is 0 or > LongestTimestamp || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return false;
        var age = systemTime.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (age > OldestTaken || age < -FurthestAhead) return false;
        var given = new byte[LongestSignature];
        if (signature.Length is 0 or > LongestSignature || !Convert.TryFromBase64String(signature, given, out var length)) return false;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(timestamp));
        hash.AppendData(body);
        try
        {
            // One key a call: the platform's are not made for several threads.
            using var key = Import();
            return key.VerifyHash(hash.GetHashAndReset(), given.AsSpan(0, length), DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            // No DER sequence of two numbers.
            return false;
        }
    }

    private ECDsa Import()
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return key;
    }
}
