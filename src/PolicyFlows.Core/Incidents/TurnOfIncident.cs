using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Incidents;

/// <summary>Opens what the newest decision left open, then the decision that the incident still needs; returns its task, or null when everything is decided.</summary>
public sealed class TurnOfIncident(CaseStore cases, CaseRosters rosters, TaskDesk tasks, TargetDesk targets, BusinessClock clock) : TaskActivity<string, string?>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "TurnOfIncident";

    /// <inheritdoc/>
    public override async Task<string?> RunAsync(TaskActivityContext context, string input)
    {
        var (caseId, _) = TaskRef.Parse(input);
        var acts = ProcessContext.OfProgram("decision", clock.Now);
        // A decision about many targets opens the first of them; the record shows which are left.
        bool left;
        do left = await cases.ChangeAsync(caseId, acts, targets.OpenMissingAsync);
        while (left);
        return await cases.ChangeAsync(caseId, acts, async change =>
        {
            var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
            // A second look is a decision too, asked by a task of its own.
            var secondLook = await change.GetAsync<TaskRecord>(Rows.Task(ClosingDesk.SecondLookId)) is { IsOpen: true };
            if (secondLook || incident.Decisions.Count >= incident.DecisionsWanted)
            {
                await change.EndAsync(incident.InstanceId);
                return null;
            }

            var roster = await rosters.OfAsync(change);
            var id = $"decide-{incident.Decisions.Count + 1}";
            var start = incident.Decisions.Count == 0 ? incident.ReportedAt : change.Now;
            var task = await change.GetAsync<TaskRecord>(Rows.Task(id)) ?? await tasks.AskAsync(change, new(
                id, TaskKind.Decide, "9.1", [.. roster.Ladder().Take(1)], start + roster.Durations.DecisionDue,
                incident.Decisions.Count == 0 ? TaskPlans.Decision(start, roster.Durations) : TaskPlans.Check(start, roster.Durations)));
            return new TaskRef(caseId, task.Id).ToString();
        });
    }
}
