using Microsoft.Data.Sqlite;
using PolicyFlows.Durable;

namespace PolicyFlows.Storage;

/// <summary>The statements of the durable store that run on the writer. Row numbers of inbox and tasks come from here, in commit order.</summary>
internal sealed class DurableWrites(StoreMarks existing)
{
    private long lastMessage = existing.Message;
    private long lastTask = existing.Task;

    /// <summary>Creates an instance with its start message; false if a live one has the id.</summary>
    public bool Create(SqliteConnection connection, NewInstance instance, string message, long at)
    {
        if (Find(connection, instance.InstanceId) is { } old)
        {
            if (old.IsLive) return false;
            Forget(connection, old.Key);
        }

        var start = instance.Message;
        var key = connection.QueryFirst(
            """
            INSERT INTO durable_instance (id, name, version, parent_key, parent_n, created_at, updated_at, input)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7) RETURNING key
            """,
            row => row.GetInt64(0), instance.InstanceId, start.Name, start.Version, start.ParentKey, start.ParentN, at, start.Input);
        Deliver(connection, key, message, at);
        return true;
    }

    /// <summary>Appends a message to an inbox.</summary>
    public void Deliver(SqliteConnection connection, long key, string message, long at, long? due = null, int? timer = null) =>
        connection.Execute(
            "INSERT INTO durable_inbox (seq, instance, at, due, timer, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            ++lastMessage, key, at, due, timer, message);

    /// <summary>Appends a message to the inbox of an instance that is still alive.</summary>
    public void DeliverIfLive(SqliteConnection connection, long key, string message, long at)
    {
        if (connection.QueryFirst("SELECT 1 FROM durable_instance WHERE key = ?1 AND status IN (0, 1, 5)", _ => true, key))
            Deliver(connection, key, message, at);
    }

    /// <summary>Adds an activity to be run.</summary>
    public void AddTask(SqliteConnection connection, long key, NewTask task) =>
        connection.Execute(
            "INSERT INTO durable_task (seq, instance, n, name, input) VALUES (?1, ?2, ?3, ?4, ?5)", ++lastTask, key, task.N, task.Name, task.Input);

    /// <summary>Key and state of the execution under an id.</summary>
    public static InstanceRow? Find(SqliteConnection connection, string instanceId) => connection.QueryFirst(
        "SELECT key, status, events, parent_key, parent_n FROM durable_instance WHERE id = ?1",
        row => new InstanceRow(
            row.GetInt64(0), (OrchestrationRuntimeStatus)row.GetInt32(1), row.GetInt32(2),
            row.IsDBNull(3) ? null : row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt32(4)),
        instanceId);

    /// <summary>Drops messages and tasks of an instance that has ended.</summary>
    public static void DropWork(SqliteConnection connection, long key)
    {
        connection.Execute("DELETE FROM durable_inbox WHERE instance = ?1", key);
        connection.Execute("DELETE FROM durable_task WHERE instance = ?1", key);
    }

    /// <summary>Removes every trace of an execution.</summary>
    public static void Forget(SqliteConnection connection, long key)
    {
        DropWork(connection, key);
        connection.Execute("DELETE FROM durable_history WHERE instance = ?1", key);
        connection.Execute("DELETE FROM durable_instance WHERE key = ?1", key);
    }

    /// <summary>What a decision about an instance needs.</summary>
    internal sealed record InstanceRow(long Key, OrchestrationRuntimeStatus Status, int Events, long? ParentKey, int? ParentN)
    {
        public bool IsLive => Status is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Blocked;
    }
}
