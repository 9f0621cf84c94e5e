using System.Text.Json.Serialization;

namespace PolicyFlows.Durable;

/// <summary>
/// One fact in the history of an instance. A turn is recorded as <see cref="TurnStarted"/>, then what came in, then what the code asked for.
/// The JSON of every event carries <c>type</c> and <c>v</c>; names are never changed after a release.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TurnStarted), "turnStarted")]
[JsonDerivedType(typeof(ExecutionStarted), "executionStarted")]
[JsonDerivedType(typeof(ActivityCompleted), "activityCompleted")]
[JsonDerivedType(typeof(ActivityFailed), "activityFailed")]
[JsonDerivedType(typeof(TimerFired), "timerFired")]
[JsonDerivedType(typeof(EventRaised), "eventRaised")]
[JsonDerivedType(typeof(ChildCompleted), "childCompleted")]
[JsonDerivedType(typeof(ChildFailed), "childFailed")]
[JsonDerivedType(typeof(ActivityScheduled), "activityScheduled")]
[JsonDerivedType(typeof(TimerCreated), "timerCreated")]
[JsonDerivedType(typeof(TimerCancelled), "timerCancelled")]
[JsonDerivedType(typeof(ChildScheduled), "childScheduled")]
[JsonDerivedType(typeof(ExecutionCompleted), "executionCompleted")]
[JsonDerivedType(typeof(ExecutionTerminated), "executionTerminated")]
public abstract record HistoryEvent
{
    /// <summary>Version of the event's form.</summary>
    [JsonPropertyOrder(-1)]
    public int V { get; init; } = 1;
}

/// <summary>Something that reached the instance: start, result, due timer, raised event.</summary>
public abstract record IncomingEvent : HistoryEvent;

/// <summary>Something that the orchestration asked for; on replay it must ask for the same again.</summary>
public abstract record ActionEvent : HistoryEvent;

/// <summary>A turn began; its time is what the code sees as the current time.</summary>
public sealed record TurnStarted(DateTimeOffset At) : HistoryEvent;

/// <summary>The instance was started. <paramref name="ParentKey"/> and <paramref name="ParentN"/> name the call that a child answers.</summary>
/// <param name="EngineRules">Version of the engine's own turn rules under which the instance lives.</param>
public sealed record ExecutionStarted(
    string Name, string Version, string? Input, long? ParentKey = null, int? ParentN = null, int EngineRules = 1) : IncomingEvent;

/// <summary>Activity <paramref name="N"/> returned.</summary>
public sealed record ActivityCompleted(int N, string? Result) : IncomingEvent;

/// <summary>Activity <paramref name="N"/> threw.</summary>
public sealed record ActivityFailed(int N, TaskFailureDetails Failure) : IncomingEvent;

/// <summary>Timer <paramref name="N"/> is due.</summary>
public sealed record TimerFired(int N) : IncomingEvent;

/// <summary>Somebody raised an event.</summary>
public sealed record EventRaised(string Name, string? Payload) : IncomingEvent;

/// <summary>Child <paramref name="N"/> returned.</summary>
public sealed record ChildCompleted(int N, string? Result) : IncomingEvent;

/// <summary>Child <paramref name="N"/> failed, was terminated, or its id was taken.</summary>
public sealed record ChildFailed(int N, TaskFailureDetails Failure) : IncomingEvent;

/// <summary>The code called an activity. Only a hash of the input is kept here.</summary>
public sealed record ActivityScheduled(int N, string Name, string? InputHash) : ActionEvent;

/// <summary>The code made a timer.</summary>
public sealed record TimerCreated(int N, DateTimeOffset Due) : ActionEvent;

/// <summary>The code cancelled a timer that was still open.</summary>
public sealed record TimerCancelled(int N) : ActionEvent;

/// <summary>The code started a child.</summary>
public sealed record ChildScheduled(int N, string Name, string InstanceId, string? InputHash) : ActionEvent;

/// <summary>The code ended: Completed with the hash of its output, or Failed.</summary>
public sealed record ExecutionCompleted(OrchestrationRuntimeStatus Status, string? OutputHash) : ActionEvent;

/// <summary>Somebody ended the instance from outside.</summary>
public sealed record ExecutionTerminated(DateTimeOffset At, string Reason) : HistoryEvent;
