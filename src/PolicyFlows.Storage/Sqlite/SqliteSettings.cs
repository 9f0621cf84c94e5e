namespace PolicyFlows.Storage;

/// <summary>How <see cref="SqliteFile"/> runs. The defaults are for production; tests change a few.</summary>
/// <param name="GroupLimit">Most items that share one transaction and so one flush to disk.</param>
/// <param name="BusyTimeoutMs">How long SQLite waits for a foreign lock, milliseconds.</param>
/// <param name="CheckpointPages">The writer folds the log into the file when the log holds this many pages (4 KiB each).</param>
/// <param name="IdleReaders">Most read connections kept open while nobody uses them.</param>
/// <param name="MaxPageCount">A ceiling for the file in pages, so that tests can fill the disk; null for none.</param>
public sealed record SqliteSettings(
    int GroupLimit = 64,
    int BusyTimeoutMs = 5_000,
    int CheckpointPages = 4_000,
    int IdleReaders = 8,
    long? MaxPageCount = null);
