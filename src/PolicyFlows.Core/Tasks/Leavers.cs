using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Index;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Time;

namespace PolicyFlows.Core.Tasks;

/// <summary>Hands on what people hold who have left. No timer of a task knows that somebody left, so the sweep looks.</summary>
public sealed class Leavers(DirectoryStore directories, CaseIndex index, CaseStore cases, TaskSteps steps, BusinessClock clock)
{
    /// <summary>Tasks on the lists of people who have left, with their cases.</summary>
    public async Task<IReadOnlyList<TaskRef>> TasksAsync(CancellationToken cancellation = default)
    {
        var held = new HashSet<TaskRef>();
        foreach (var person in (await directories.LoadAsync(cancellation))?.People.Where(p => !p.IsHere(clock.Now)) ?? [])
            held.UnionWith(await TasksOfAsync(person.Id, cancellation));
        return [.. held];
    }

    /// <summary>Tasks on one person's list, with their cases.</summary>
    public async Task<IReadOnlyList<TaskRef>> TasksOfAsync(string personId, CancellationToken cancellation = default) =>
        [.. (await index.TasksAsync(personId, cancellation)).Select(t => new TaskRef(t.CaseId, t.TaskId))];

    /// <summary>Lets the task go to whoever is next. Nothing happens where only its holder can answer.</summary>
    public Task HandOnAsync(TaskRef task, CancellationToken cancellation = default) =>
        cases.ChangeAsync(task.CaseId, ProcessContext.OfProgram("task", clock.Now), change => steps.DoDueAsync(change, task.TaskId), cancellation);
}
