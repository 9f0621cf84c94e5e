using System.Security.Cryptography;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.SignIn;

namespace PolicyFlows.Web.Safeguarding;

/// <summary>
/// Reference and code of a concern. Both follow from a random number in the form and from what was typed: a form that is sent twice is one
/// alert, and one that was changed and sent again is another, so that no word is lost.
/// </summary>
internal sealed class AlertTickets(ServerKey key)
{
    /// <summary>A number for a fresh form.</summary>
    public static string NewSeed() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>Reference and code.</summary>
    public (string Reference, string Code) Of(string seed, params string[] typed)
    {
        if (seed is not { Length: 64 } || !seed.All(char.IsAsciiHexDigitLower)) seed = NewSeed();
        string[] parts = [seed, .. typed];
        return (Receipts.ReferenceFrom("SG", key.Mac("alert reference", parts)), Receipts.CodeFrom(key.Mac("alert code", parts)));
    }
}
