using System.Globalization;
using PolicyFlows.Core.Records;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tasks;

/// <summary>
/// Notes that the holder of a task read content of its case, once per person, task and hour. A quiet row beside the case: no act on it, no
/// wake-up, no part of the chain, so that showing a page changes nothing of the case (architecture rules 10 and 11).
/// </summary>
public sealed class TaskReads(IRecordStore records)
{
    private sealed record ReadRow(DateTimeOffset At, string PersonKey, string What, string? OnBehalfOf)
    {
        public int V { get; init; } = 1;
    }

    /// <summary>Notes a read.</summary>
    public async Task NoteAsync(string caseId, string taskId, TaskHolder holder, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"read|{at.UtcDateTime:yyyyMMddHH}|{holder.PersonKey}|task {taskId}");
        if (await records.GetAsync(caseId, row, cancellation) is not null) return;
        try
        {
            await records.CommitAsync(caseId, [new RowWrite.Insert(row, Json.Write(new ReadRow(at, holder.PersonKey, "task " + taskId, holder.OnBehalfOf))!)], cancellation);
        }
        catch (RecordConflictException)
        {
            // Read twice at the same moment: noted once, as wanted.
        }
    }
}
