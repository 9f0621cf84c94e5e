namespace PolicyFlows.Durable;

/// <summary>Turns exceptions into data and names the engine's own failures.</summary>
internal static class Failures
{
    /// <summary>Type, message and inner failure; a failed task keeps what was reported for it.</summary>
    public static TaskFailureDetails From(Exception error) =>
        new(error.GetType().FullName ?? error.GetType().Name, error.Message, error.StackTrace,
            error is TaskFailedException failed ? failed.FailureDetails : error.InnerException is { } inner ? From(inner) : null);

    /// <summary>A child's id belongs to a live instance.</summary>
    public static TaskFailureDetails IdTaken(string instanceId) =>
        new("InstanceIdTaken", $"An instance with the id '{instanceId}' is still alive.");

    /// <summary>A child was terminated.</summary>
    public static TaskFailureDetails Terminated(string reason) => new("Terminated", reason);
}
