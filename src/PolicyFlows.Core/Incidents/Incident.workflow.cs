using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Incidents;

/// <summary>
/// From the report to the decision (clauses 8.1, 9.1). The decision's own act starts the branches, which run side by side, each with a
/// record and an orchestration of its own; closing is a person's act on the page that lists what is open.
/// </summary>
public sealed class Incident : TaskOrchestrator<string, string>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "Incident";

    /// <inheritdoc/>
    public override async Task<string> RunAsync(TaskOrchestrationContext context, string incident)
    {
        while (await context.DoAsync<string?>(TurnOfIncident.Name, incident) is { } decision)
        {
            if (await context.AskAsync(decision) == HumanTaskEnd.StillOpen) return "waiting";
        }

        return "decided";
    }
}
