using System.Security.Cryptography;
using PolicyFlows.Core.Cases;

namespace PolicyFlows.Core.SignIn;

/// <summary>The case row of a person's sign-ins: a timeline of their own, no case content.</summary>
public sealed record SignInRecord(CaseType Type = CaseType.SignIn, string? SchoolId = null)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;
}

/// <summary>A session that is open: the cookie of a device names it, and without its row the cookie is worth nothing.</summary>
/// <param name="AccountId">The work account that opened it: it lasts only while that account is signed in. Null after a mailed code.</param>
public sealed record SessionRecord(string Id, DateTimeOffset StartedAt, Guid? AccountId = null)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;
}

/// <summary>
/// Opens and ends sessions of people of the directory, in a partition per person. Times of sessions are the system's; the timeline entry
/// carries business time like every other.
/// </summary>
public sealed class SessionDesk(CaseStore cases, TimeProvider system)
{
    private const string Prefix = "session|";

    // Old sessions are cleared when a new one is opened; a batch of table storage holds 100 rows.
    private const int MostCleared = 40;

    /// <summary>Partition of a person's sign-ins.</summary>
    public static string Partition(string personId) => $"AUTH-{personId}";

    /// <summary>Writes the case row of the partition if it is not there yet.</summary>
    public static async Task EnsureAsync(CaseChange change)
    {
        if (await change.GetAsync<CaseCommon>(Rows.Case) is null) change.Put(Rows.Case, new SignInRecord());
    }

    /// <summary>Opens a session.</summary>
    public Task<SessionRecord> OpenAsync(string personId, SessionLimits limits, ProcessContext context, CancellationToken cancellation = default, Guid? accountId = null) =>
        cases.ChangeAsync(Partition(personId), context, async change =>
        {
            await EnsureAsync(change);
            var now = system.GetUtcNow();
            foreach (var old in (await change.ListAsync<SessionRecord>(Prefix)).Where(s => now - s.StartedAt >= limits.Length).Take(MostCleared))
                change.Remove(Prefix + old.Id);
            var session = new SessionRecord(RandomNumberGenerator.GetHexString(32, lowercase: true), now, accountId);
            change.Put(Prefix + session.Id, session);
            change.Note("session.opened", fact: personId);
            return session;
        }, cancellation);

    /// <summary>Ends a session; nothing happens if it has ended.</summary>
    public Task EndAsync(string personId, string sessionId, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(Partition(personId), context, async change =>
        {
            if (!IsId(sessionId) || await change.GetAsync<SessionRecord>(Prefix + sessionId) is null) return;
            change.Remove(Prefix + sessionId);
            change.Note("session.ended", fact: personId);
        }, cancellation);

    /// <summary>The open session, or null when it was ended or is too old.</summary>
    public async Task<SessionRecord?> FindAsync(string personId, string sessionId, SessionLimits limits, CancellationToken cancellation = default) =>
        IsId(sessionId) && await cases.GetAsync<SessionRecord>(Partition(personId), Prefix + sessionId, cancellation) is { } session
        && system.GetUtcNow() - session.StartedAt < limits.Length
            ? session
            : null;

    private static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);
}
