namespace PolicyFlows.Durable.Tests;

/// <summary>What a commit meets.</summary>
public enum Fault
{
    None,

    /// <summary>The commit throws and nothing is written.</summary>
    Before,

    /// <summary>The commit is written and throws nevertheless: the outcome is unknown to the caller.</summary>
    After,
}

/// <summary>A store whose commits fail as told.</summary>
public sealed class FaultyStore(IOrchestrationStore inner) : IOrchestrationStore
{
    private readonly Lock gate = new();

    /// <summary>Asked before every turn commit.</summary>
    public Func<TurnCommit, Fault> Next { get; set; } = _ => Fault.None;

    /// <summary>Asked before every read of ready work and every count of a try.</summary>
    public Func<bool> ReadFails { get; set; } = () => false;

    /// <summary>Turn commits that were accepted.</summary>
    public int Accepted { get; private set; }

    /// <summary>False to keep all news from listeners.</summary>
    public bool TellsListeners { get; set; } = true;

    public IDisposable Subscribe(Action<StoreChange> listener) => inner.Subscribe(change =>
    {
        if (TellsListeners) listener(change);
    });

    public async Task<bool> CommitAsync(TurnCommit commit, CancellationToken cancellation = default)
    {
        var fault = Next(commit);
        if (fault == Fault.Before) throw new IOException("The disk is full.");
        var accepted = await inner.CommitAsync(commit, cancellation);
        if (accepted)
        {
            lock (gate) Accepted++;
        }

        return fault == Fault.After ? throw new IOException("The answer was lost.") : accepted;
    }

    public Task<bool> StartAsync(NewInstance instance, DateTimeOffset at, CancellationToken cancellation = default) => inner.StartAsync(instance, at, cancellation);

    public Task<EventDelivery> RaiseAsync(string instanceId, EventRaised raised, DateTimeOffset at, CancellationToken cancellation = default) =>
        inner.RaiseAsync(instanceId, raised, at, cancellation);

    public Task<bool> TerminateAsync(string instanceId, string reason, DateTimeOffset at, CancellationToken cancellation = default) =>
        inner.TerminateAsync(instanceId, reason, at, cancellation);

    public Task<bool> RetryAsync(string instanceId, DateTimeOffset at, CancellationToken cancellation = default) => inner.RetryAsync(instanceId, at, cancellation);

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellation = default) => inner.PurgeAsync(instanceId, cancellation);

    public Task WipeAsync(CancellationToken cancellation = default) => inner.WipeAsync(cancellation);

    public Task<int> CountAttemptAsync(long key, long? task, CancellationToken cancellation = default) => ReadFails()
        ? throw new IOException("The disk does not answer.")
        : inner.CountAttemptAsync(key, task, cancellation);

    public ReadyWork ReadReady(DateTimeOffset now, StoreMarks after, int take) => ReadFails()
        ? throw new IOException("The disk does not answer.")
        : inner.ReadReady(now, after, take);

    public StoreMarks ReadMarks() => inner.ReadMarks();

    public InstanceSnapshot? Load(long key, DateTimeOffset now, int fromSeq = 0) => inner.Load(key, now, fromSeq);

    public long? FindKey(string instanceId) => inner.FindKey(instanceId);

    public OrchestrationMetadata? Find(string instanceId) => inner.Find(instanceId);

    public IReadOnlyList<OrchestrationMetadata> List(OrchestrationQuery query) => inner.List(query);

    public IReadOnlyList<(string Name, string Version)> LiveKinds() => inner.LiveKinds();
}
