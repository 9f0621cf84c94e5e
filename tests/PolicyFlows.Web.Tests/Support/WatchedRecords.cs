using PolicyFlows.Core.Records;
using PolicyFlows.Storage;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>The store of a test: counts writes, and its disk is full or broken when a test says so.</summary>
public sealed class WatchedRecords(IRecordStore inner) : IRecordStore
{
    private int commits;
    private int reads;

    /// <summary>Reads of a row or of a page so far.</summary>
    public int Reads => reads;

    /// <summary>Writes so far: what is written once takes the time of one write.</summary>
    public int Commits => commits;

    /// <summary>Partitions whose writes fail; null for none.</summary>
    public Func<string, bool>? FullFor { get; set; }

    /// <summary>Reads fail too.</summary>
    public bool Dead { get; set; }

    public Task<StoredRow?> GetAsync(string partition, string row, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref reads);
        return Readable.GetAsync(partition, row, cancellation);
    }

    public Task<RowPage> RangeAsync(string partition, string prefix, string? continuation = null, int take = 1000, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref reads);
        return Readable.RangeAsync(partition, prefix, continuation, take, cancellation);
    }

    public Task<IReadOnlyList<string?>> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref commits);
        return Dead || FullFor?.Invoke(partition) == true ? throw new StorageFullException() : inner.CommitAsync(partition, writes, cancellation);
    }

    private IRecordStore Readable => Dead ? throw new StorageFailedException("The database could not be read.") : inner;
}
