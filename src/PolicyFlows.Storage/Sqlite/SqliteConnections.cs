using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PolicyFlows.Storage;

/// <summary>Opens the one writer and the readers, and refuses to start on any PRAGMA that did not take.</summary>
internal static class SqliteConnections
{
    public static SqliteConnection OpenWriter(string path, SqliteSettings settings)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Set(connection, "busy_timeout", settings.BusyTimeoutMs.ToString(CultureInfo.InvariantCulture));
            Set(connection, "journal_mode", "wal");
            // FULL: the log is flushed at every commit. NORMAL would be faster and lose acknowledged work in a power cut.
            Set(connection, "synchronous", "2");
            Set(connection, "fullfsync", "1");
            Set(connection, "checkpoint_fullfsync", "1");
            Set(connection, "wal_autocheckpoint", settings.CheckpointPages.ToString(CultureInfo.InvariantCulture));
            Set(connection, "foreign_keys", "1");
            Set(connection, "secure_delete", "1");
            SetSafety(connection);
            if (settings.MaxPageCount is { } pages)
            {
                Set(connection, "max_page_count", pages.ToString(CultureInfo.InvariantCulture));
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static SqliteConnection OpenReader(string path, SqliteSettings settings)
    {
        var connection = Open(path, SqliteOpenMode.ReadOnly);
        try
        {
            Set(connection, "busy_timeout", settings.BusyTimeoutMs.ToString(CultureInfo.InvariantCulture));
            Set(connection, "query_only", "1");
            Set(connection, "wal_autocheckpoint", "0");
            SetSafety(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        // The library's own pool is off: it would hand out connections whose PRAGMAs nobody checked and keep the file open.
        var text = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 5 };
        var connection = new SqliteConnection(text.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void SetSafety(SqliteConnection connection)
    {
        Set(connection, "trusted_schema", "0");
        Set(connection, "cell_size_check", "1");
    }

    /// <summary>Sets a PRAGMA and reads it back with a second statement, because SQLite silently ignores what it does not know.</summary>
    internal static void Set(SqliteConnection connection, string name, string value)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}={value};";
        command.ExecuteNonQuery();
        command.CommandText = $"PRAGMA {name};";
        var actual = Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (!string.Equals(actual, value, StringComparison.Ordinal))
        {
            throw new StorageFailedException($"The database does not accept PRAGMA {name}={value} (it says '{actual}'). Not started, because saved work would be at risk.");
        }
    }
}
