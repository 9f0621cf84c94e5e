namespace PolicyFlows.Storage;

/// <summary>Looks at the file for /health and `verify`.</summary>
public static class SqliteHealth
{
    /// <summary>Reads pages and their structure; fast enough for /health now and then. Empty means sound.</summary>
    public static IReadOnlyList<string> QuickCheck(this SqliteFile file) => Check(file, "PRAGMA quick_check(20)");

    /// <summary>Also compares indexes with tables; reads everything. Empty means sound. At most 20 problems are named.</summary>
    public static IReadOnlyList<string> IntegrityCheck(this SqliteFile file) => Check(file, "PRAGMA integrity_check(20)");

    /// <summary>Folds the log into the file and empties the log, so that erased rows are gone from both.</summary>
    /// <returns>False when a reader was in the way; try again later.</returns>
    public static Task<bool> CheckpointAsync(this SqliteFile file, CancellationToken cancellation = default) =>
        file.MaintainAsync(connection => connection.QueryFirst("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt32(0)) == 0, cancellation);

    private static List<string> Check(SqliteFile file, string pragma)
    {
        try
        {
            var lines = file.Read(connection => connection.Query(pragma, row => row.GetString(0)));
            return lines is ["ok"] ? [] : lines;
        }
        catch (StorageFailedException failure)
        {
            return [failure.Message]; // damaged so badly that even the check gives up
        }
    }
}
