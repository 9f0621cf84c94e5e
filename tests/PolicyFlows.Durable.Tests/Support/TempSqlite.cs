using PolicyFlows.Storage;

namespace PolicyFlows.Durable.Tests;

/// <summary>A store in a SQLite file of its own; the folder goes with it.</summary>
public sealed class TempSqlite : IDisposable
{
    private readonly TempFolder folder = new();
    private SqliteFile file;

    public TempSqlite()
    {
        file = Open();
        Store = new SqliteOrchestrationStore(file);
    }

    public IOrchestrationStore Store { get; private set; }

    /// <summary>Closes the file and opens it again, as a restart does.</summary>
    public void Reopen()
    {
        file.Dispose();
        file = Open();
        Store = new SqliteOrchestrationStore(file);
    }

    /// <summary>Does what no program does: changes rows by hand.</summary>
    public Task ExecuteAsync(string sql, params object[] values) => file.WriteAsync(connection => connection.Execute(sql, values));

    public void Dispose()
    {
        file.Dispose();
        folder.Dispose();
    }

    private SqliteFile Open() => SqliteFile.Open(folder.File("test.db"));
}
