using System.Globalization;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Access;

/// <summary>Somebody read something of a case.</summary>
/// <param name="What">"case", "evidence-2", "task decide-1".</param>
/// <param name="OnBehalfOf">The absent person whose right it was.</param>
public sealed record ReadRow(DateTimeOffset At, string PersonKey, string What, string? OnBehalfOf = null)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;
}

/// <summary>
/// Every read of a case, at most one row per person, thing and hour. Quiet rows beside the case: they are no act on it, wake nothing and are
/// not part of the chain, so that showing a page changes nothing of the case (architecture rule 10).
/// </summary>
public sealed class ReadLog(IRecordStore records, CaseStore cases)
{
    /// <summary>Prefix of the rows.</summary>
    public const string Prefix = "read|";

    /// <summary>What a task's page was read as, before the id of the task.</summary>
    public const string TaskPrefix = "task ";

    /// <summary>Notes a read of somebody whom the access filter let in.</summary>
    /// <param name="what">"case", "evidence-2".</param>
    public Task NoteAsync(CaseAccess access, string what, CancellationToken cancellation = default) => NoteAsync(
        access.CaseId, new ReadRow(access.At, access.PersonId, what, access.OnBehalfOf(Right.Read, CaseParts.Of(access.Common.Type))), cancellation);

    /// <summary>Notes that the holder of a task read what its question shows of the case.</summary>
    public Task NoteAsync(string caseId, string taskId, TaskHolder holder, DateTimeOffset at, CancellationToken cancellation = default) =>
        NoteAsync(caseId, new ReadRow(at, holder.PersonKey, TaskPrefix + taskId, holder.OnBehalfOf), cancellation);

    /// <summary>All reads of a case, oldest first.</summary>
    public async Task<IReadOnlyList<ReadRow>> ListAsync(string caseId, CancellationToken cancellation = default) =>
        [.. (await cases.ListAsync<ReadRow>(caseId, Prefix, cancellation)).Select(row => row.Value)];

    private async Task NoteAsync(string caseId, ReadRow read, CancellationToken cancellation)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{read.At.UtcDateTime:yyyyMMddHH}|{read.PersonKey}|{read.What}");
        if (await records.GetAsync(caseId, row, cancellation) is not null) return;
        try
        {
            await records.CommitAsync(caseId, [new RowWrite.Insert(row, Json.Write(read)!)], cancellation);
        }
        catch (RecordConflictException)
        {
            // Read twice at the same moment: noted once, as wanted.
        }
    }
}
