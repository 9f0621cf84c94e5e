namespace PolicyFlows.Durable;

/// <summary>Turns exceptions into data and names the engine's own failures.</summary>
internal static class Failures
{
    private const int LongestText = 4_000;
    private const int DeepestInner = 5;

    /// <summary>Type, message and inner failures, none of them without bound; a failed task keeps what was reported for it.</summary>
    public static TaskFailureDetails From(Exception error, int depth = 0) =>
        new(error.GetType().FullName ?? error.GetType().Name, Cut(error.Message), error.StackTrace is { } trace ? Cut(trace) : null,
            error is TaskFailedException failed ? failed.FailureDetails
            : error.InnerException is { } inner && depth < DeepestInner ? From(inner, depth + 1) : null);

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";

    /// <summary>A child's id belongs to a live instance.</summary>
    public static TaskFailureDetails IdTaken(string instanceId) =>
        new("InstanceIdTaken", $"An instance with the id '{instanceId}' is still alive.");

    /// <summary>A child was terminated.</summary>
    public static TaskFailureDetails Terminated(string reason) => new("Terminated", reason);
}
