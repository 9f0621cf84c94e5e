namespace PolicyFlows.Durable;

/// <summary>An instance to be created; its first message is <paramref name="Message"/>.</summary>
public sealed record NewInstance(string InstanceId, ExecutionStarted Message);

/// <summary>A child to be created with a turn, and the message its parent gets instead if the id belongs to a live instance.</summary>
public sealed record NewChild(NewInstance Instance, ChildFailed WhenTaken);

/// <summary>An activity to be run.</summary>
public sealed record NewTask(int N, string Name, string? Input);

/// <summary>A timer to be kept.</summary>
public sealed record NewTimer(int N, DateTimeOffset Due);

/// <summary>A message in an inbox. <paramref name="Due"/> is set for timers only.</summary>
public sealed record InboxMessage(long Seq, DateTimeOffset At, DateTimeOffset? Due, string Json)
{
    /// <summary>The message itself.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is no incoming event that this version knows.</exception>
    public IncomingEvent Read() => HistoryJson.Read(Json) as IncomingEvent ?? throw new System.Text.Json.JsonException("An inbox holds something that is no message.");
}

/// <summary>An activity that waits to be run.</summary>
public sealed record ActivityTask(long Seq, long Key, string InstanceId, int N, string Name, string? Input);

/// <summary>Which rows existed: messages and tasks up to these numbers.</summary>
public readonly record struct StoreMarks(long Message, long Task);

/// <summary>Instances with a visible message, oldest message first, and tasks in order, both after given marks; due timers always count.</summary>
public sealed record ReadyWork(IReadOnlyList<long> Instances, IReadOnlyList<ActivityTask> Tasks, StoreMarks Marks, DateTimeOffset? NextDue);

/// <summary>
/// What a turn needs: state, history from an event's number on (one JSON array a turn), and the visible messages in the order of arrival.
/// Texts are as stored: one that cannot be read is the trouble of its instance, not of the store.
/// </summary>
public sealed record InstanceSnapshot(
    long Key, string InstanceId, OrchestrationRuntimeStatus Status, int HistoryCount, IReadOnlyList<string> History, IReadOnlyList<InboxMessage> Messages)
{
    /// <summary>The events of <see cref="History"/>.</summary>
    /// <exception cref="System.Text.Json.JsonException">A text is no list of events that this version knows.</exception>
    public IEnumerable<HistoryEvent> ReadHistory() => History.SelectMany(HistoryJson.ReadAll);

    /// <summary>True while turns may run.</summary>
    public bool MayRun => Status is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running;
}

/// <summary>What became of a raised event.</summary>
public enum EventDelivery { Delivered, AlreadyFinished, UnknownInstance }

/// <summary>News from the store.</summary>
public enum StoreChange
{
    /// <summary>Something was committed that may give work.</summary>
    Work,

    /// <summary>What was read before may be void: the store was wiped, or a parked instance released.</summary>
    Reset,
}

/// <summary>
/// Everything that one turn changes, written as one transaction or not at all. It is refused when the instance is gone or finished,
/// when it is parked (unless the commit keeps it so and only delivers results),
/// when its history is not <see cref="FromSeq"/> events long, or when one of <see cref="CompletedTasks"/> is gone.
/// </summary>
public sealed record TurnCommit(long Key, int FromSeq, OrchestrationRuntimeStatus Status, DateTimeOffset At)
{
    /// <summary>Events that history gains.</summary>
    public IReadOnlyList<HistoryEvent> Append { get; init; } = [];

    /// <summary>Inbox messages that the turn took.</summary>
    public IReadOnlyList<long> ConsumedMessages { get; init; } = [];

    /// <summary>Tasks whose results the turn took or delivers.</summary>
    public IReadOnlyList<long> CompletedTasks { get; init; } = [];

    /// <summary>Messages for the instance's own inbox: results that no turn could take because the instance is parked.</summary>
    public IReadOnlyList<IncomingEvent> Deliver { get; init; } = [];

    /// <summary>Activities to be run.</summary>
    public IReadOnlyList<NewTask> Tasks { get; init; } = [];

    /// <summary>Timers to be kept.</summary>
    public IReadOnlyList<NewTimer> Timers { get; init; } = [];

    /// <summary>Numbers of timers to be dropped.</summary>
    public IReadOnlyList<int> CancelledTimers { get; init; } = [];

    /// <summary>Children to be created.</summary>
    public IReadOnlyList<NewChild> Children { get; init; } = [];

    /// <summary>The answer to the parent, when the instance ends.</summary>
    public (long Key, IncomingEvent Message)? ToParent { get; init; }

    /// <summary>Output as JSON.</summary>
    public string? Output { get; init; }

    /// <summary>Why the instance failed, or why it is parked.</summary>
    public TaskFailureDetails? Failure { get; init; }

    /// <summary>Custom status as JSON.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>Open awaits in words.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>Earliest open timer.</summary>
    public DateTimeOffset? NextTimer { get; init; }
}
