using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Police;

/// <summary>Opens the question that the referral needs next, or ends it.</summary>
public sealed class TurnOfPoliceReferral(CaseStore cases, CaseRosters rosters, TaskDesk tasks, BusinessClock clock) : TaskActivity<string, string?>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "TurnOfPoliceReferral";

    /// <inheritdoc/>
    public override Task<string?> RunAsync(TaskActivityContext context, string input)
    {
        var (caseId, _) = TaskRef.Parse(input);
        return cases.ChangeAsync(caseId, ProcessContext.OfProgram("police", clock.Now), async change =>
        {
            var police = await change.NeedAsync<PoliceRecord>(PoliceDesk.Row);
            var roster = await rosters.OfAsync(change);
            if (police.Done)
            {
                await change.EndAsync(PoliceRecord.InstanceId(caseId));
                return null;
            }

            var manager = new[] { roster.Manager() }.OfType<Candidate>().ToList();
            var due = change.Now + roster.Durations.AnswerOtherPerson;
            var question = police.Consent switch
            {
                null => new TaskQuestion($"consent-{police.Round}", TaskKind.PoliceConsent, "9.5", [new(roster.People.KeyOfHarmed, null, Role.StaffMember)],
                    due, TaskPlans.Personal(change.Now, roster.Durations)),
                ConsentAnswer.TalkFirst => new($"talk-{police.Round}", TaskKind.TalkFirst, "9.5", manager, due, TaskPlans.Check(change.Now, roster.Durations)),
                _ => new($"police-report-{police.Round}", TaskKind.PoliceReport, "9.5", manager, due, TaskPlans.Check(change.Now, roster.Durations)),
            };
            var task = await tasks.AskAsync(change, question);
            if (!task.IsOpen) throw new InvalidOperationException($"Task {task.Id} of {caseId} is {task.State}, and the referral still waits for it.");
            if (task.Kind == TaskKind.PoliceConsent && task.CurrentHolders.All(h => !h.Mailed) && manager.Count > 0
                && await change.MailAsync(TaskDesk.Letter(change, roster, task, $"{task.Id}.unreachable", Mail.MailKind.TaskTold, manager[0].PersonId, 0)))
                change.Note("task.told", task.Clause, task.Id, fact: manager[0].PersonId);
            return new TaskRef(caseId, task.Id).ToString();
        });
    }
}
