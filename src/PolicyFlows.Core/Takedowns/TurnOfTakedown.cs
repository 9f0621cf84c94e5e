using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Takedowns;

/// <summary>Reads what a takedown needs next and makes the task that asks for it, once.</summary>
public sealed class TurnOfTakedown(CaseStore cases, CaseRosters rosters, TaskDesk tasks, BusinessClock clock) : TaskActivity<string, TakedownTurn>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "TurnOfTakedown";

    /// <inheritdoc/>
    public override Task<TakedownTurn> RunAsync(TaskActivityContext context, string input)
    {
        var (caseId, part) = TaskRef.Parse(input);
        return cases.ChangeAsync(caseId, ProcessContext.OfProgram("takedown", clock.Now), async change =>
        {
            var takedown = await change.NeedAsync<TakedownRecord>(Rows.TakedownPrefix + part);
            var roster = await rosters.OfAsync(change);
            if (takedown.State == TakedownState.Open && (await change.NeedAsync<IncidentRecord>(Rows.Case)).RemovalRefused)
                takedown = await AgreementDesk.WithdrawAsync(change, tasks, takedown);
            var next = TakedownPlan.Next(takedown, roster.Durations, change.Now);
            switch (next.Step)
            {
                case TakedownStep.End:
                    await change.EndAsync(TakedownRecord.InstanceId(caseId, takedown.No));
                    return new TakedownTurn(next.Step);
                case TakedownStep.WaitForCheck:
                    return new TakedownTurn(next.Step, next.At!.Value.UtcDateTime);
                default:
                    var question = next.Step switch
                    {
                        TakedownStep.Request => Request(takedown, roster, change.Now),
                        TakedownStep.Check => Check(takedown, roster, change.Now),
                        TakedownStep.HostingProvider => Provider(takedown, roster, change.Now, next.At!.Value),
                        TakedownStep.ConfirmNotRemoved => Confirm(takedown, roster, change.Now),
                        _ => throw new InvalidOperationException($"Unknown step {next.Step}."),
                    };
                    var task = await tasks.AskAsync(change, question);
                    // An answered task would be asked for ever: its answer must have moved the record on.
                    if (!task.IsOpen) throw new InvalidOperationException($"Task {task.Id} of {caseId} is {task.State}, and the takedown still waits for it.");
                    if (task.Kind == TaskKind.FileRequest) await TellWhenUnreachableAsync(change, roster, task);
                    return new TakedownTurn(next.Step, Task: new TaskRef(caseId, task.Id).ToString());
            }
        });
    }

    private static TaskQuestion Request(TakedownRecord takedown, CaseRoster roster, DateTimeOffset now)
    {
        var personal = takedown.FirstRung == Rung.Host && takedown.Filer is Filer.Victim or Filer.Recipient;
        Candidate?[] holders = takedown.FirstRung == Rung.OwnAccount
            ? [roster.First(Role.AccountOwner)]
            : personal ? [new(roster.People.KeyOfHarmed, null, Role.StaffMember)] : [roster.Manager()];
        return new(takedown.Attempt == 1 ? $"file-{takedown.No:D2}" : $"file-{takedown.No:D2}-{takedown.Attempt}", takedown.FirstRung == Rung.OwnAccount ? TaskKind.RemoveOurselves : TaskKind.FileRequest, "9.3",
            [.. holders.OfType<Candidate>()], takedown.ClockStart + roster.Durations.SentDue,
            TaskPlans.Sending(takedown.ClockStart, now, roster.Durations, personal), takedown.No);
    }

    private static TaskQuestion Check(TakedownRecord takedown, CaseRoster roster, DateTimeOffset now)
    {
        // Somebody who could not tell is not asked again: another person looks.
        var unable = takedown.Checks.Where(c => c.Outcome == CheckOutcome.CannotTell && c.RequestNo == takedown.Requests.Count).Select(c => c.ByKey).ToHashSet();
        var manager = roster.Manager();
        var holder = manager is not null && !unable.Contains(manager.PersonId)
            ? manager
            : roster.Ladder().FirstOrDefault(c => !unable.Contains(c.PersonId)) ?? manager;
        return new($"check-{takedown.No:D2}-{takedown.Checks.Count + 1}", TaskKind.CheckRemoval, "9.4",
            holder is null ? [] : [holder], now + roster.Durations.AnswerOtherPerson, TaskPlans.Check(now, roster.Durations), takedown.No);
    }

    private static TaskQuestion Provider(TakedownRecord takedown, CaseRoster roster, DateTimeOffset now, DateTimeOffset due) => new(
        $"provider-{takedown.No:D2}-{takedown.Attempt}", TaskKind.HostingProvider, "9.4",
        [.. new[] { roster.Manager() }.OfType<Candidate>()], due, TaskPlans.Check(now, roster.Durations), takedown.No);

    private static TaskQuestion Confirm(TakedownRecord takedown, CaseRoster roster, DateTimeOffset now)
    {
        var first = takedown.NotRemoved!.ByKey;
        var second = roster.Ladder().LastOrDefault(c => c.PersonId != first);
        return new($"confirm-{takedown.No:D2}-{takedown.Attempt}", TaskKind.ConfirmNotRemoved, "9.4",
            second is null ? [] : [second], now + roster.Durations.AnswerOtherPerson, TaskPlans.Check(now, roster.Durations), takedown.No);
    }

    private static async Task TellWhenUnreachableAsync(CaseChange change, CaseRoster roster, TaskRecord task)
    {
        if (task.CurrentHolders.Any(h => h.Mailed) || roster.Manager() is not { } manager) return;
        // Asked again with another manager (the first is away now), so it is noted here, not where the task was made.
        if (await change.MailAsync(TaskDesk.Letter(change, roster, task, $"{task.Id}.unreachable.{manager.PersonId}", Mail.MailKind.TaskTold, manager.PersonId, 0)))
            change.Note("task.told", task.Clause, task.Id, fact: manager.PersonId);
    }
}
