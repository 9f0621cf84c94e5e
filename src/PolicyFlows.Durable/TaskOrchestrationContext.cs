using Microsoft.Extensions.Logging;

namespace PolicyFlows.Durable;

/// <summary>
/// What replayed code may use. Member names and meanings are those of Microsoft.DurableTask.TaskOrchestrationContext,
/// so that the same orchestration runs on either engine. A semantics suite says once what each member means and is run on both; where the
/// engines differ, docs/decisions/0010 says what the contract leaves open.
/// </summary>
public abstract class TaskOrchestrationContext
{
    /// <summary>Name under which the orchestration was scheduled.</summary>
    public abstract string Name { get; }

    /// <summary>Id chosen by whoever scheduled the instance.</summary>
    public abstract string InstanceId { get; }

    /// <summary>Program version stamped when the instance was started; never changes while it lives.</summary>
    public abstract string Version { get; }

    /// <summary>Time of the current turn, UTC. The same on every replay and constant within a turn.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>True while recorded history is being played again.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>
    /// Runs an activity at least once and returns its result. A failure arrives as <see cref="TaskFailedException"/>. Await it: what nobody
    /// has awaited when the orchestration ends may or may not run.
    /// </summary>
    public abstract Task<TResult> CallActivityAsync<TResult>(string name, object? input = null, TaskOptions? options = null);

    /// <summary>Runs an activity whose result does not matter.</summary>
    public Task CallActivityAsync(string name, object? input = null, TaskOptions? options = null) =>
        CallActivityAsync<object?>(name, input, options);

    /// <summary>
    /// Starts a child under an id of the caller's choice and waits for its end. A child that fails or is terminated arrives as
    /// <see cref="TaskFailedException"/>. The id must never have been used: what a live instance of that id does to the two differs between
    /// engines. The child is stamped with the version of the program that starts it, not with its parent's.
    /// </summary>
    /// <exception cref="ArgumentException">The id is none that <see cref="InstanceIds"/> takes.</exception>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(string name, object? input, SubOrchestrationOptions options);

    /// <summary>Completes at or after <paramref name="fireAt"/> (UTC, also if it has no kind). Cancel the losing timer: an open one is history for nothing.</summary>
    /// <exception cref="ArgumentException">The time is a local one.</exception>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>
    /// Waits for an event raised to this instance, by a name without regard to case. Events of a name arrive in the order in which they were
    /// raised, go to the newest live waiter and are kept until someone waits; a cancelled wait takes none. All waits of a name have one type.
    /// </summary>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>A small JSON value that operators see beside the instance: the last one of a turn, until another or null is set.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>A guid that is the same on every replay.</summary>
    public abstract Guid NewGuid();

    /// <summary>A logger that is silent while replaying.</summary>
    public abstract ILogger CreateReplaySafeLogger(string categoryName);
}

/// <summary>Options of an activity call.</summary>
/// <param name="Retry">When and how often a failed activity runs again; null for never.</param>
public record TaskOptions(RetryPolicy? Retry = null);

/// <summary>Options of a child.</summary>
/// <param name="InstanceId">Id of the child; required, because a chosen id survives a restart and a drawn one does not.</param>
public sealed record SubOrchestrationOptions(string InstanceId, RetryPolicy? Retry = null) : TaskOptions(Retry);

/// <summary>Retry of a failed activity by durable timers.</summary>
/// <param name="MaxNumberOfAttempts">All attempts, the first included; at least 1.</param>
/// <param name="FirstRetryInterval">Wait after the first failure.</param>
/// <param name="BackoffCoefficient">Factor by which each further wait grows.</param>
/// <param name="MaxRetryInterval">No wait is longer; null for no limit.</param>
public sealed record RetryPolicy(
    int MaxNumberOfAttempts, TimeSpan FirstRetryInterval, double BackoffCoefficient = 1.0, TimeSpan? MaxRetryInterval = null);
