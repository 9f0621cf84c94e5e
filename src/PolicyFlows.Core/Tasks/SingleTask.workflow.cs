using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tasks;

/// <summary>A question that stands by itself: a hand-over, an agreement, a second look, an acknowledgement.</summary>
public sealed class SingleTask : TaskOrchestrator<string, string>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "SingleTask";

    /// <inheritdoc/>
    public override async Task<string> RunAsync(TaskOrchestrationContext context, string task)
    {
        while (await context.DoAsync<bool>(TurnOfSingleTask.Name, task))
        {
            if (await context.AskAsync(task) == HumanTaskEnd.StillOpen) return "waiting";
        }

        return "ended";
    }

    /// <summary>Id of its orchestration.</summary>
    public static string InstanceId(string caseId, string taskId) => $"{caseId}.task.{taskId}";
}
