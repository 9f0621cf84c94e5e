using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Takedowns;

/// <summary>The checks 7 and 30 days after sending. Each is a due row until its day; what came back becomes a takedown of its own (clause 9.4).</summary>
public sealed class LaterCheck : TaskOrchestrator<string, string>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "LaterCheck";

    /// <inheritdoc/>
    public override async Task<string> RunAsync(TaskOrchestrationContext context, string check)
    {
        while (await context.DoAsync<string?>(TurnOfLaterCheck.Name, check) is { } task)
        {
            if (await context.AskAsync(task) == HumanTaskEnd.StillOpen) return "waiting";
        }

        return "ended";
    }
}
