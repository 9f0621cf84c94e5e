using PolicyFlows.Core.Records;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Mail;

/// <summary>Claims outbox rows for this process, each in one conditional write.</summary>
internal sealed class MailClaimer(MailClaims claims, IRecordStore records, BusinessClock clock, TimeProvider system)
{
    /// <summary>
    /// Writes that this process has the mail, also over a claim that has run out, and over one of its own from an earlier try.
    /// </summary>
    /// <returns>The row as written; or null where another process has the mail or wrote first, with the business time until when to leave it alone.</returns>
    public async Task<(StoredRow? Row, DateTimeOffset LeftUntil)> ClaimAsync(StoredRow row, OutboxRow outbox, CancellationToken cancellation)
    {
        var now = system.GetUtcNow();
        if (outbox.ClaimedBy != claims.Process && outbox.ClaimedUntil is { } until && until > now) return (null, clock.Now + (until - now));
        var data = Json.Write(outbox with { ClaimedBy = claims.Process, ClaimedUntil = now + claims.Life })!;
        try
        {
            var tags = await records.CommitAsync(row.Partition, [new RowWrite.Replace(row.Row, data, row.Tag)], cancellation);
            return (row with { Data = data, Tag = tags[0]! }, default);
        }
        catch (RecordConflictException)
        {
            // Whoever was faster may hold it for a whole claim.
            return (null, clock.Now + claims.Life);
        }
    }
}
