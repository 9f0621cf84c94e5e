namespace PolicyFlows.Core.Records;

/// <summary>A store that can be read from end to end: for moving it, never for the program's work.</summary>
public interface IAllRows
{
    /// <summary>Shows every row, by partition and row key in ordinal order. A store on one file shows one moment's state.</summary>
    Task ReadAllAsync(Action<StoredRow> see, CancellationToken cancellation = default);
}
