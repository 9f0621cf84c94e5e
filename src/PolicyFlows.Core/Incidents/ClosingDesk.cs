using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Incidents;

/// <summary>Something that must be done before an incident may be closed.</summary>
/// <param name="TaskId">The task, or null where a takedown waits for a check.</param>
/// <param name="Target">Target it concerns.</param>
/// <param name="Until">When it is due or will be asked.</param>
public sealed record OpenItem(string? TaskId, TaskKind? Kind, int? Target, DateTimeOffset? Until);

/// <summary>Closing and the one second look (scenarios 15, 16).</summary>
public sealed class ClosingDesk(CaseStore cases, CaseRosters rosters, TaskDesk tasks)
{
    /// <summary>Id of the task of the second look: there is one at most.</summary>
    public const string SecondLookId = "second-look-1";

    /// <summary>What is still open: mandatory tasks, and takedowns between two checks. Empty means that the case may be closed.</summary>
    public static IReadOnlyList<OpenItem> OpenItems(
        IncidentRecord incident, IEnumerable<TaskRecord> allTasks, IEnumerable<TakedownRecord> takedowns, Settings.Durations durations, DateTimeOffset now)
    {
        var open = allTasks.Where(t => t is { IsOpen: true, Mandatory: true }).Select(t => new OpenItem(t.Id, t.Kind, t.Target, t.DueAt)).ToList();
        if (incident.Decisions.Count < incident.DecisionsWanted && open.All(o => o.Kind is not (TaskKind.Decide or TaskKind.SecondLook)))
            open.Add(new(null, TaskKind.Decide, null, null));
        open.AddRange(takedowns
            .Where(t => t.State == TakedownState.Open && open.All(o => o.Target != t.No))
            .Select(t => new OpenItem(null, TaskKind.CheckRemoval, t.No, TakedownPlan.Next(t, durations, now).At)));
        return open;
    }

    /// <summary>Closes. Returns what is open instead, if anything is. Who may is asked of the access filter by the page.</summary>
    /// <exception cref="NotTheirTaskException">The person is named in the case.</exception>
    public Task<IReadOnlyList<OpenItem>> CloseAsync(string reference, string summary, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
            await change.RefuseNamedAsync();
            var roster = await rosters.OfAsync(change);
            var open = OpenItems(incident, await change.ListAsync<TaskRecord>(Rows.TaskPrefix),
                await change.ListAsync<TakedownRecord>(Rows.TakedownPrefix), roster.Durations, change.Now);
            if (open.Count > 0 || incident.State == IncidentState.Closed) return open;
            change.Note("incident.closed", "9.1", text: summary);
            change.Put(Rows.Case, incident with { State = IncidentState.Closed, ClosedAt = change.Now });
            change.Wake(Wakeup.Index());
            return open;
        }, cancellation);

    /// <summary>The reporter asks the headteacher to look again, once, at a decision of no action.</summary>
    /// <returns>False when it cannot be asked (again).</returns>
    public Task<bool> AskSecondLookAsync(string reference, string why, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
            var roster = await rosters.OfAsync(change);
            if (!MayAskSecondLook(incident, roster.Durations, change.Now)) return false;
            var decider = incident.Decision!.ByKey;
            // Whoever decided does not look at it a second time.
            var excluded = new HashSet<string>(roster.Excluded, StringComparer.Ordinal) { decider };
            var head = Routing.For(roster.Directory, Role.Headteacher, incident.SchoolId, change.Now, excluded).FirstOrDefault();
            change.Note("incident.second-look", "9.1", text: why);
            if (incident.State == IncidentState.Closed) incident = IncidentDesk.Reopen(change, incident, "second look");
            incident = incident with { SecondLookAsked = true, DecisionsWanted = incident.Decisions.Count + 1 };
            change.Put(Rows.Case, incident);
            var due = change.Now + roster.Durations.SecondLookDue;
            await tasks.AskAsync(change, new(SecondLookId, TaskKind.SecondLook, "9.1", head is null ? [] : [head], due,
                [new(change.Now + roster.Durations.AnswerReminder, StepKind.Remind), new(due, StepKind.Remind)]));
            await change.StartAsync(SingleTask.Name, SingleTask.InstanceId(reference, SecondLookId), SecondLookId);
            return true;
        }, cancellation);

    /// <summary>True while the reporter may ask for the second look: once, and within the time that the settings leave for it.</summary>
    public static bool MayAskSecondLook(IncidentRecord incident, Settings.Durations durations, DateTimeOffset now) =>
        !incident.SecondLookAsked && incident.Decision is { } decision && decision.Routes.Contains(IncidentRoute.NoAction) && now < decision.At + durations.SecondLookOpen;
}
