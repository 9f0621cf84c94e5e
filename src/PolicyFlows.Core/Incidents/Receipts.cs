using System.Numerics;
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

    /// <summary>
    /// The reference that belongs to a secret and to what was written: sending the same once more is the same case, a changed text is another.
    /// </summary>
    /// <param name="mac">At least 32 bytes that only the server can compute.</param>
    public static string ReferenceFrom(string prefix, ReadOnlySpan<byte> mac) => $"{prefix}-{Signs(mac, 8)}";

    /// <summary>A code in the form of <see cref="NewCode"/> that can be computed again from the same secret, so that a repeated send shows the same one.</summary>
    /// <param name="mac">At least 32 bytes that only the server can compute.</param>
    public static string CodeFrom(ReadOnlySpan<byte> mac) => string.Join('-', Signs(mac, 25).Chunk(5).Select(group => new string(group)));

    /// <summary>Hash under which a code is kept.</summary>
    public static string Hash(string code) => Timeline.Sha256("receipt " + Normalise(code));

    /// <summary>True when the code is the one behind the hash; takes the same time for every wrong one.</summary>
    public static bool Matches(string? code, string hash) => code is not null && CryptographicOperations.FixedTimeEquals(
        Convert.FromHexString(Hash(code)), Convert.FromHexString(hash));

    private static string Signs(ReadOnlySpan<byte> mac, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mac.Length, 32, nameof(mac));
        var number = new BigInteger(mac, isUnsigned: true);
        var signs = new char[count];
        for (var i = 0; i < count; i++)
        {
            number = BigInteger.DivRem(number, Alphabet.Length, out var sign);
            signs[i] = Alphabet[(int)sign];
        }

        return new(signs);
    }

    private static string Normalise(string code) => new([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
}
