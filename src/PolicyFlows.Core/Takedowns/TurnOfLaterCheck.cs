using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Takedowns;

/// <summary>Opens the task of a later check and returns it, or null when the check is done.</summary>
public sealed class TurnOfLaterCheck(CaseStore cases, CaseRosters rosters, TaskDesk tasks, BusinessClock clock) : TaskActivity<string, string?>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "TurnOfLaterCheck";

    /// <inheritdoc/>
    public override Task<string?> RunAsync(TaskActivityContext context, string input)
    {
        var (caseId, key) = TaskRef.Parse(input);
        return cases.ChangeAsync(caseId, ProcessContext.OfProgram("later check", clock.Now), async change =>
        {
            var check = await change.NeedAsync<LaterCheckRecord>(Rows.LaterCheckPrefix + key);
            if (check.Done)
            {
                await change.EndAsync(LaterCheckRecord.InstanceId(caseId, key));
                return null;
            }

            var roster = await rosters.OfAsync(change);
            var unable = (await change.ListAsync<TaskRecord>(Rows.TaskPrefix))
                .Where(t => t.Id.StartsWith($"later-{key}-", StringComparison.Ordinal) && t.Answer is not null).Select(t => t.Answer!.PersonKey).ToHashSet();
            var holder = roster.Manager() is { } manager && !unable.Contains(manager.PersonId)
                ? manager
                : roster.Ladder().FirstOrDefault(c => !unable.Contains(c.PersonId)) ?? roster.Manager();
            // Looking again at something that is gone does not hold up closing.
            var task = await tasks.AskAsync(change, new(check.TaskId, TaskKind.CheckRemoval, "9.4", holder is null ? [] : [holder],
                change.Now + roster.Durations.AnswerOtherPerson, TaskPlans.Check(change.Now, roster.Durations), check.No, Mandatory: false));
            return new TaskRef(caseId, task.Id).ToString();
        });
    }
}
