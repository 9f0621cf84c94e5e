using Microsoft.Data.Sqlite;
using PolicyFlows.Durable;

namespace PolicyFlows.Storage;

/// <summary>One turn on its way to disk. Everything is turned into text before the writer's thread has it.</summary>
internal sealed class TurnWrite(TurnCommit commit)
{
    private readonly string? history = commit.Append.Count == 0 ? null : HistoryJson.WriteAll(commit.Append);
    private readonly string? failure = HistoryJson.WriteFailure(commit.Failure);
    private readonly string[] deliver = [.. commit.Deliver.Select(HistoryJson.Write)];
    private readonly string[] timers = [.. commit.Timers.Select(t => HistoryJson.Write(new TimerFired(t.N)))];
    private readonly (NewInstance Instance, string Start, string WhenTaken)[] children =
        [.. commit.Children.Select(c => (c.Instance, HistoryJson.Write(c.Instance.Message), HistoryJson.Write(c.WhenTaken)))];
    private readonly string? toParent = commit.ToParent is { } answer ? HistoryJson.Write(answer.Message) : null;

    /// <summary>Writes all.</summary>
    /// <exception cref="StaleTurnException">The turn came too late; the caller's savepoint undoes what was written.</exception>
    public bool Run(SqliteConnection connection, DurableWrites writes)
    {
        var at = commit.At.UtcTicks;
        if (Update(connection, at) != 1) throw new StaleTurnException();
        foreach (var seq in commit.CompletedTasks)
        {
            if (connection.Execute("DELETE FROM durable_task WHERE seq = ?1", seq) != 1) throw new StaleTurnException();
        }

        foreach (var seq in commit.ConsumedMessages) connection.Execute("DELETE FROM durable_inbox WHERE seq = ?1", seq);
        if (history is not null)
            connection.Execute("INSERT INTO durable_history (instance, seq, payload) VALUES (?1, ?2, ?3)", commit.Key, commit.FromSeq, history);
        foreach (var message in deliver) writes.Deliver(connection, commit.Key, message, at);
        if (commit.Status == OrchestrationRuntimeStatus.Blocked) return true;

        foreach (var task in commit.Tasks) writes.AddTask(connection, commit.Key, task);
        for (var i = 0; i < timers.Length; i++)
            writes.Deliver(connection, commit.Key, timers[i], at, commit.Timers[i].Due.UtcTicks, commit.Timers[i].N);
        foreach (var n in commit.CancelledTimers)
            connection.Execute("DELETE FROM durable_inbox WHERE instance = ?1 AND timer = ?2", commit.Key, n);
        foreach (var (instance, start, whenTaken) in children)
        {
            if (!writes.Create(connection, instance, start, at)) writes.Deliver(connection, commit.Key, whenTaken, at);
        }

        if (commit.Status != OrchestrationRuntimeStatus.Running) DurableWrites.DropWork(connection, commit.Key);
        if (commit.ToParent is { } answer) writes.DeliverIfLive(connection, answer.Key, toParent!, at);
        return true;
    }

    // The condition is the fence: ended stays ended, and two turns on the same history cannot both be written.
    private int Update(SqliteConnection connection, long at) => commit.Status == OrchestrationRuntimeStatus.Blocked
        ? connection.Execute(
            """
            UPDATE durable_instance SET status = ?3, events = events + ?4, updated_at = ?5, failure = coalesce(?6, failure)
            WHERE key = ?1 AND events = ?2 AND status IN (0, 1, 5)
            """,
            commit.Key, commit.FromSeq, (int)commit.Status, commit.Append.Count, at, failure)
        : connection.Execute(
            """
            UPDATE durable_instance SET status = ?3, events = events + ?4, updated_at = ?5, failure = ?6, attempts = 0,
              output = ?7, custom_status = ?8, waiting_for = ?9, next_timer = ?10
            WHERE key = ?1 AND events = ?2 AND status IN (0, 1)
            """,
            commit.Key, commit.FromSeq, (int)commit.Status, commit.Append.Count, at, failure,
            commit.Output, commit.CustomStatus, commit.WaitingFor, commit.NextTimer?.UtcTicks);
}

/// <summary>A turn came too late: somebody else wrote, ended or forgot the instance.</summary>
internal sealed class StaleTurnException() : Exception("The turn came too late.");
