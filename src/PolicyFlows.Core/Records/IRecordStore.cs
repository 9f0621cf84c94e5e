namespace PolicyFlows.Core.Records;

/// <summary>
/// Table-shaped storage: rows of JSON under a partition and a row key. Every adapter refuses what Azure Table Storage refuses
/// (<see cref="RecordLimits"/>), so that what works on one host works on the other.
/// </summary>
public interface IRecordStore
{
    /// <summary>One row, or null.</summary>
    Task<StoredRow?> GetAsync(string partition, string row, CancellationToken cancellation = default);

    /// <summary>Rows of a partition whose key starts with <paramref name="prefix"/>, in ordinal key order, at most 1,000 a page.</summary>
    Task<RowPage> RangeAsync(string partition, string prefix, string? continuation = null, int take = 1000, CancellationToken cancellation = default);

    /// <summary>
    /// Writes all rows or none. Durable when the task completes. Returns the new tags in the order of <paramref name="writes"/> (null for deletes).
    /// </summary>
    /// <exception cref="RecordConflictException">An inserted row exists, or a replaced or deleted row has another tag or is gone.</exception>
    /// <exception cref="RecordLimitException">The batch breaks a limit; nothing was written.</exception>
    Task<IReadOnlyList<string?>> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellation = default);
}

/// <summary>A row as stored. <paramref name="Tag"/> is opaque and changes with every write.</summary>
public sealed record StoredRow(string Partition, string Row, string Data, string Tag);

/// <summary>A page of rows; <paramref name="Continuation"/> is null on the last one.</summary>
public sealed record RowPage(IReadOnlyList<StoredRow> Rows, string? Continuation);

/// <summary>One change in a batch.</summary>
public abstract record RowWrite(string Row)
{
    /// <summary>A new row; a conflict if the key exists.</summary>
    public sealed record Insert(string Row, string Data) : RowWrite(Row);

    /// <summary>New data for a row that still has this tag.</summary>
    public sealed record Replace(string Row, string Data, string Tag) : RowWrite(Row);

    /// <summary>Removal of a row that still has this tag.</summary>
    public sealed record Delete(string Row, string Tag) : RowWrite(Row);
}

/// <summary>Somebody else wrote first. Read again and decide again.</summary>
public sealed class RecordConflictException(string partition, string row)
    : Exception($"Row '{row}' of partition '{partition}' was changed by someone else.")
{
    /// <summary>Partition of the batch.</summary>
    public string Partition { get; } = partition;

    /// <summary>The first row that did not fit.</summary>
    public string Row { get; } = row;
}

/// <summary>A batch that no adapter may accept.</summary>
public sealed class RecordLimitException(string message) : Exception(message);
