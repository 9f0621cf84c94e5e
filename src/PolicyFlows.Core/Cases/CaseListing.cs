using System.Collections.Concurrent;
using PolicyFlows.Core.Records;

namespace PolicyFlows.Core.Cases;

/// <summary>
/// All partitions that may hold work, in a partition of their own. A case is listed before its first row is written, so the sweep
/// finds every wake-up without a query across partitions (which table storage answers only by reading everything).
/// </summary>
public sealed class CaseListing(IRecordStore records)
{
    private const string Partition = "cases";
    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);

    /// <summary>Lists the case if it is not yet listed.</summary>
    public async Task EnsureListedAsync(string caseId, CancellationToken cancellation = default)
    {
        if (known.ContainsKey(caseId)) return;
        if (await records.GetAsync(Partition, caseId, cancellation) is null)
        {
            try
            {
                await records.CommitAsync(Partition, [new RowWrite.Insert(caseId, "{}")], cancellation);
            }
            catch (RecordConflictException)
            {
                // Listed by someone else between the two lines: that is what was wanted.
            }
        }

        known[caseId] = true;
    }

    /// <summary>Every listed case, in order of id; <paramref name="prefix"/> picks a kind ("INC-", "SG-").</summary>
    public async IAsyncEnumerable<string> AllAsync(
        string prefix = "", [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? continuation = null;
        do
        {
            var page = await records.RangeAsync(Partition, prefix, continuation, cancellation: cancellation);
            foreach (var row in page.Rows) yield return row.Row;
            continuation = page.Continuation;
        }
        while (continuation is not null);
    }
}
