using System.Globalization;

namespace PolicyFlows.Core.Records;

/// <summary>Records in memory, for tests and tools: same refusals, order and conflicts as the stores on disk.</summary>
public sealed class InMemoryRecordStore : IRecordStore, IAllRows
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SortedList<string, StoredRow>> partitions = new(StringComparer.Ordinal);
    private long lastTag;

    /// <inheritdoc/>
    public Task<StoredRow?> GetAsync(string partition, string row, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            return Task.FromResult(partitions.GetValueOrDefault(partition)?.GetValueOrDefault(row));
        }
    }

    /// <inheritdoc/>
    public Task<RowPage> RangeAsync(string partition, string prefix, string? continuation = null, int take = RecordLimits.RowsPerPage, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        lock (gate)
        {
            if (!partitions.TryGetValue(partition, out var rows))
            {
                return Task.FromResult(new RowPage([], null));
            }

            take = Math.Min(take, RecordLimits.RowsPerPage);
            var page = new List<StoredRow>();
            for (var i = FirstAt(rows.Keys, prefix, continuation); i < rows.Count && rows.Keys[i].StartsWith(prefix, StringComparison.Ordinal); i++)
            {
                if (page.Count == take)
                {
                    return Task.FromResult(new RowPage(page, page[^1].Row));
                }

                page.Add(rows.Values[i]);
            }

            return Task.FromResult(new RowPage(page, null));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string?>> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        RecordLimits.Check(partition, writes);
        lock (gate)
        {
            var rows = partitions.GetValueOrDefault(partition) ?? new SortedList<string, StoredRow>(StringComparer.Ordinal);
            foreach (var write in writes)
            {
                if (!Fits(write, rows.GetValueOrDefault(write.Row)))
                {
                    throw new RecordConflictException(partition, write.Row);
                }
            }

            partitions[partition] = rows;
            var tag = (++lastTag).ToString(CultureInfo.InvariantCulture);
            var tags = new List<string?>(writes.Count);
            foreach (var write in writes)
            {
                tags.Add(Apply(rows, partition, write, tag));
            }

            return Task.FromResult<IReadOnlyList<string?>>(tags);
        }
    }

    /// <inheritdoc/>
    public Task ReadAllAsync(Action<StoredRow> see, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            foreach (var row in partitions.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => p.Value.Values))
            {
                cancellation.ThrowIfCancellationRequested();
                see(row);
            }
        }

        return Task.CompletedTask;
    }

    private static bool Fits(RowWrite write, StoredRow? present) => write switch
    {
        RowWrite.Replace replace => present?.Tag == replace.Tag,
        RowWrite.Delete delete => present?.Tag == delete.Tag,
        _ => present is null,
    };

    private static string? Apply(SortedList<string, StoredRow> rows, string partition, RowWrite write, string tag)
    {
        switch (write)
        {
            case RowWrite.Insert insert:
                rows[write.Row] = new StoredRow(partition, write.Row, insert.Data, tag);
                return tag;
            case RowWrite.Replace replace:
                rows[write.Row] = new StoredRow(partition, write.Row, replace.Data, tag);
                return tag;
            default:
                rows.Remove(write.Row);
                return null;
        }
    }

    /// <summary>Index of the first key that is not before the prefix and comes after the continuation.</summary>
    private static int FirstAt(IList<string> keys, string prefix, string? continuation)
    {
        int low = 0, high = keys.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var before = string.CompareOrdinal(keys[middle], prefix) < 0
                || (continuation is not null && string.CompareOrdinal(keys[middle], continuation) <= 0);
            (low, high) = before ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
