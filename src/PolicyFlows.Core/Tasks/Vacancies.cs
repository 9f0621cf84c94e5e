using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Operations;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Time;

namespace PolicyFlows.Core.Tasks;

/// <summary>
/// Tells somebody when a task has nobody left to answer it: everybody of its order is named in the case, has stepped back or has left. They are
/// asked to find somebody, in the operations log, so that whoever is asked sees the reference and the question and nothing of the case (roles.md:
/// the trust lead sees overdue work, not content).
/// </summary>
public sealed class Vacancies(CaseStore cases, CaseRosters rosters, TaskDesk tasks, BusinessClock clock)
{
    /// <summary>Where somebody is asked to find a holder for a task that has none now; the same for as long as nobody else was asked.</summary>
    public static TaskRef SearchFor(string caseId, TaskRecord task, DateTimeOffset at) =>
        new(OperationsRecord.IdOf(at), $"find-{caseId}-{task.Id}-{task.Holders.Count}");

    /// <summary>
    /// Makes the search that the task's record names, or ends it once the task has a holder or is over. Doing it again changes nothing.
    /// </summary>
    public async Task KeepAsync(TaskRef about, TaskRecord task)
    {
        if (task.Search is not { } search) return;
        if (task.IsOpen && !task.CurrentHolders.Any()) await AskAsync(TaskRef.Parse(search), about, task);
        else await WithdrawAsync(TaskRef.Parse(search));
    }

    private async Task AskAsync(TaskRef search, TaskRef about, TaskRecord task)
    {
        var of = await rosters.OfAsync(cases, about.CaseId, clock.Now);
        await cases.ChangeAsync(search.CaseId, ProcessContext.OfProgram("task", clock.Now), async change =>
        {
            if (await change.GetAsync<TaskRecord>(Rows.Task(search.TaskId)) is not null) return;
            await OperationsRecord.EnsureAsync(change);
            var first = Routing.Overseers(of.Directory, of.Common.SchoolId, change.Now, of.Excluded).Take(1).ToList();
            change.Note("task.nobody-left", task.Clause, text: $"{about.CaseId}: nobody is left who may answer \"{Words(task.Kind)}\"", fact: about.CaseId);
            var urgent = TaskDesk.LaneOf(task.Kind, of.Common.Type) == Mail.MailLane.Safeguarding;
            var wait = urgent ? of.Durations.SafeguardingTrustLead : of.Durations.AnswerReminder;
            await tasks.AskAsync(change, new(search.TaskId, TaskKind.FindSomebody, task.Clause, first, change.Now + wait, TaskPlans.Search(change.Now, wait), Mandatory: false)
            {
                About = about.ToString(), Urgent = urgent,
            });
            await change.StartAsync(SingleTask.Name, SingleTask.InstanceId(change.CaseId, search.TaskId), search.TaskId);
        });
    }

    private async Task WithdrawAsync(TaskRef search)
    {
        if (await cases.GetAsync<TaskRecord>(search.CaseId, Rows.Task(search.TaskId)) is not { IsOpen: true }) return;
        await cases.ChangeAsync(search.CaseId, ProcessContext.OfProgram("task", clock.Now), change => tasks.WithdrawAsync(change, search.TaskId, "found"));
    }

    /// <summary>"file request" for FileRequest.</summary>
    private static string Words(TaskKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : " ") + char.ToLowerInvariant(c) : c.ToString()));
}
