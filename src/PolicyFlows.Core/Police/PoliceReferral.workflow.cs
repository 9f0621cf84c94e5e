using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Police;

/// <summary>Ask the member of staff, talk if they want to, and report to the police only with their agreement (clause 9.5).</summary>
public sealed class PoliceReferral : TaskOrchestrator<string, string>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "PoliceReferral";

    /// <inheritdoc/>
    public override async Task<string> RunAsync(TaskOrchestrationContext context, string referral)
    {
        while (await context.DoAsync<string?>(TurnOfPoliceReferral.Name, referral) is { } task)
        {
            if (await context.AskAsync(task) == HumanTaskEnd.StillOpen) return "waiting";
        }

        return "ended";
    }
}
