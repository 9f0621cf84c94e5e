namespace PolicyFlows.Durable;

/// <summary>What a turn of an orchestration asks for.</summary>
public abstract record OrchestratorAction
{
    /// <summary>The fact that history keeps of it.</summary>
    public abstract ActionEvent ToEvent();
}

/// <summary>Run an activity.</summary>
public sealed record ScheduleActivityAction(int N, string Name, string? Input) : OrchestratorAction
{
    /// <inheritdoc/>
    public override ActionEvent ToEvent() => new ActivityScheduled(N, Name, HistoryJson.Hash(Input));
}

/// <summary>Wake the instance at a time.</summary>
public sealed record CreateTimerAction(int N, DateTimeOffset Due) : OrchestratorAction
{
    /// <inheritdoc/>
    public override ActionEvent ToEvent() => new TimerCreated(N, Due);
}

/// <summary>Forget a timer.</summary>
public sealed record CancelTimerAction(int N) : OrchestratorAction
{
    /// <inheritdoc/>
    public override ActionEvent ToEvent() => new TimerCancelled(N);
}

/// <summary>Start a child.</summary>
public sealed record ScheduleChildAction(int N, string Name, string InstanceId, string? Input) : OrchestratorAction
{
    /// <inheritdoc/>
    public override ActionEvent ToEvent() => new ChildScheduled(N, Name, InstanceId, HistoryJson.Hash(Input));
}

/// <summary>End the instance.</summary>
public sealed record CompleteAction(OrchestrationRuntimeStatus Status, string? Output, TaskFailureDetails? Failure) : OrchestratorAction
{
    /// <inheritdoc/>
    public override ActionEvent ToEvent() => new ExecutionCompleted(Status, HistoryJson.Hash(Output));
}

/// <summary>What one turn led to. <see cref="Events"/> is what history gains, the turn's start and the incoming events included.</summary>
public sealed record TurnResult(
    OrchestrationRuntimeStatus Status, IReadOnlyList<HistoryEvent> Events, IReadOnlyList<OrchestratorAction> Actions)
{
    /// <summary>Last value given to SetCustomStatus, as JSON.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>What the open awaits wait for, in words.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>Earliest open timer.</summary>
    public DateTimeOffset? NextTimer { get; init; }

    /// <summary>Why the instance must be parked; nothing else of the result counts then.</summary>
    public string? BlockedReason { get; init; }

    /// <summary>Raised events that wait for a waiter.</summary>
    public int BufferedEvents { get; init; }

    /// <summary>Raised events that a waiter took, from the start on.</summary>
    public int TakenEvents { get; init; }

    /// <summary>Activities, timers and children that nobody has answered yet. At the end of an orchestration they are dropped.</summary>
    public int OpenTasks { get; init; }

    /// <summary>Results and timers that came for tasks no longer open, such as a second result of one activity.</summary>
    public int IgnoredEvents { get; init; }
}

/// <summary>Code and history do not fit, or the code left the engine's thread. The instance is parked until a fixed program resumes it.</summary>
public sealed class ReplayMismatchException(string message) : Exception(message);
