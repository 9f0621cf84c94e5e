using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Takedowns;

/// <summary>A request as recorded by whoever sent it.</summary>
/// <param name="SentAt">When it was sent, by the sender's word; not before the target was added or an earlier request sent, and not in the future.</param>
public sealed record FiledOptions(string TaskId, DateTimeOffset SentAt, string? Reference, string? To = null);

/// <summary>A check as answered.</summary>
/// <param name="Copy">Where a copy stands, if one was found; it becomes a takedown of its own.</param>
public sealed record CheckOptions(string TaskId, CheckOutcome Outcome, string? Note = null, TargetOptions? Copy = null);

/// <summary>What people answer about a takedown (clauses 9.3, 9.4). The clocks follow from what is recorded here.</summary>
public sealed class TakedownDesk(CaseStore cases, CaseRosters rosters, TaskDesk tasks, TargetDesk targets)
{
    private static readonly TaskKind[] Requests = [TaskKind.FileRequest, TaskKind.RemoveOurselves, TaskKind.HostingProvider];

    // Characters of all replies in the takedown's row, which holds 32 Ki with everything else.
    private const int MostReplies = 8_000;

    /// <summary>The request was sent: to the host, by the account's owner, or to the hosting provider.</summary>
    public Task FiledAsync(string reference, FiledOptions options, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            var task = await tasks.AnswerAsync(change, options.TaskId, "sent", options.Reference, Requests);
            var takedown = await TakedownOfAsync(change, task);
            var earliest = takedown.Requests.Count == 0 ? takedown.ClockStart : takedown.Requests[^1].SentAt;
            var sentAt = options.SentAt > change.Now ? change.Now : options.SentAt < earliest ? earliest : options.SentAt;
            var rung = task.Kind switch
            {
                TaskKind.FileRequest => Rung.Host,
                TaskKind.RemoveOurselves => Rung.OwnAccount,
                TaskKind.HostingProvider => Rung.HostingProvider,
                _ => throw new InvalidOperationException($"Task {task.Id} does not send a request."),
            };
            change.Note("takedown.sent", task.Clause, $"target-{takedown.No}", fact: $"{rung} {sentAt.UtcDateTime:O}");
            Put(change, takedown with { Requests = [.. takedown.Requests, new(rung, sentAt, context.PersonKey, options.Reference, options.To)] });
        }, cancellation);

    /// <summary>
    /// The host replied. A refusal is noted; the checks decide what comes next (scenario 3). Who may is asked of the access filter by the page.
    /// </summary>
    /// <exception cref="NotTheirTaskException">The person is named in the case.</exception>
    public Task RepliedAsync(string reference, int no, bool refused, string? text, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            var takedown = await change.NeedAsync<TakedownRecord>(Rows.Takedown(no));
            await change.RefuseNamedAsync();
            change.Note(refused ? "takedown.refused" : "takedown.replied", "9.4", $"target-{no}", text);
            // The whole text stands on the timeline.
            Put(change, takedown with
            {
                Replies = Texts.Fit<HostReply>([.. takedown.Replies, new(change.Now, context.PersonKey, refused, text)], r => r.Text, (r, cut) => r with { Text = cut }, MostReplies),
            });
        }, cancellation);

    /// <summary>It cannot be removed, because. Ends nothing until a second person agrees.</summary>
    public Task CannotBeRemovedAsync(string reference, string taskId, string reason, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            var task = await tasks.AnswerAsync(change, taskId, "cannot-be-removed", reason, Requests);
            var takedown = await TakedownOfAsync(change, task);
            Put(change, takedown with { NotRemoved = new(context.PersonKey, change.Now, reason) });
        }, cancellation);

    /// <summary>The second person agrees, or the work goes on.</summary>
    public Task ConfirmNotRemovedAsync(string reference, string taskId, bool agrees, string? text, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            var task = await tasks.AnswerAsync(change, taskId, agrees ? "agreed" : "not-agreed", text, TaskKind.ConfirmNotRemoved);
            var takedown = await TakedownOfAsync(change, task);
            if (agrees && takedown.NotRemoved!.ByKey == context.PersonKey) throw new NotTheirTaskException();
            change.Note(agrees ? "takedown.not-removed" : "takedown.goes-on", "9.4", $"target-{takedown.No}");
            Put(change, agrees
                ? takedown with { State = TakedownState.NotRemoved, EndedAt = change.Now, NotRemoved = takedown.NotRemoved! with { ConfirmedByKey = context.PersonKey } }
                : takedown with { NotRemoved = null, Disagreements = takedown.Disagreements + 1 });
        }, cancellation);

    /// <summary>A check was answered: twice gone is removed, still there misses the removed clock.</summary>
    public Task CheckedAsync(string reference, CheckOptions options, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            var task = await tasks.AnswerAsync(change, options.TaskId, options.Outcome.ToString(), options.Note, TaskKind.CheckRemoval);
            if (options.Copy is { } copy) await OpenChildAsync(change, task.Target!.Value, copy);
            if (task.Id.StartsWith("later-", StringComparison.Ordinal)) await LaterAsync(change, task, options.Outcome);
            else await DuringAsync(change, task, options.Outcome);
        }, cancellation);

    private async Task DuringAsync(CaseChange change, TaskRecord task, CheckOutcome outcome)
    {
        var takedown = await TakedownOfAsync(change, task);
        takedown = takedown with
        {
            Checks = [.. takedown.Checks, new(task.Id, takedown.Requests.Count, task.AskedAt, change.Now, change.Context.PersonKey, outcome)],
        };
        var clock = TakedownClocks.Removed(takedown, (await rosters.OfAsync(change)).Durations, change.Now);
        if (outcome == CheckOutcome.StillThere && takedown.Checks.Count(c => c.Outcome == CheckOutcome.StillThere) == 1 && clock is { Kept: false })
            change.Note("clock.missed", "9.4", $"target-{takedown.No}", fact: $"{TaskPlans.RemovedClock} {clock.DueAt.UtcDateTime:O}");
        if (TakedownPlan.GoneTwice(takedown))
        {
            takedown = takedown with { State = TakedownState.Removed, EndedAt = change.Now };
            change.Note("takedown.removed", "9.4", $"target-{takedown.No}", fact: takedown.Requests[^1].Rung.ToString());
            await PlanLaterChecksAsync(change, takedown);
        }

        Put(change, takedown);
    }

    private async Task PlanLaterChecksAsync(CaseChange change, TakedownRecord takedown)
    {
        var d = (await rosters.OfAsync(change)).Durations;
        var sentAt = takedown.Requests[^1].SentAt;
        foreach (var (label, after) in new[] { ("7d", d.ThirdCheck), ("30d", d.LastCheck) })
        {
            var check = new LaterCheckRecord(takedown.No, label, sentAt + after);
            if (check.DueAt <= change.Now) continue;
            change.Put(Rows.LaterCheckPrefix + check.Key, check);
            await change.StartAsync(LaterCheck.Name, LaterCheckRecord.InstanceId(change.CaseId, check.Key), check.Key, check.DueAt);
        }
    }

    private async Task LaterAsync(CaseChange change, TaskRecord task, CheckOutcome outcome)
    {
        var key = LaterCheckRecord.KeyOfTask(task.Id);
        var check = await change.NeedAsync<LaterCheckRecord>(Rows.LaterCheckPrefix + key);
        change.Put(Rows.LaterCheckPrefix + key, outcome == CheckOutcome.CannotTell ? check with { Round = check.Round + 1 } : check with { Done = true });
        if (outcome != CheckOutcome.StillThere) return;
        // Found back by the check before this one: its takedown is still being worked on, and a second one would ask the host twice.
        if (await IsBeingRemovedAsync(change, check.No)) return;
        // Back again (scenario 20): a takedown of its own, its clocks from now.
        var target = await change.NeedAsync<TargetRecord>(Rows.Target(check.No));
        await OpenChildAsync(change, check.No, new(target.Kind, target.Address, target.AddressAsGiven, target.Handle, target.HostId, target.OwnAccount));
    }

    private static async Task<bool> IsBeingRemovedAsync(CaseChange change, int parent)
    {
        var same = await change.NeedAsync<TargetRecord>(Rows.Target(parent));
        var open = (await change.ListAsync<TakedownRecord>(Rows.TakedownPrefix)).Where(t => t.State == TakedownState.Open).Select(t => t.No).ToHashSet();
        return (await change.ListAsync<TargetRecord>(Rows.TargetPrefix)).Any(t => t.Parent == parent && open.Contains(t.No) && t.Address == same.Address && t.Handle == same.Handle);
    }

    private async Task OpenChildAsync(CaseChange change, int parent, TargetOptions child)
    {
        var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
        var ground = (await change.NeedAsync<TakedownRecord>(Rows.Takedown(parent))).Ground;
        incident = TargetDesk.Add(change, incident, child, parent);
        if (incident.State == IncidentState.Closed) incident = IncidentDesk.Reopen(change, incident, $"target-{parent} is back");
        change.Put(Rows.Case, incident);
        await targets.OpenTakedownAsync(change, incident.Targets, ground);
        change.Wake(Wakeup.Index());
    }

    private static void Put(CaseChange change, TakedownRecord takedown)
    {
        change.Put(Rows.Takedown(takedown.No), takedown);
        change.Wake(Wakeup.Index());
    }

    private static Task<TakedownRecord> TakedownOfAsync(CaseChange change, TaskRecord task) =>
        change.NeedAsync<TakedownRecord>(Rows.Takedown(task.Target ?? throw new InvalidOperationException($"Task {task.Id} has no target.")));
}
