using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Incidents;

/// <summary>Opens the decision that the incident still needs and returns its task, or null when everything is decided.</summary>
public sealed class TurnOfIncident(CaseStore cases, CaseRosters rosters, TaskDesk tasks, BusinessClock clock) : TaskActivity<string, string?>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "TurnOfIncident";

    /// <inheritdoc/>
    public override Task<string?> RunAsync(TaskActivityContext context, string input)
    {
        var (caseId, _) = TaskRef.Parse(input);
        return cases.ChangeAsync(caseId, ProcessContext.OfProgram("decision", clock.Now), async change =>
        {
            var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
            if (incident.Decisions.Count >= incident.DecisionsWanted)
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
