namespace PolicyFlows.Durable;

/// <summary>
/// Instances, histories, inboxes and tasks. Every writing method is one transaction, durable when its task completes. A finished instance
/// never changes again; a start under its id replaces it by a new one with another key.
/// </summary>
public interface IOrchestrationStore
{
    /// <summary>Calls <paramref name="listener"/> after commits, on any thread, until the result is disposed. Listeners return at once.</summary>
    IDisposable Subscribe(Action<StoreChange> listener);

    /// <summary>Creates an instance with its start message. False if a live one has the id; nothing changes then.</summary>
    Task<bool> StartAsync(NewInstance instance, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>Puts an event into the inbox of a live instance.</summary>
    Task<EventDelivery> RaiseAsync(string instanceId, EventRaised raised, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>Ends a live instance for good and tells its parent. False if it is unknown or finished.</summary>
    Task<bool> TerminateAsync(string instanceId, string reason, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>Releases a parked instance and forgets failed tries. False if it is not parked.</summary>
    Task<bool> RetryAsync(string instanceId, DateTimeOffset at, CancellationToken cancellation = default);

    /// <summary>Forgets a finished instance. False if it is unknown or alive.</summary>
    Task<bool> PurgeAsync(string instanceId, CancellationToken cancellation = default);

    /// <summary>Forgets everything. Keys and numbers are not used again.</summary>
    Task WipeAsync(CancellationToken cancellation = default);

    /// <summary>Writes a turn. False if it came too late (see <see cref="TurnCommit"/>); nothing was written then.</summary>
    Task<bool> CommitAsync(TurnCommit commit, CancellationToken cancellation = default);

    /// <summary>Counts one more try of an instance's turn, or of one of its tasks, and returns the count. A committed turn clears the former.</summary>
    Task<int> CountAttemptAsync(long key, long? task, CancellationToken cancellation = default);

    /// <summary>Up to <paramref name="take"/> ready instances and as many tasks of instances that may run, after <paramref name="after"/>.</summary>
    ReadyWork ReadReady(DateTimeOffset now, StoreMarks after, int take);

    /// <summary>The last numbers given out.</summary>
    StoreMarks ReadMarks();

    /// <summary>State, history from <paramref name="fromSeq"/> on and messages visible at <paramref name="now"/>; null if the key is gone.</summary>
    InstanceSnapshot? Load(long key, DateTimeOffset now, int fromSeq = 0);

    /// <summary>The key of the newest execution under an id, or null.</summary>
    long? FindKey(string instanceId);

    /// <summary>What operators see of one instance, or null.</summary>
    OrchestrationMetadata? Find(string instanceId);

    /// <summary>What operators see of many, ordered by id (ordinal).</summary>
    IReadOnlyList<OrchestrationMetadata> List(OrchestrationQuery query);

    /// <summary>Names and versions of live instances, parked ones included, each once.</summary>
    IReadOnlyList<(string Name, string Version)> LiveKinds();
}
