using PolicyFlows.Core.Records;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Mail;

/// <summary>Marks outbox rows quietly: a delivery is not an act on the case, so it leaves no timeline entry.</summary>
internal static class OutboxMarks
{
    // Several processes and the mail service's reports write these rows, but never many of them at once.
    private const int Attempts = 5;

    /// <summary>
    /// Reads the row, changes it as <paramref name="mark"/> says and forgets the wake-up in one batch; begins again when somebody else wrote in between.
    /// </summary>
    /// <param name="mark">Null leaves the row as it is.</param>
    /// <param name="wakeRow">Wake-up that is done with; null for none.</param>
    /// <param name="known">The row as read before, to save a read.</param>
    /// <exception cref="RecordConflictException">Somebody else wrote each time.</exception>
    public static async Task MarkAsync(
        IRecordStore records, string caseId, string key, Func<OutboxRow, OutboxRow?> mark, string? wakeRow, StoredRow? known, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var row = known ?? await records.GetAsync(caseId, Cases.Rows.Out(key), cancellation);
            known = null;
            var writes = new List<RowWrite>();
            if (row is not null && mark(Json.Read<OutboxRow>(row.Data)!) is { } marked) writes.Add(new RowWrite.Replace(row.Row, Json.Write(marked)!, row.Tag));
            if (wakeRow is not null && await records.GetAsync(caseId, wakeRow, cancellation) is { } wake) writes.Add(new RowWrite.Delete(wake.Row, wake.Tag));
            if (writes.Count == 0) return;
            try
            {
                await records.CommitAsync(caseId, writes, cancellation);
                return;
            }
            catch (RecordConflictException) when (attempt < Attempts)
            {
                // What was written in between may have settled it.
            }
        }
    }
}
