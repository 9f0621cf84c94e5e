using PolicyFlows.Storage;

namespace PolicyFlows.Durable.Tests;

/// <summary>A store in a SQLite file of its own; the folder goes with it.</summary>
public sealed class TempSqlite : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("policyflows-durable-");
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

    public void Dispose()
    {
        file.Dispose();
        folder.Delete(recursive: true);
    }

    private SqliteFile Open() => SqliteFile.Open(Path.Combine(folder.FullName, "test.db"));
}
