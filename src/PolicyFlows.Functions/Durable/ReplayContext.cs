using Microsoft.Extensions.Logging;
using PolicyFlows.Core;
using PolicyFlows.Durable;
using Microsofts = Microsoft.DurableTask;

namespace PolicyFlows.Functions.Durable;

/// <summary>
/// Durable Functions' orchestration context as the contract that the workflows know. Every member passes through; where the two differ
/// (docs/decisions/0010) it is settled here.
/// </summary>
public sealed class ReplayContext(Microsofts.TaskOrchestrationContext inner) : TaskOrchestrationContext
{
    private readonly EventWaits events = new(inner);

    /// <inheritdoc/>
    public override string Name => inner.Name;

    /// <inheritdoc/>
    public override string InstanceId => inner.InstanceId;

    /// <inheritdoc/>
    public override string Version => inner.Version;

    /// <inheritdoc/>
    public override DateTime CurrentUtcDateTime => inner.CurrentUtcDateTime;

    /// <inheritdoc/>
    public override bool IsReplaying => inner.IsReplaying;

    /// <inheritdoc/>
    public override Task<TResult> CallActivityAsync<TResult>(string name, object? input = null, TaskOptions? options = null) =>
        RunAsync(() => inner.CallActivityAsync<TResult>(name, input, options?.Retry is { } retry ? new Microsofts.TaskOptions(ToMicrosofts(retry)) : null));

    /// <inheritdoc/>
    public override Task<TResult> CallSubOrchestratorAsync<TResult>(string name, object? input, SubOrchestrationOptions options) =>
        RunAsync(() => inner.CallSubOrchestratorAsync<TResult>(
            name, input, new Microsofts.SubOrchestrationOptions(options.Retry is { } retry ? new Microsofts.TaskOptions(ToMicrosofts(retry)) : new(), InstanceIds.Check(options.InstanceId)) { Version = Workflows.Version }));

    /// <inheritdoc/>
    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        // The engine would take a time without a kind for local time.
        if (fireAt.Kind == DateTimeKind.Local) throw new ArgumentException("A timer is due in UTC.", nameof(fireAt));
        return inner.CreateTimer(DateTime.SpecifyKind(fireAt, DateTimeKind.Utc), cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => events.WaitAsync<T>(eventName, cancellationToken);

    /// <inheritdoc/>
    public override void SetCustomStatus(object? customStatus) => inner.SetCustomStatus(customStatus);

    /// <inheritdoc/>
    public override Guid NewGuid() => inner.NewGuid();

    /// <inheritdoc/>
    public override ILogger CreateReplaySafeLogger(string categoryName) => inner.CreateReplaySafeLogger(categoryName);

    private static async Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Microsofts.TaskFailedException failed)
        {
            throw new TaskFailedException(failed.TaskName, ToContract(failed.FailureDetails) ?? Ended);
        }
    }

    // Nothing is said of a child that was ended from outside.
    private static TaskFailureDetails Ended => new("Terminated", "It was ended from outside.");

    private static TaskFailureDetails? ToContract(Microsofts.TaskFailureDetails? details) =>
        details is null ? null : new(details.ErrorType, details.ErrorMessage, details.StackTrace, ToContract(details.InnerFailure));

    private static Microsofts.RetryPolicy ToMicrosofts(RetryPolicy retry) =>
        new(retry.MaxNumberOfAttempts, retry.FirstRetryInterval, retry.BackoffCoefficient, retry.MaxRetryInterval);
}
