using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PolicyFlows.Storage;

/// <summary>
/// The only thread and the only connection that write or checkpoint. While one group is being flushed the next one
/// gathers, so many callers share one flush (docs/decisions/0003).
/// </summary>
internal sealed class SqliteWriter
{
    private readonly SqliteConnection connection;
    private readonly int groupLimit;
    private readonly Queue<WriteItem> waiting = new();
    private readonly Thread thread;
    private bool closing;
    private volatile string? fault;

    public SqliteWriter(SqliteConnection connection, int groupLimit)
    {
        this.connection = connection;
        this.groupLimit = groupLimit;
        thread = new Thread(Loop) { IsBackground = true, Name = "sqlite-writer" };
        thread.Start();
    }

    /// <summary>Null, or why this process may not write any more.</summary>
    public string? Fault => fault;

    public Task<T> Enqueue<T>(Func<SqliteConnection, T> work, bool alone, CancellationToken cancellation)
    {
        var item = new WriteItem<T>(work, alone, cancellation);
        lock (waiting)
        {
            ObjectDisposedException.ThrowIf(closing, this);
            waiting.Enqueue(item);
            Monitor.Pulse(waiting);
        }

        return item.Task;
    }

    /// <summary>Finishes what is queued, folds the log into the file and closes.</summary>
    public void Close()
    {
        lock (waiting)
        {
            closing = true;
            Monitor.Pulse(waiting);
        }

        thread.Join();
    }

    private void Loop()
    {
        var group = new List<WriteItem>(groupLimit);
        while (NextGroup(group))
        {
            if (fault is { } reason)
            {
                FailAll(group, new StorageFailedException(reason));
            }
            else if (group[0].Alone)
            {
                RunAlone(group[0]);
            }
            else
            {
                RunGroup(group);
            }
        }

        connection.Dispose();
    }

    private bool NextGroup(List<WriteItem> group)
    {
        group.Clear();
        lock (waiting)
        {
            while (waiting.Count == 0)
            {
                if (closing)
                {
                    return false;
                }

                Monitor.Wait(waiting);
            }

            do
            {
                group.Add(waiting.Dequeue());
            }
            while (!group[0].Alone && group.Count < groupLimit && waiting.TryPeek(out var next) && !next.Alone);
        }

        return true;
    }

    private void RunAlone(WriteItem item)
    {
        if (!item.Begin())
        {
            return;
        }

        try
        {
            item.Run(connection);
            item.Succeed();
        }
        catch (Exception failure)
        {
            RollBackAll(failure);
            item.Fail(SqliteFailures.Translate(failure));
        }
    }

    private void RunGroup(IReadOnlyList<WriteItem> group)
    {
        var ran = new List<WriteItem>(group.Count);
        try
        {
            connection.Execute("BEGIN IMMEDIATE");
        }
        catch (Exception failure)
        {
            FailAll(group, SqliteFailures.Translate(failure));
            return;
        }

        for (var i = 0; i < group.Count; i++)
        {
            var item = group[i];
            if (!item.Begin() || RunOne(item, ran))
            {
                continue;
            }

            // SQLite gave up the whole transaction (full disk, I/O error): the rest starts afresh.
            if (i + 1 < group.Count)
            {
                RunGroup(group.Skip(i + 1).ToList());
            }

            return;
        }

        Commit(ran);
    }

    /// <summary>False when the group's transaction is gone; everything that ran in it has then been failed.</summary>
    private bool RunOne(WriteItem item, List<WriteItem> ran)
    {
        try
        {
            connection.Execute("SAVEPOINT item");
            item.Run(connection);
            connection.Execute("RELEASE item");
            ran.Add(item);
            return true;
        }
        catch (Exception failure)
        {
            var translated = SqliteFailures.Translate(failure);
            if (!SqliteFailures.IsFatal(failure) && TryRollBackToSavepoint())
            {
                item.Fail(translated);
                return true;
            }

            RollBackAll(failure);
            ran.Add(item);
            FailAll(ran, translated);
            return false;
        }
    }

    private void Commit(List<WriteItem> ran)
    {
        try
        {
            connection.Execute("COMMIT");
        }
        catch (Exception failure)
        {
            RollBackAll(failure);
            FailAll(ran, SqliteFailures.Translate(failure));
            return;
        }

        foreach (var item in ran)
        {
            item.Succeed();
        }
    }

    private bool TryRollBackToSavepoint()
    {
        if (!InTransaction)
        {
            return false;
        }

        try
        {
            connection.Execute("ROLLBACK TO item");
            connection.Execute("RELEASE item");
            return true;
        }
        catch (SqliteException)
        {
            return false; // the caller rolls the whole transaction back and fails every item with the first reason
        }
    }

    private void RollBackAll(Exception cause)
    {
        if (SqliteFailures.IsFatal(cause))
        {
            fault = $"The database stopped accepting writes: {cause.Message} Restart PolicyFlows after the disk has been looked at.";
        }

        if (!InTransaction)
        {
            return;
        }

        try
        {
            connection.Execute("ROLLBACK");
        }
        catch (SqliteException failure)
        {
            fault = $"The database could not undo a failed change: {failure.Message} Restart PolicyFlows.";
        }
    }

    private bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    private static void FailAll(IEnumerable<WriteItem> items, Exception failure)
    {
        foreach (var item in items)
        {
            item.Fail(failure);
        }
    }
}
