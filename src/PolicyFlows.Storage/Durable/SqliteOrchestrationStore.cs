using Microsoft.Data.Sqlite;
using PolicyFlows.Durable;
using static PolicyFlows.Durable.OrchestrationRuntimeStatus;

namespace PolicyFlows.Storage;

/// <summary>The durable engine's store in the one SQLite file. Writes of many turns that wait share a commit.</summary>
public sealed class SqliteOrchestrationStore : IOrchestrationStore
{
    private readonly SqliteFile file;
    private readonly DurableWrites writes;
    private readonly StoreListeners listeners = new();

    /// <summary>Uses the file and brings this store's tables up to date. One store a file.</summary>
    public SqliteOrchestrationStore(SqliteFile file)
    {
        this.file = file;
        file.Apply(DurableSchema.Scripts);
        writes = new(ReadMarks());
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<StoreChange> listener) => listeners.Add(listener);

    /// <inheritdoc/>
    public Task<bool> StartAsync(NewInstance instance, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var message = HistoryJson.Write(instance.Message);
        return WriteAsync(connection => writes.Create(connection, instance, message, at.UtcTicks), StoreChange.Work, cancellation);
    }

    /// <inheritdoc/>
    public Task<EventDelivery> RaiseAsync(string instanceId, EventRaised raised, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var message = HistoryJson.Write(raised);
        return WriteAsync(connection =>
        {
            if (DurableWrites.Find(connection, instanceId) is not { } row) return EventDelivery.UnknownInstance;
            if (!row.IsLive) return EventDelivery.AlreadyFinished;
            writes.Deliver(connection, row.Key, message, at.UtcTicks);
            return EventDelivery.Delivered;
        }, StoreChange.Work, cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> TerminateAsync(string instanceId, string reason, DateTimeOffset at, CancellationToken cancellation = default)
    {
        var history = HistoryJson.WriteAll([new ExecutionTerminated(at, reason)]);
        var failure = new TaskFailureDetails("Terminated", reason);
        return WriteAsync(connection =>
        {
            if (DurableWrites.Find(connection, instanceId) is not { IsLive: true } row) return false;
            connection.Execute("INSERT INTO durable_history (instance, seq, payload) VALUES (?1, ?2, ?3)", row.Key, row.Events, history);
            connection.Execute(
                """
                UPDATE durable_instance SET status = ?2, events = events + 1, updated_at = ?3, failure = ?4, waiting_for = NULL, next_timer = NULL
                WHERE key = ?1
                """,
                row.Key, (int)Terminated, at.UtcTicks, HistoryJson.WriteFailure(failure));
            DurableWrites.DropWork(connection, row.Key);
            if (row is { ParentKey: { } parent, ParentN: { } n })
                writes.DeliverIfLive(connection, parent, HistoryJson.Write(new ChildFailed(n, failure)), at.UtcTicks);
            return true;
        }, StoreChange.Work, cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> RetryAsync(string instanceId, DateTimeOffset at, CancellationToken cancellation = default) => WriteAsync(connection =>
    {
        if (DurableWrites.Find(connection, instanceId) is not { Status: Blocked } row) return false;
        connection.Execute(
            "UPDATE durable_instance SET status = ?2, attempts = 0, failure = NULL, updated_at = ?3 WHERE key = ?1",
            row.Key, (int)(row.Events == 0 ? Pending : Running), at.UtcTicks);
        connection.Execute("UPDATE durable_task SET attempts = 0 WHERE instance = ?1", row.Key);
        return true;
    }, StoreChange.Reset, cancellation);

    /// <inheritdoc/>
    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellation = default) => WriteAsync(connection =>
    {
        if (DurableWrites.Find(connection, instanceId) is not { IsLive: false } row) return false;
        DurableWrites.Forget(connection, row.Key);
        return true;
    }, null, cancellation);

    /// <inheritdoc/>
    public Task WipeAsync(CancellationToken cancellation = default) => WriteAsync(connection =>
    {
        connection.Execute("DELETE FROM durable_inbox");
        connection.Execute("DELETE FROM durable_task");
        connection.Execute("DELETE FROM durable_history");
        connection.Execute("DELETE FROM durable_instance");
        return true;
    }, StoreChange.Reset, cancellation);

    /// <inheritdoc/>
    public async Task<bool> CommitAsync(TurnCommit commit, CancellationToken cancellation = default)
    {
        var turn = new TurnWrite(commit);
        try
        {
            return await WriteAsync(connection => turn.Run(connection, writes), StoreChange.Work, cancellation);
        }
        catch (StaleTurnException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public Task<int> CountAttemptAsync(long key, long? task, CancellationToken cancellation = default) => WriteAsync(
        connection => task is { } seq
            ? connection.QueryFirst("UPDATE durable_task SET attempts = attempts + 1 WHERE seq = ?1 RETURNING attempts", row => row.GetInt32(0), seq)
            : connection.QueryFirst("UPDATE durable_instance SET attempts = attempts + 1 WHERE key = ?1 RETURNING attempts", row => row.GetInt32(0), key),
        null, cancellation);

    /// <inheritdoc/>
    public ReadyWork ReadReady(DateTimeOffset now, StoreMarks after, int take) => file.Read(connection =>
    {
        var messages = connection.Query(
            """
            SELECT i.seq, i.instance FROM durable_inbox i CROSS JOIN durable_instance d ON d.key = i.instance
            WHERE i.seq > ?1 AND i.due IS NULL AND d.status IN (0, 1) ORDER BY i.seq LIMIT ?2
            """,
            row => (Seq: row.GetInt64(0), Key: row.GetInt64(1)), after.Message, take);
        var timers = connection.Query(
            """
            SELECT i.instance FROM durable_inbox i CROSS JOIN durable_instance d ON d.key = i.instance
            WHERE i.due <= ?1 AND d.status IN (0, 1) ORDER BY i.due, i.seq LIMIT ?2
            """,
            row => row.GetInt64(0), now.UtcTicks, take);
        var tasks = connection.Query(
            """
            SELECT t.seq, t.instance, d.id, t.n, t.name, t.input FROM durable_task t CROSS JOIN durable_instance d ON d.key = t.instance
            WHERE t.seq > ?1 AND d.status IN (0, 1) ORDER BY t.seq LIMIT ?2
            """,
            row => new ActivityTask(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt32(3), row.GetString(4), DurableRows.Text(row, 5)),
            after.Task, take);
        var next = connection.QueryFirst(
            """
            SELECT i.due FROM durable_inbox i CROSS JOIN durable_instance d ON d.key = i.instance
            WHERE i.due > ?1 AND d.status IN (0, 1) ORDER BY i.due LIMIT 1
            """,
            row => (long?)row.GetInt64(0), now.UtcTicks);
        var last = DurableRows.Marks(connection);
        return new ReadyWork(
            [.. messages.Select(m => m.Key).Concat(timers).Distinct()], tasks,
            new(messages.Count == take ? messages[^1].Seq : Math.Max(after.Message, last.Message),
                tasks.Count == take ? tasks[^1].Seq : Math.Max(after.Task, last.Task)),
            next is { } due ? DurableRows.Time(due) : null);
    });

    /// <inheritdoc/>
    public StoreMarks ReadMarks() => file.Read(DurableRows.Marks);

    /// <inheritdoc/>
    public InstanceSnapshot? Load(long key, DateTimeOffset now, int fromSeq = 0) => file.Read(connection =>
    {
        var found = connection.QueryFirst(
            "SELECT id, status, events FROM durable_instance WHERE key = ?1",
            row => ((string Id, int Status, int Events)?)(row.GetString(0), row.GetInt32(1), row.GetInt32(2)), key);
        if (found is not { } instance) return null;
        var history = fromSeq >= instance.Events ? [] : connection.Query(
            "SELECT payload FROM durable_history WHERE instance = ?1 AND seq >= ?2 ORDER BY seq", row => row.GetString(0), key, fromSeq);
        var messages = connection.Query(
            "SELECT seq, at, due, payload FROM durable_inbox WHERE instance = ?1 AND (due IS NULL OR due <= ?2) ORDER BY seq",
            row => new InboxMessage(
                row.GetInt64(0), DurableRows.Time(row.GetInt64(1)), row.IsDBNull(2) ? null : DurableRows.Time(row.GetInt64(2)), row.GetString(3)),
            key, now.UtcTicks);
        return new InstanceSnapshot(key, instance.Id, (OrchestrationRuntimeStatus)instance.Status, instance.Events, history, messages);
    });

    /// <inheritdoc/>
    public long? FindKey(string instanceId) => file.Read(connection => DurableWrites.Find(connection, instanceId)?.Key);

    /// <inheritdoc/>
    public OrchestrationMetadata? Find(string instanceId) => file.Read(connection =>
        connection.QueryFirst($"SELECT {DurableRows.MetadataColumns} FROM durable_instance WHERE id = ?1", DurableRows.Metadata, instanceId));

    /// <inheritdoc/>
    public IReadOnlyList<OrchestrationMetadata> List(OrchestrationQuery query) => file.Read(connection =>
    {
        // The status numbers are the enumeration's, not a person's text; ids compare as bytes, as in the other stores.
        var statuses = query.Statuses is { } wanted ? $"AND status IN ({string.Join(',', wanted.Select(s => (int)s))})" : "";
        return connection.Query(
            $"""
            SELECT {DurableRows.MetadataColumns} FROM durable_instance
            WHERE id > ?1 AND substr(id, 1, length(?2)) = ?2 {statuses} ORDER BY id LIMIT ?3
            """,
            DurableRows.Metadata, query.After ?? "", query.InstanceIdPrefix ?? "", query.PageSize);
    });

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Version)> LiveKinds() => file.Read(connection => connection.Query(
        "SELECT DISTINCT name, version FROM durable_instance WHERE status IN (0, 1, 5) ORDER BY name, version", row => (row.GetString(0), row.GetString(1))));

    private async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, StoreChange? change, CancellationToken cancellation)
    {
        var result = await file.WriteAsync(work, cancellation);
        if (change is { } news) listeners.Tell(news);
        return result;
    }
}
