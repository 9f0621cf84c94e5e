namespace PolicyFlows.Durable;

/// <summary>What the outside does to orchestrations. Names and meanings follow Microsoft.DurableTask.Client.DurableTaskClient.</summary>
public abstract class DurableTaskClient
{
    /// <summary>
    /// Starts an instance under an id, stamped with the program's version. A second start of a live instance changes nothing and returns the
    /// same id; a finished instance is started anew. A name that nobody serves is an error here or fails the instance, as the engine finds it.
    /// </summary>
    /// <exception cref="ArgumentException">The id is none that <see cref="InstanceIds"/> takes.</exception>
    public abstract Task<string> ScheduleNewOrchestrationInstanceAsync(
        string orchestratorName, object? input, string instanceId, CancellationToken cancellation = default);

    /// <summary>Raises an event. For a finished instance nothing happens; an unknown id throws <see cref="InstanceNotFoundException"/>.</summary>
    public abstract Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default);

    /// <summary>One instance, or null.</summary>
    public abstract Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellation = default);

    /// <summary>Instances that match, ordered by id, from <paramref name="query"/>.After on.</summary>
    public abstract Task<IReadOnlyList<OrchestrationMetadata>> GetAllInstancesAsync(OrchestrationQuery query, CancellationToken cancellation = default);

    /// <summary>Ends an instance for good, its children not with it. Pending work is dropped; a finished or unknown one stays as it is.</summary>
    public abstract Task TerminateInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default);

    /// <summary>Forgets a finished instance. False if it is unknown or still alive.</summary>
    public abstract Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default);
}

/// <summary>
/// Where an instance stands. Blocked is the own engine's: a mismatch or a poison turn, kept until an operator retries it. On Durable Functions
/// such an instance fails, and the sweep starts it again from its record.
/// </summary>
public enum OrchestrationRuntimeStatus { Pending, Running, Completed, Failed, Terminated, Blocked }

/// <summary>What operators see of an instance. Durable Functions tells no version (empty) and no waits (null).</summary>
/// <param name="SerializedOutput">Of a completed instance.</param>
/// <param name="FailureDetails">Of a failed, blocked or terminated instance: type and message are said on both engines.</param>
public sealed record OrchestrationMetadata(
    string InstanceId, string Name, string Version, OrchestrationRuntimeStatus RuntimeStatus, DateTimeOffset CreatedAt, DateTimeOffset LastUpdatedAt,
    string? SerializedInput, string? SerializedOutput, string? SerializedCustomStatus, TaskFailureDetails? FailureDetails,
    string? WaitingFor = null, DateTimeOffset? NextTimer = null)
{
    /// <summary>True when nothing more will happen.</summary>
    public bool IsCompleted => RuntimeStatus is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}

/// <summary>Filter of a listing; null means any.</summary>
public sealed record OrchestrationQuery(
    IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses = null, string? InstanceIdPrefix = null, string? After = null, int PageSize = 100);

/// <summary>No instance of that id exists.</summary>
public sealed class InstanceNotFoundException(string instanceId) : Exception($"No orchestration instance has the id '{instanceId}'.");
