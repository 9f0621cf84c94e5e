using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace PolicyFlows.Web.SignIn;

/// <summary>
/// Codes that this device has asked for, in a protected cookie: a code opens something only where it was asked for. Several pages may wait
/// for one each.
/// </summary>
public sealed class PendingCodes(IDataProtectionProvider protection, TimeProvider system)
{
    private const int Most = 5;

    // Longer than a code lives, so that the page can say that it is too old.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private readonly ProtectedCookie<IReadOnlyList<PendingCode>> cookie = new(protection, "policyflows-codes");

    /// <summary>The newest code asked for here for a purpose, or null.</summary>
    public PendingCode? Find(HttpContext context, string purpose, string? who = null) =>
        Live(context).FirstOrDefault(c => c.Purpose == purpose && (who is null || c.Who == who));

    /// <summary>Remembers that a code was asked for.</summary>
    public void Keep(HttpContext context, string purpose, string who, string codeId) =>
        Write(context, Live(context).Where(c => c.Purpose != purpose || c.Who != who).Prepend(new(purpose, who, codeId, system.GetUtcNow())));

    /// <summary>The code was used.</summary>
    public void Forget(HttpContext context, string purpose) => Write(context, Live(context).Where(c => c.Purpose != purpose));

    private void Write(HttpContext context, IEnumerable<PendingCode> codes) => cookie.Write(context, [.. codes.Take(Most)], Kept);

    private IEnumerable<PendingCode> Live(HttpContext context) => (cookie.Read(context) ?? []).Where(c => system.GetUtcNow() - c.At < Kept);
}

/// <summary>A code that was asked for.</summary>
/// <param name="Purpose">"sign-in", or the case whose task it opens.</param>
/// <param name="Who">Mail address, or person key.</param>
public sealed record PendingCode(string Purpose, string Who, string CodeId, DateTimeOffset At);
