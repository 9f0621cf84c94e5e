using System.Globalization;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Records;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Access;

/// <summary>Somebody read something of a case.</summary>
/// <param name="What">"case", "evidence-2".</param>
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

    /// <summary>Notes a read.</summary>
    public async Task NoteAsync(CaseAccess access, string what, CancellationToken cancellation = default)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{access.At.UtcDateTime:yyyyMMddHH}|{access.PersonId}|{what}");
        if (await records.GetAsync(access.CaseId, row, cancellation) is not null) return;
        var read = new ReadRow(access.At, access.PersonId, what, access.OnBehalfOf(Right.Read, CaseParts.Of(access.Common.Type)));
        try
        {
            await records.CommitAsync(access.CaseId, [new RowWrite.Insert(row, Json.Write(read)!)], cancellation);
        }
        catch (RecordConflictException)
        {
            // Read twice at the same moment: noted once, as wanted.
        }
    }

    /// <summary>All reads of a case, oldest first.</summary>
    public async Task<IReadOnlyList<ReadRow>> ListAsync(string caseId, CancellationToken cancellation = default) =>
        [.. (await cases.ListAsync<ReadRow>(caseId, Prefix, cancellation)).Select(row => row.Value)];
}
