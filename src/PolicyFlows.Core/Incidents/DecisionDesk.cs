using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Support;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Incidents;

/// <summary>A decision as made on the form.</summary>
/// <param name="Routes">One or more; no action stands alone.</param>
/// <param name="Reason">Required: in the maker's own words.</param>
public sealed record DecideOptions(string TaskId, IReadOnlyList<IncidentRoute> Routes, Ground Ground, string Reason);

/// <summary>Decides what is done about an incident and starts its branches in the same act (clause 9).</summary>
public sealed class DecisionDesk(
    CaseStore cases, CaseRosters rosters, TaskDesk tasks, TargetDesk targets, PoliceDesk police, SupportDesk support)
{
    // Characters of all reasons in the case row, which holds 32 Ki with everything else.
    private const int MostReasons = 10_000;

    /// <summary>Decides. The first decision of a task counts.</summary>
    /// <exception cref="ArgumentException">The routes contradict each other, or the task is no decision.</exception>
    /// <exception cref="TaskOverException">Somebody else decided first.</exception>
    /// <exception cref="NotTheirTaskException">The task is not this person's.</exception>
    public Task DecideAsync(string reference, DecideOptions options, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            if (options.Routes.Count == 0 || (options.Routes.Contains(IncidentRoute.NoAction) && options.Routes.Count > 1))
                throw new ArgumentException("A decision has at least one route, and no action stands alone.", nameof(options));
            var task = await tasks.AnswerAsync(change, options.TaskId, string.Join('+', options.Routes), options.Reason, TaskKind.Decide, TaskKind.SecondLook);
            var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
            incident = incident with
            {
                State = IncidentState.InProgress, ManagerKey = task.Kind == TaskKind.SecondLook ? incident.ManagerKey : context.PersonKey,
                // The whole reason stands with the answer of each decision's task and on the timeline.
                Decisions = Texts.Fit<IncidentDecision>(
                    [.. incident.Decisions, new(task.Id, options.Routes, options.Ground, options.Reason, context.PersonKey, task.Answer!.OnBehalfOf, change.Now)],
                    d => d.Reason, (d, reason) => d with { Reason = reason }, MostReasons),
                DecisionsWanted = Math.Max(incident.DecisionsWanted, incident.Decisions.Count + 1),
            };
            change.Put(Rows.Case, incident);
            change.Wake(Wakeup.Keep());
            await OpenRoutesAsync(change, incident, options.Routes);
        }, cancellation);

    /// <summary>
    /// A further route for a case that is decided: it runs beside the others (scenario 15). Who may is asked of the access filter by the page;
    /// that nobody named in the case does is asked again in the act.
    /// </summary>
    /// <param name="ground">Why it is to be removed; required for a removal, which a request is written from, and null for every other route.</param>
    /// <exception cref="ArgumentException">A removal without a ground.</exception>
    /// <exception cref="NotTheirTaskException">The person is named in the case.</exception>
    public Task AddRouteAsync(string reference, IncidentRoute route, Ground? ground, string reason, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
            if (route == IncidentRoute.Takedown && ground is null) throw new ArgumentException("A removal has a ground.", nameof(ground));
            await change.RefuseNamedAsync();
            if (incident.Decision is not { } decision) throw new InvalidOperationException("A route is added to a decided case.");
            if (route == IncidentRoute.NoAction || decision.Routes.Contains(route)) return;
            change.Note("incident.route-added", "9.1", text: reason, fact: route == IncidentRoute.Takedown ? $"{route} {ground}" : route.ToString());
            if (incident.State == IncidentState.Closed) incident = IncidentDesk.Reopen(change, incident, "route added");
            incident = incident with
            {
                Decisions = [.. incident.Decisions.SkipLast(1), decision with { Routes = [.. decision.Routes.Where(r => r != IncidentRoute.NoAction), route], Ground = ground ?? decision.Ground }],
            };
            change.Put(Rows.Case, incident);
            await OpenRoutesAsync(change, incident, [route]);
            change.Wake(Wakeup.Index());
        }, cancellation);

    private async Task OpenRoutesAsync(CaseChange change, IncidentRecord incident, IReadOnlyList<IncidentRoute> routes)
    {
        var roster = await rosters.OfAsync(change);
        foreach (var route in routes)
        {
            switch (route)
            {
                case IncidentRoute.Takedown:
                    await targets.OpenMissingAsync(change);
                    break;
                case IncidentRoute.PupilConduct:
                    await HandOverAsync(change, roster, "pupil-conduct", TaskKind.PupilConduct, "9.2", Role.BehaviourLead);
                    break;
                case IncidentRoute.StaffConduct:
                    await HandOverAsync(change, roster, "staff-conduct", TaskKind.StaffConduct, "10.1", Role.Hr);
                    break;
                case IncidentRoute.Safeguarding:
                    await HandToLeadAsync(change, roster);
                    break;
                case IncidentRoute.Police:
                    await police.OpenAsync(change);
                    break;
                case IncidentRoute.Support:
                    await support.ArrangeAsync(change, roster);
                    break;
                case IncidentRoute.NoAction:
                    await EndWithoutActionAsync(change, incident, roster);
                    break;
                default:
                    throw new InvalidOperationException($"Unknown route {route}.");
            }
        }
    }

    private async Task HandOverAsync(CaseChange change, CaseRoster roster, string stem, TaskKind kind, string clause, Role role)
    {
        var id = await TaskDesk.IdAsync(change, stem);
        var due = roster.Calendar.AfterWorkingDays(change.Now, roster.Durations.HandOverWorkingDays);
        await tasks.AskAsync(change, new(id, kind, clause, [.. new[] { roster.First(role) }.OfType<Candidate>()], due, TaskPlans.HandOver(due, roster.Durations)));
        await change.StartAsync(SingleTask.Name, SingleTask.InstanceId(change.CaseId, id), id);
    }

    private async Task HandToLeadAsync(CaseChange change, CaseRoster roster)
    {
        // A second concern is a second alert: the first may have been taken over long ago.
        var id = await TaskDesk.IdAsync(change, "safeguarding");
        var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
        change.Put(Rows.Case, incident with { ChildConcerned = true });
        var route = Routing.Safeguarding(roster.Directory, incident.SchoolId, change.Now, roster.Excluded);
        var inSchool = roster.Calendar.IsSchoolHours(change.Now);
        await tasks.AskAsync(change, new(id, TaskKind.SafeguardingHandOver, "7.1", route.Leads, change.Now + roster.Durations.SafeguardingRepeat,
            TaskPlans.Alert(change.Now, inSchool, roster.Durations)));
        if (!inSchool) await AlertDesk.TellOverseersAsync(change, roster, id, route);
        await change.StartAsync(SingleTask.Name, SingleTask.InstanceId(change.CaseId, id), id);
    }

    private static async Task EndWithoutActionAsync(CaseChange change, IncidentRecord incident, CaseRoster roster)
    {
        // "No action" about something added later ends nothing that is still being done about the rest.
        if (ClosingDesk.OpenItems(incident, await change.ListAsync<TaskRecord>(Rows.TaskPrefix), await change.ListAsync<TakedownRecord>(Rows.TakedownPrefix), roster.Durations, change.Now).Count == 0)
        {
            change.Note("incident.closed", "9.1", fact: "no action");
            change.Put(Rows.Case, incident with { State = IncidentState.Closed, ClosedAt = change.Now });
        }

        var reporter = roster.People.KeyOfReporter;
        if (!roster.HasAddress(reporter)) return;
        await change.MailAsync(new OutboxRow
        {
            Key = $"answer-{incident.Decisions.Count}", Kind = MailKind.AnswerOnReceipt, To = reporter, Lane = MailLane.Incident, QueuedAt = change.Now,
        });
    }
}
