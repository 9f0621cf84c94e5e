using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tasks;

/// <summary>What all workflows do in the same way.</summary>
public static class Flow
{
    /// <summary>An activity that fails (a full disk, a busy store) is tried again for about an hour before the instance fails; the sweep then starts it anew.</summary>
    public static readonly TaskOptions Patiently = new(new RetryPolicy(
        MaxNumberOfAttempts: 8, FirstRetryInterval: TimeSpan.FromSeconds(5), BackoffCoefficient: 3, MaxRetryInterval: TimeSpan.FromMinutes(20)));

    /// <summary>Reads, opens or ends something of a record by an activity.</summary>
    public static Task<T> DoAsync<T>(this TaskOrchestrationContext context, string activity, string id) =>
        context.CallActivityAsync<T>(activity, id, Patiently);

    /// <summary>Asks a task's people and waits for the end of the question.</summary>
    public static Task<HumanTaskEnd> AskAsync(this TaskOrchestrationContext context, string task) =>
        // The child's id is new in every execution of the parent: after a restart from the record an older child may still be running,
        // and two of them do every step once, because steps are kept in the record.
        context.CallSubOrchestratorAsync<HumanTaskEnd>(HumanTask.Name, task, new SubOrchestrationOptions($"{task}~{context.NewGuid():N}"));
}
