using PolicyFlows.Core.Records;

namespace PolicyFlows.Web.Tests.SignIn;

/// <summary>Counts commits: what is written once takes the time of one write.</summary>
public sealed class CountingRecords : IRecordStore
{
    private readonly InMemoryRecordStore inner = new();
    private int commits;

    public int Commits => commits;

    public Task<StoredRow?> GetAsync(string partition, string row, CancellationToken cancellation = default) => inner.GetAsync(partition, row, cancellation);

    public Task<RowPage> RangeAsync(string partition, string prefix, string? continuation = null, int take = 1000, CancellationToken cancellation = default) =>
        inner.RangeAsync(partition, prefix, continuation, take, cancellation);

    public Task<IReadOnlyList<string?>> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref commits);
        return inner.CommitAsync(partition, writes, cancellation);
    }
}
