using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;

namespace PolicyFlows.Core.Tasks;

/// <summary>Does the planned steps of a task that are due: in order of time, with at most one mail per person however many are overdue.</summary>
public sealed class TaskSteps(TaskDesk desk, CaseStore cases, CaseRosters rosters)
{
    /// <summary>Does what is due at the act's time and returns the task as it then stands.</summary>
    public async Task<TaskRecord> DoDueAsync(CaseChange change, string taskId)
    {
        var task = await change.NeedAsync<TaskRecord>(Rows.Task(taskId));
        if (!task.IsOpen) return task;
        var due = task.Steps.Where(s => !s.Done && s.At <= change.Now).OrderBy(s => s.At).ToList();
        var roster = await RosterAsync(change, task);
        var gone = Gone(roster, task, change.Now);
        if (due.Count == 0 && gone.Count == 0 && task.CurrentHolders.Any()) return task;

        var chased = new Dictionary<string, (MailKind Kind, PlannedStep Step)>(StringComparer.Ordinal);
        var told = new Dictionary<string, (MailKind Kind, PlannedStep Step)>(StringComparer.Ordinal);
        var before = task.CurrentHolders.Select(h => h.PersonKey).ToHashSet(StringComparer.Ordinal);
        foreach (var (person, why) in gone) task = await desk.PassOnAsync(change, roster, task, person, why);
        foreach (var step in due)
        {
            switch (step.Kind)
            {
                case StepKind.NextJoins or StepKind.HeadteacherJoins or StepKind.AnotherJoins:
                    if (await NextForAsync(change, step.Kind, roster, task) is { } next)
                        task = await desk.JoinAsync(change, roster, task, next, step.DueAt ?? task.DueAt, MailKind.TaskAsked);
                    break;
                case StepKind.Warn or StepKind.Remind or StepKind.AlertAgain:
                    change.Note(step.Kind == StepKind.Warn ? "clock.warned" : "task.reminded", task.Clause, task.Id, fact: step.Clock);
                    foreach (var holder in task.CurrentHolders.Where(h => before.Contains(h.PersonKey)))
                        chased[holder.PersonKey] = (step.Kind == StepKind.Warn ? MailKind.TaskWarning : MailKind.TaskReminder, step);
                    break;
                case StepKind.TellManager or StepKind.TellHeadteacher or StepKind.TellTrustLead:
                    if (PersonToTell(step.Kind, roster) is { } person && task.HolderOf(person.PersonId) is null)
                    {
                        change.Note("task.told", task.Clause, task.Id, fact: person.PersonId);
                        told[person.PersonId] = (task.Kind is TaskKind.AcknowledgeAlert or TaskKind.SafeguardingHandOver ? MailKind.AlertTold : MailKind.TaskTold, step);
                    }

                    break;
                case StepKind.ClockMissed:
                    change.Note("clock.missed", task.Clause, task.Id, fact: $"{step.Clock} {step.At.UtcDateTime:O}");
                    break;
                default:
                    throw new InvalidOperationException($"Unknown step {step.Kind}.");
            }
        }

        foreach (var (person, (kind, step)) in chased.Concat(told))
        {
            if (!roster.HasAddress(person)) continue;
            var link = task.HolderOf(person)?.Links.Count ?? 0;
            await change.MailAsync(TaskDesk.Letter(change, roster, task, $"{task.Id}.{step.Kind}.{IndexOf(task, step)}.{person}", kind, person, link));
        }

        var looked = task;
        if (!task.CurrentHolders.Any()) task = await FillAsync(change, roster, task);
        if (due.Count == 0 && gone.Count == 0 && task == looked) return task;
        return desk.Move(change, task with { Steps = [.. task.Steps.Select(s => due.Contains(s) ? s with { Done = true } : s)] });
    }

    /// <summary>
    /// Who may be asked. Where somebody is looked for, nobody who may not be asked in that case either: they would learn of it.
    /// </summary>
    private async Task<CaseRoster> RosterAsync(CaseChange change, TaskRecord task)
    {
        var roster = await rosters.OfAsync(change);
        return task.About is { } about ? roster.Without((await rosters.OfAsync(cases, TaskRef.Parse(about).CaseId, change.Now)).Excluded) : roster;
    }

    /// <summary>Whoever was named in the case after they were asked, by whatever act, or has left, holds nothing any more.</summary>
    private static List<(string Person, string Why)> Gone(CaseRoster roster, TaskRecord task, DateTimeOffset now) =>
    [
        .. task.CurrentHolders.Select(h => h.PersonKey).Where(roster.Common.NamedPersonIds.Contains).Select(p => (p, "named")),
        // Where only the holder can answer, nobody else does, and the manager is told in time.
        .. task.CurrentHolders.Select(h => h.PersonKey).Where(p => !roster.Common.NamedPersonIds.Contains(p) && roster.Directory.Person(p)?.IsHere(now) is false)
            .Where(_ => !NextHolder.IsPersonal(roster, task)).Select(p => (p, "left")),
    ];

    /// <summary>Nobody holds it: whoever can be asked by now is; else somebody is asked to find one, and whoever reads the case sees that.</summary>
    private async Task<TaskRecord> FillAsync(CaseChange change, CaseRoster roster, TaskRecord task)
    {
        if (await NextHolder.OfAsync(change, roster, task) is { } next)
            return await desk.JoinAsync(change, roster, task, next, task.Holders.LastOrDefault()?.DueAt ?? task.DueAt, MailKind.TaskAsked);
        // These two are the program's own and already asked of whoever is left.
        if (task.Kind is TaskKind.FindSomebody or TaskKind.DeliveryTrouble) return task;
        var search = Vacancies.SearchFor(change.CaseId, task, change.Now);
        if (task.Search is { } known && TaskRef.Parse(known).TaskId == search.TaskId) return task;
        change.Note("task.nobody-left", task.Clause, task.Id);
        return task with { Search = search.ToString() };
    }

    private static int IndexOf(TaskRecord task, PlannedStep step) => task.Steps.TakeWhile(s => s != step).Count();

    private static async Task<Candidate?> NextForAsync(CaseChange change, StepKind kind, CaseRoster roster, TaskRecord task)
    {
        var fresh = roster.Ladder().Where(c => task.Holders.All(h => h.PersonKey != c.PersonId));
        return kind switch
        {
            // The headteacher's place has a step of its own; a deputy may be missing, or be the headteacher.
            StepKind.NextJoins => fresh.FirstOrDefault(c => c.Role is Role.SeniorManager or Role.DeputySeniorManager),
            StepKind.HeadteacherJoins => Routing.HeadteacherPlace(roster.Directory, roster.Common.SchoolId, change.Now, roster.Excluded) is { } head
                ? fresh.FirstOrDefault(c => c.PersonId == head.PersonId)
                : null,
            _ => await NextHolder.OfAsync(change, roster, task),
        };
    }

    private static Candidate? PersonToTell(StepKind kind, CaseRoster roster) => kind switch
    {
        StepKind.TellManager => roster.Manager(),
        StepKind.TellHeadteacher => roster.First(Role.Headteacher),
        _ => roster.First(Role.TrustLead),
    };
}
