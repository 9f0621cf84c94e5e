using System.Security.Cryptography;
using PolicyFlows.Core.Cases;

namespace PolicyFlows.Core.Incidents;

/// <summary>References and receipt codes. A reference is no secret; a receipt code is, and only its hash is kept.</summary>
public static class Receipts
{
    // Without letters and digits that are mistaken for one another when read aloud or copied by hand.
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A fresh reference: prefix and eight signs, about 39 bits, enough that two never meet.</summary>
    public static string NewReference(string prefix) => $"{prefix}-{RandomNumberGenerator.GetString(Alphabet, 8)}";

    /// <summary>A fresh receipt code: five groups of five signs, 122 bits, so that a plain hash of it may be kept (ASVS 6.5.2).</summary>
    public static string NewCode() => string.Join('-', Enumerable.Range(0, 5).Select(_ => RandomNumberGenerator.GetString(Alphabet, 5)));

    /// <summary>Hash under which a code is kept.</summary>
    public static string Hash(string code) => Timeline.Sha256("receipt " + Normalise(code));

    /// <summary>True when the code is the one behind the hash; takes the same time for every wrong one.</summary>
    public static bool Matches(string? code, string hash) => code is not null && CryptographicOperations.FixedTimeEquals(
        Convert.FromHexString(Hash(code)), Convert.FromHexString(hash));

    private static string Normalise(string code) => new([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
}
