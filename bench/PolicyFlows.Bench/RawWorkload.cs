using System.Diagnostics;
using Microsoft.Data.Sqlite;
using PolicyFlows.Storage;

namespace PolicyFlows.Bench;

/// <summary>
/// What the machine allows without an engine: one-row synchronous commits, and a model of hello-5: the SQL of its seven work items
/// (start and six turns) on tables like the engine's, 64 items a commit, no JSON, no replay, no waiting.
/// </summary>
public static class RawWorkload
{
    private const int Commits = 1_000;
    private const int ModelInstances = 5_000;
    private const int ItemsPerCommit = 64;
    private const int Activities = 5;
    private const string Payload = """[{"type":"turnStarted","at":"2026-11-23T09:00:00+00:00","v":1},{"type":"activityCompleted","n":3,"result":"\"Hello London!\"","v":1}]""";

    /// <summary>Prints commits a second.</summary>
    public static Task<IReadOnlyList<BenchLine>> RunAsync(BenchRun run)
    {
        var raw = run.Raw;
        return Task.FromResult<IReadOnlyList<BenchLine>>(
        [
            new("raw", raw.CommitsPerSecond, "commits/s", Figures.Percentile(raw.CommitMs, 0.5), Figures.Percentile(raw.CommitMs, 0.99), null, null),
        ]);
    }

    /// <summary>Measures commits and model.</summary>
    public static RawFigures Measure()
    {
        var times = new List<double>();
        var commits = new List<double>();
        var model = new List<double>();
        RunCommits(Commits / 10, []);
        RunModel(ModelInstances / 10);
        for (var i = 0; i < BenchRun.Repeats; i++)
        {
            commits.Add(RunCommits(Commits, times));
            model.Add(RunModel(ModelInstances));
        }

        return new(times, Figures.Median(commits), Figures.Median(model));
    }

    private static double RunCommits(int count, List<double> times)
    {
        using var folder = new BenchFolder();
        using var file = SqliteFile.Open(folder.Database);
        return file.MaintainAsync(connection =>
        {
            connection.Execute("CREATE TABLE raw (seq INTEGER PRIMARY KEY, payload TEXT NOT NULL) STRICT");
            var all = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                var one = Stopwatch.GetTimestamp();
                connection.Execute("INSERT INTO raw (payload) VALUES (?1)", Payload);
                times.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds);
            }

            return count / Stopwatch.GetElapsedTime(all).TotalSeconds;
        }).GetAwaiter().GetResult();
    }

    private static double RunModel(int instances)
    {
        using var folder = new BenchFolder();
        using var file = SqliteFile.Open(folder.Database);
        _ = new SqliteOrchestrationStore(file);
        return file.MaintainAsync(connection =>
        {
            var started = Stopwatch.GetTimestamp();
            var items = 0;
            connection.Execute("BEGIN IMMEDIATE");
            // All start, then all take their first turn, and so on: as a burst does, each instance's rows lie apart in time.
            for (var turn = 0; turn <= Activities + 1; turn++)
            {
                for (var key = 1; key <= instances; key++)
                {
                    if (turn == 0) Start(connection, key);
                    else Turn(connection, key, turn, instances);
                    if (++items % ItemsPerCommit != 0) continue;
                    connection.Execute("COMMIT");
                    connection.Execute("BEGIN IMMEDIATE");
                }
            }

            connection.Execute("COMMIT");
            return instances / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }).GetAwaiter().GetResult();
    }

    private static void Start(SqliteConnection connection, long key)
    {
        connection.Execute(
            "INSERT INTO durable_instance (id, name, version, created_at, updated_at) VALUES (?1, 'Hello5', '1.0.0', 1, 1)", $"instance-{key:D6}");
        connection.Execute("INSERT INTO durable_inbox (seq, instance, at, payload) VALUES (?1, ?1, 1, ?2)", key, Payload);
    }

    private static void Turn(SqliteConnection connection, long key, int turn, int instances)
    {
        var last = turn == Activities + 1;
        connection.Execute(
            "UPDATE durable_instance SET status = ?2, events = events + 3, updated_at = 2 WHERE key = ?1 AND events = ?3", key, last ? 2 : 1, (turn - 1) * 3);
        if (turn == 1) connection.Execute("DELETE FROM durable_inbox WHERE seq = ?1", key);
        else connection.Execute("DELETE FROM durable_task WHERE seq = ?1", ((turn - 2L) * instances) + key);
        connection.Execute("INSERT INTO durable_history (instance, seq, payload) VALUES (?1, ?2, ?3)", key, (turn - 1) * 3, Payload);
        if (!last)
            connection.Execute(
                "INSERT INTO durable_task (seq, instance, n, name, input) VALUES (?1, ?2, ?3, 'Hello', 'London')", ((turn - 1L) * instances) + key, key, turn);
    }
}
