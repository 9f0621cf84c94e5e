namespace PolicyFlows.Durable;

/// <summary>A store that forgets with the process: for tests and short trials. Events pass through their JSON form, as in a file.</summary>
public sealed class InMemoryOrchestrationStore : IOrchestrationStore
{
    private readonly Lock gate = new();
    private readonly StoreListeners listeners = new();
    private readonly Dictionary<long, Instance> instances = [];
    private readonly SortedDictionary<string, Instance> byId = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, Message> inbox = [];
    private readonly SortedDictionary<long, TaskRow> tasks = [];
    private long lastKey;
    private StoreMarks last;

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<StoreChange> listener) => listeners.Add(listener);

    /// <inheritdoc/>
    public Task<bool> StartAsync(NewInstance instance, DateTimeOffset at, CancellationToken cancellation = default) =>
        Write(() => Create(instance, at), StoreChange.Work);

    /// <inheritdoc/>
    public Task<EventDelivery> RaiseAsync(string instanceId, EventRaised raised, DateTimeOffset at, CancellationToken cancellation = default) => Write(() =>
    {
        if (!byId.TryGetValue(instanceId, out var row)) return EventDelivery.UnknownInstance;
        if (!row.IsLive) return EventDelivery.AlreadyFinished;
        Deliver(row.Key, raised, at, null);
        return EventDelivery.Delivered;
    }, StoreChange.Work);

    /// <inheritdoc/>
    public Task<bool> TerminateAsync(string instanceId, string reason, DateTimeOffset at, CancellationToken cancellation = default) => Write(() =>
    {
        if (!byId.TryGetValue(instanceId, out var row) || !row.IsLive) return false;
        row.Append([new ExecutionTerminated(at, reason)]);
        var failure = Failures.Terminated(reason);
        End(row, OrchestrationRuntimeStatus.Terminated, at, failure);
        if (row.Start is { ParentKey: { } parent, ParentN: { } n }) DeliverIfLive(parent, new ChildFailed(n, failure), at);
        return true;
    }, StoreChange.Work);

    /// <inheritdoc/>
    public Task<bool> RetryAsync(string instanceId, DateTimeOffset at, CancellationToken cancellation = default) => Write(() =>
    {
        if (!byId.TryGetValue(instanceId, out var row) || row.Status != OrchestrationRuntimeStatus.Blocked) return false;
        row.Status = row.EventCount == 0 ? OrchestrationRuntimeStatus.Pending : OrchestrationRuntimeStatus.Running;
        row.Failure = null;
        row.Attempts = 0;
        row.UpdatedAt = at;
        foreach (var task in tasks.Values.Where(t => t.Task.Key == row.Key)) task.Attempts = 0;
        return true;
    }, StoreChange.Reset);

    /// <inheritdoc/>
    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellation = default) => Write(() =>
    {
        if (!byId.TryGetValue(instanceId, out var row) || row.IsLive) return false;
        Forget(row);
        return true;
    }, StoreChange.Work);

    /// <inheritdoc/>
    public Task WipeAsync(CancellationToken cancellation = default) => Write(() =>
    {
        instances.Clear();
        byId.Clear();
        inbox.Clear();
        tasks.Clear();
        return true;
    }, StoreChange.Reset);

    /// <inheritdoc/>
    public Task<bool> CommitAsync(TurnCommit commit, CancellationToken cancellation = default) => Write(() =>
    {
        if (!instances.TryGetValue(commit.Key, out var row) || row.EventCount != commit.FromSeq) return false;
        if (!row.MayRun && !(row.Status == commit.Status && row.IsLive)) return false;
        if (!commit.CompletedTasks.All(tasks.ContainsKey)) return false;
        foreach (var seq in commit.ConsumedMessages) inbox.Remove(seq);
        foreach (var seq in commit.CompletedTasks) tasks.Remove(seq);
        row.Append(commit.Append);
        row.Status = commit.Status;
        row.UpdatedAt = commit.At;
        foreach (var message in commit.Deliver) Deliver(row.Key, message, commit.At, null);
        if (commit.Status == OrchestrationRuntimeStatus.Blocked)
        {
            row.Failure = commit.Failure ?? row.Failure;
            return true;
        }

        Apply(row, commit);
        return true;
    }, StoreChange.Work);

    /// <inheritdoc/>
    public Task<int> CountAttemptAsync(long key, long? task, CancellationToken cancellation = default) => Write(() =>
    {
        if (task is { } seq) return tasks.TryGetValue(seq, out var found) ? ++found.Attempts : 0;
        return instances.TryGetValue(key, out var row) ? ++row.Attempts : 0;
    }, null);

    /// <inheritdoc/>
    public ReadyWork ReadReady(DateTimeOffset now, StoreMarks after, int take)
    {
        lock (gate)
        {
            var messages = inbox.Values.Where(m => m.Due is null && m.Seq > after.Message && instances[m.Key].MayRun).Take(take).ToList();
            var timers = inbox.Values.Where(m => m.Due <= now && instances[m.Key].MayRun).OrderBy(m => m.Due).Take(take);
            var waiting = tasks.Values.Where(t => t.Task.Seq > after.Task && instances[t.Task.Key].MayRun).Take(take).Select(t => t.Task).ToList();
            return new([.. messages.Concat(timers).Select(m => m.Key).Distinct()], waiting,
                new(messages.Count == take ? messages[^1].Seq : last.Message, waiting.Count == take ? waiting[^1].Seq : last.Task),
                inbox.Values.Where(m => m.Due > now && instances[m.Key].MayRun).Min(m => m.Due));
        }
    }

    /// <inheritdoc/>
    public StoreMarks ReadMarks()
    {
        lock (gate) return last;
    }

    /// <inheritdoc/>
    public InstanceSnapshot? Load(long key, DateTimeOffset now, int fromSeq = 0)
    {
        lock (gate)
        {
            return !instances.TryGetValue(key, out var row) ? null : new(
                row.Key, row.Id, row.Status, row.EventCount, [.. row.History.Where(h => h.Seq >= fromSeq).Select(h => h.Json)],
                [.. inbox.Values.Where(m => m.Key == key && !(m.Due > now)).Select(m => new InboxMessage(m.Seq, m.At, m.Due, m.Json))]);
        }
    }

    /// <inheritdoc/>
    public long? FindKey(string instanceId)
    {
        lock (gate) return byId.TryGetValue(instanceId, out var row) ? row.Key : null;
    }

    /// <inheritdoc/>
    public OrchestrationMetadata? Find(string instanceId)
    {
        lock (gate) return byId.TryGetValue(instanceId, out var row) ? row.ToMetadata() : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<OrchestrationMetadata> List(OrchestrationQuery query)
    {
        lock (gate)
        {
            return [.. byId.Values
                .Where(r => query.Statuses?.Contains(r.Status) ?? true)
                .Where(r => query.InstanceIdPrefix is null || r.Id.StartsWith(query.InstanceIdPrefix, StringComparison.Ordinal))
                .Where(r => query.After is null || string.CompareOrdinal(r.Id, query.After) > 0)
                .Take(query.PageSize).Select(r => r.ToMetadata())];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Version)> LiveKinds()
    {
        lock (gate) return [.. instances.Values.Where(r => r.IsLive).Select(r => (r.Start.Name, r.Start.Version)).Distinct().Order()];
    }

    private Task<T> Write<T>(Func<T> work, StoreChange? change)
    {
        T result;
        lock (gate) result = work();
        if (change is { } news) listeners.Tell(news);
        return Task.FromResult(result);
    }

    private bool Create(NewInstance instance, DateTimeOffset at)
    {
        if (byId.TryGetValue(instance.InstanceId, out var old))
        {
            if (old.IsLive) return false;
            Forget(old);
        }

        var row = new Instance(++lastKey, instance.InstanceId, instance.Message, at) { UpdatedAt = at };
        instances[row.Key] = row;
        byId[row.Id] = row;
        Deliver(row.Key, instance.Message, at, null);
        return true;
    }

    private void Apply(Instance row, TurnCommit commit)
    {
        row.Attempts = 0;
        row.Output = commit.Output;
        row.Failure = commit.Failure;
        row.CustomStatus = commit.CustomStatus;
        row.WaitingFor = commit.WaitingFor;
        row.NextTimer = commit.NextTimer;
        foreach (var task in commit.Tasks)
        {
            last = last with { Task = last.Task + 1 };
            tasks[last.Task] = new(new(last.Task, row.Key, row.Id, task.N, task.Name, task.Input));
        }

        foreach (var timer in commit.Timers) Deliver(row.Key, new TimerFired(timer.N), commit.At, timer.Due);
        foreach (var n in commit.CancelledTimers) RemoveMessages(m => m.Key == row.Key && m.TimerN == n);
        foreach (var child in commit.Children)
        {
            if (!Create(child.Instance, commit.At)) Deliver(row.Key, child.WhenTaken, commit.At, null);
        }

        if (!row.IsLive) End(row, row.Status, commit.At, commit.Failure);
        if (commit.ToParent is { } answer) DeliverIfLive(answer.Key, answer.Message, commit.At);
    }

    private void End(Instance row, OrchestrationRuntimeStatus status, DateTimeOffset at, TaskFailureDetails? failure)
    {
        row.Status = status;
        row.UpdatedAt = at;
        row.Failure = failure;
        row.WaitingFor = null;
        row.NextTimer = null;
        DropWork(row.Key);
    }

    private void Forget(Instance row)
    {
        DropWork(row.Key);
        instances.Remove(row.Key);
        byId.Remove(row.Id);
    }

    private void DropWork(long key)
    {
        RemoveMessages(m => m.Key == key);
        foreach (var seq in tasks.Where(t => t.Value.Task.Key == key).Select(t => t.Key).ToList()) tasks.Remove(seq);
    }

    private void RemoveMessages(Func<Message, bool> which)
    {
        foreach (var seq in inbox.Values.Where(which).Select(m => m.Seq).ToList()) inbox.Remove(seq);
    }

    private void DeliverIfLive(long key, IncomingEvent message, DateTimeOffset at)
    {
        if (instances.TryGetValue(key, out var row) && row.IsLive) Deliver(key, message, at, null);
    }

    private void Deliver(long key, IncomingEvent message, DateTimeOffset at, DateTimeOffset? due)
    {
        last = last with { Message = last.Message + 1 };
        inbox[last.Message] = new(last.Message, key, at, due, (message as TimerFired)?.N, HistoryJson.Write(message));
    }

    private sealed record Message(long Seq, long Key, DateTimeOffset At, DateTimeOffset? Due, int? TimerN, string Json);

    private sealed class TaskRow(ActivityTask task)
    {
        public ActivityTask Task { get; } = task;

        public int Attempts { get; set; }
    }

    private sealed class Instance(long key, string id, ExecutionStarted start, DateTimeOffset createdAt)
    {
        public long Key { get; } = key;

        public string Id { get; } = id;

        public ExecutionStarted Start { get; } = start;

        public List<(int Seq, string Json)> History { get; } = [];

        public int EventCount { get; private set; }

        public OrchestrationRuntimeStatus Status { get; set; }

        public int Attempts { get; set; }

        public DateTimeOffset UpdatedAt { get; set; }

        public string? Output { get; set; }

        public TaskFailureDetails? Failure { get; set; }

        public string? CustomStatus { get; set; }

        public string? WaitingFor { get; set; }

        public DateTimeOffset? NextTimer { get; set; }

        public void Append(IReadOnlyList<HistoryEvent> events)
        {
            if (events.Count > 0) History.Add((EventCount, HistoryJson.WriteAll(events)));
            EventCount += events.Count;
        }

        public bool IsLive => Status is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Blocked;

        public bool MayRun => Status is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running;

        public OrchestrationMetadata ToMetadata() => new(
            Id, Start.Name, Start.Version, Status, createdAt, UpdatedAt, Start.Input, Output, CustomStatus, Failure, WaitingFor, NextTimer);
    }
}
