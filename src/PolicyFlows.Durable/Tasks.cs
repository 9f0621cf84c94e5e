namespace PolicyFlows.Durable;

/// <summary>An orchestration: replayed code that decides order and waits. One instance of the class per turn.</summary>
public abstract class TaskOrchestrator<TInput, TOutput>
{
    /// <summary>The orchestration. It awaits only tasks that <paramref name="context"/> made.</summary>
    public abstract Task<TOutput> RunAsync(TaskOrchestrationContext context, TInput input);
}

/// <summary>An activity: ordinary code that runs at least once and may do I/O.</summary>
public abstract class TaskActivity<TInput, TOutput>
{
    /// <summary>The work. It must bear being run twice with the same input.</summary>
    public abstract Task<TOutput> RunAsync(TaskActivityContext context, TInput input);
}

/// <summary>Facts about a running activity.</summary>
/// <param name="Name">Name under which it was called.</param>
/// <param name="InstanceId">The orchestration instance that called it.</param>
public sealed record TaskActivityContext(string Name, string InstanceId);

/// <summary>A failure as data: what crossed the boundary between an activity or child and its caller.</summary>
public sealed record TaskFailureDetails(string ErrorType, string ErrorMessage, string? StackTrace = null, TaskFailureDetails? InnerFailure = null);

/// <summary>An activity or child failed after its last attempt.</summary>
public sealed class TaskFailedException(string taskName, TaskFailureDetails details)
    : Exception($"Task '{taskName}' failed: {details.ErrorType}: {details.ErrorMessage}")
{
    /// <summary>Name of the activity or child.</summary>
    public string TaskName { get; } = taskName;

    /// <summary>The failure as data.</summary>
    public TaskFailureDetails FailureDetails { get; } = details;
}
