using Microsoft.Extensions.Logging;
using PolicyFlows.Durable;
using Microsofts = Microsoft.DurableTask;

namespace PolicyFlows.Functions.Durable;

/// <summary>Durable Functions' orchestration context as the contract that the workflows know. Every member passes through.</summary>
public sealed class ReplayContext(Microsofts.TaskOrchestrationContext inner) : TaskOrchestrationContext
{
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
            name, input, new Microsofts.SubOrchestrationOptions(options.Retry is { } retry ? new Microsofts.TaskOptions(ToMicrosofts(retry)) : new(), options.InstanceId) { Version = inner.Version }));

    /// <inheritdoc/>
    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => inner.CreateTimer(fireAt, cancellationToken);

    /// <inheritdoc/>
    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        inner.WaitForExternalEvent<T>(eventName, cancellationToken);

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
            throw new TaskFailedException(failed.TaskName, ToContract(failed.FailureDetails));
        }
    }

    private static TaskFailureDetails ToContract(Microsofts.TaskFailureDetails details) =>
        new(details.ErrorType, details.ErrorMessage, details.StackTrace, details.InnerFailure is { } inner ? ToContract(inner) : null);

    private static Microsofts.RetryPolicy ToMicrosofts(RetryPolicy retry) =>
        new(retry.MaxNumberOfAttempts, retry.FirstRetryInterval, retry.BackoffCoefficient, retry.MaxRetryInterval);
}
