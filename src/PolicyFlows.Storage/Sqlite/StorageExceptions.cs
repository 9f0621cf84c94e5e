using Microsoft.Data.Sqlite;

namespace PolicyFlows.Storage;

/// <summary>The disk or the file failed a read or a write. What was being written is not there; trying again is safe.</summary>
public class StorageFailedException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>No room on the disk. Nothing of the refused write is kept; it can be tried again when there is room.</summary>
public sealed class StorageFullException(Exception? inner = null)
    : StorageFailedException("The disk is full. Nothing of this change was saved. Make room on the disk and try again.", inner);

/// <summary>Another process has the file or folder.</summary>
public sealed class StorageInUseException(string path, Exception? inner = null)
    : StorageFailedException($"Another running PolicyFlows uses '{path}'. Stop it first, or choose another folder with --data.", inner);

/// <summary>Puts SQLite's result codes (sqlite.org/rescode.html) into the words of this project.</summary>
internal static class SqliteFailures
{
    private const int ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;
    private const int IoErrorFsync = IoError | (4 << 8), IoErrorDirFsync = IoError | (5 << 8);

    public static Exception Translate(Exception failure) => failure is SqliteException sqlite
        ? sqlite.SqliteErrorCode switch
        {
            Full => new StorageFullException(sqlite),
            ReadOnly or IoError or Corrupt or CannotOpen or NotADatabase =>
                new StorageFailedException($"The database could not be read or written: {sqlite.Message}", sqlite),
            _ => failure,
        }
        : failure;

    /// <summary>
    /// True when this process must not write any more: after a failed flush the system may have dropped the data and still
    /// report the next flush as good, and a damaged file gets worse with every write.
    /// </summary>
    public static bool IsFatal(Exception failure) => failure is SqliteException sqlite
        && (sqlite.SqliteErrorCode is Corrupt or NotADatabase || sqlite.SqliteExtendedErrorCode is IoErrorFsync or IoErrorDirFsync);
}
