using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace PolicyFlows.Storage;

/// <summary>
/// One SQLite file, owned by this process alone: one connection on one thread writes and checkpoints, any number read.
/// Work may use the connection only until it returns; see <see cref="SqliteStatements"/> for short ways to run SQL.
/// </summary>
public sealed class SqliteFile : IDisposable
{
    private readonly SqliteSettings settings;
    private readonly FileLock? held;
    private readonly SqliteWriter? writer;
    private readonly ConcurrentBag<SqliteConnection> readers = [];
    private volatile bool closed;

    private SqliteFile(string path, SqliteSettings settings, FileLock? held, SqliteWriter? writer)
    {
        Path = path;
        this.settings = settings;
        this.held = held;
        this.writer = writer;
    }

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>Null while writes are possible, else why not, for /health.</summary>
    public string? Fault => writer?.Fault;

    /// <summary>Opens or makes the file; its folder must exist.</summary>
    /// <exception cref="StorageInUseException">Another process has it.</exception>
    /// <exception cref="StorageFailedException">It cannot be opened, or a setting did not take.</exception>
    public static SqliteFile Open(string path, SqliteSettings? settings = null)
    {
        path = System.IO.Path.GetFullPath(path);
        settings ??= new SqliteSettings();
        var taken = FileLock.Take(path + ".lock", path);
        try
        {
            return new SqliteFile(path, settings, taken, new SqliteWriter(SqliteConnections.OpenWriter(path, settings), settings.GroupLimit));
        }
        catch (Exception failure)
        {
            taken.Dispose();
            var translated = SqliteFailures.Translate(failure);
            if (translated == failure)
            {
                throw;
            }

            throw translated;
        }
    }

    /// <summary>
    /// Opens an existing file beside the process that owns it, for commands that only look. It neither writes nor
    /// checkpoints, so it cannot disturb the owner.
    /// </summary>
    /// <exception cref="StorageFailedException">It is not there or cannot be read.</exception>
    public static SqliteFile OpenForReading(string path)
    {
        var file = new SqliteFile(System.IO.Path.GetFullPath(path), new SqliteSettings(), held: null, writer: null);
        file.Read(connection => connection.QueryFirst("SELECT count(*) FROM sqlite_schema", row => row.GetInt32(0)));
        return file;
    }

    /// <summary>False when opened with <see cref="OpenForReading"/>.</summary>
    public bool CanWrite => writer is not null;

    /// <summary>Brings the tables of one or more parts up to date. Blocks; call it at start.</summary>
    public void Apply(params IReadOnlyList<SchemaScript> scripts) => WriteAsync(connection =>
    {
        SchemaScript.Apply(connection, scripts);
        return true;
    }).GetAwaiter().GetResult();

    /// <summary>
    /// Runs <paramref name="work"/> on the writer inside a transaction shared with others, in the order of the calls. The
    /// task completes after the flush to disk. What the work throws undoes only this work and comes out of the task.
    /// The work must not begin, commit or roll back, must not block, and runs at most once.
    /// </summary>
    /// <exception cref="StorageFullException">No room; nothing of it was kept.</exception>
    /// <exception cref="StorageFailedException">The disk failed; nothing of it was kept.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the work began. Work that has begun is finished.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellation = default) =>
        Writer.Enqueue(work, alone: false, cancellation);

    /// <summary>Runs work on the writer alone and outside a transaction, for what SQLite allows only there (VACUUM, checkpoint).</summary>
    public Task<T> MaintainAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellation = default) =>
        Writer.Enqueue(work, alone: true, cancellation);

    /// <summary>Runs <paramref name="work"/> on a read-only connection; all it reads is one moment's state, including every completed write.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = TakeReader();
            connection.Execute("BEGIN");
            var result = work(connection);
            connection.Execute("COMMIT");
            ReturnReader(connection);
            return result;
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            var translated = SqliteFailures.Translate(failure);
            if (translated == failure)
            {
                throw;
            }

            throw translated;
        }
    }

    /// <summary>Waits for queued writes, folds the log into the file and lets go of the lock.</summary>
    public void Dispose()
    {
        if (closed)
        {
            return;
        }

        closed = true;
        CloseIdleReaders();
        writer?.Close();
        held?.Dispose();
    }

    private SqliteWriter Writer => writer ?? throw new InvalidOperationException("This file was opened for reading only.");

    private SqliteConnection TakeReader()
    {
        ObjectDisposedException.ThrowIf(closed, this);
        return readers.TryTake(out var connection) ? connection : SqliteConnections.OpenReader(Path, settings);
    }

    private void ReturnReader(SqliteConnection connection)
    {
        if (closed || readers.Count >= settings.IdleReaders)
        {
            connection.Dispose();
            return;
        }

        readers.Add(connection);
        if (closed)
        {
            CloseIdleReaders();
        }
    }

    private void CloseIdleReaders()
    {
        while (readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
