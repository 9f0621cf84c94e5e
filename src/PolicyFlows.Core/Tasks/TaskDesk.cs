using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Tasks;

/// <summary>What is to be asked.</summary>
/// <param name="Id">Made of facts, so that asking twice finds the first.</param>
public sealed record TaskQuestion(
    string Id, TaskKind Kind, string Clause, IReadOnlyList<Candidate> Holders, DateTimeOffset DueAt, IReadOnlyList<PlannedStep> Steps,
    int? Target = null, bool Mandatory = true)
{
    /// <inheritdoc cref="TaskRecord.About"/>
    public string? About { get; init; }

    /// <inheritdoc cref="TaskRecord.Urgent"/>
    public bool Urgent { get; init; }
}

/// <summary>Makes, hands on, answers and withdraws tasks inside an act. The only place that writes task records.</summary>
public sealed class TaskDesk(CaseRosters rosters)
{
    /// <summary>Asks, or returns the task that already asks this.</summary>
    public async Task<TaskRecord> AskAsync(CaseChange change, TaskQuestion question)
    {
        if (await change.GetAsync<TaskRecord>(Rows.Task(question.Id)) is { } asked) return asked;
        var roster = await rosters.OfAsync(change);
        var task = new TaskRecord
        {
            Id = question.Id, Kind = question.Kind, Clause = question.Clause, Target = question.Target, AskedAt = change.Now, DueAt = question.DueAt,
            Mandatory = question.Mandatory, Steps = question.Steps, About = question.About, Urgent = question.Urgent,
        };
        change.Note("task.asked", question.Clause, question.Id, fact: question.Kind.ToString());
        foreach (var holder in question.Holders) task = await JoinAsync(change, roster, task, holder, question.DueAt, MailKind.TaskAsked);
        change.Put(Rows.Task(task.Id), task);
        change.Wake(Wakeup.Index());
        return task;
    }

    /// <summary>Adds a holder and mails the task. Does nothing for somebody who holds it already.</summary>
    public async Task<TaskRecord> JoinAsync(CaseChange change, CaseRoster roster, TaskRecord task, Candidate who, DateTimeOffset dueAt, MailKind mail)
    {
        if (task.HolderOf(who.PersonId) is not null) return task;
        var reachable = roster.HasAddress(who.PersonId);
        var turn = task.Holders.Count(h => h.PersonKey == who.PersonId) + 1;
        var holder = new TaskHolder(who.PersonId, who.OnBehalfOf, change.Now, dueAt, who.Role, reachable) { Links = reachable ? [change.Now] : [] };
        change.Note("task.given", task.Clause, task.Id, fact: who.PersonId + (who.OnBehalfOf is { } absent ? $" for {absent}" : ""));
        if (reachable)
            await change.MailAsync(Letter(change, roster, task, $"{task.Id}.asked.{who.PersonId}.{turn}", mail, who.PersonId, linkNo: 1));
        return task with { Holders = [.. task.Holders, holder] };
    }

    /// <summary>Takes the task from a holder: their link says only that it is no longer theirs.</summary>
    public TaskRecord TakeFrom(CaseChange change, TaskRecord task, string personKey, string why)
    {
        change.Note("task.taken", task.Clause, task.Id, fact: $"{personKey} {why}");
        return task with
        {
            Holders = [.. task.Holders.Select(h => h.PersonKey == personKey && h.EndedAt is null ? h with { EndedAt = change.Now, EndedWhy = why } : h)],
        };
    }

    /// <summary>Takes the task from a holder, and asks the next in order if nobody is left.</summary>
    /// <param name="why">"recused", "named", "left".</param>
    public async Task<TaskRecord> PassOnAsync(CaseChange change, CaseRoster roster, TaskRecord task, string personKey, string why)
    {
        if (task.HolderOf(personKey) is not { } holder) return task;
        task = TakeFrom(change, task, personKey, why);
        return task.CurrentHolders.Any() || await NextHolder.OfAsync(change, roster, task) is not { } next
            ? task
            : await JoinAsync(change, roster, task, next, holder.DueAt, MailKind.TaskAsked);
    }

    /// <summary>The first id "stem-1", "stem-2", … under which nothing was asked and answered before: a question may come up again.</summary>
    public static async Task<string> IdAsync(CaseChange change, string stem)
    {
        for (var n = 1; ; n++)
        {
            if (await change.GetAsync<TaskRecord>(Rows.Task($"{stem}-{n}")) is not { IsOpen: false }) return $"{stem}-{n}";
        }
    }

    /// <summary>Records the answer of whoever may give it. The first answer counts.</summary>
    /// <param name="kinds">The questions that this is an answer to; none for any.</param>
    /// <exception cref="ArgumentException">The task asks something else.</exception>
    /// <exception cref="TaskOverException">It was answered or withdrawn before.</exception>
    /// <exception cref="NotTheirTaskException">The person does not hold it, or is named in the case.</exception>
    public async Task<TaskRecord> AnswerAsync(CaseChange change, string taskId, string code, string? text = null, params TaskKind[] kinds)
    {
        var task = await change.NeedAsync<TaskRecord>(Rows.Task(taskId));
        await change.RefuseNamedAsync();
        if (kinds.Length > 0 && !kinds.Contains(task.Kind)) throw new ArgumentException($"Task {task.Id} asks something else: {task.Kind}.", nameof(taskId));
        if (!task.IsOpen) throw new TaskOverException(task);
        var holder = task.HolderOf(change.Context.PersonKey) ?? throw new NotTheirTaskException();
        var answer = new TaskAnswer(holder.PersonKey, holder.OnBehalfOf, change.Now, code, text);
        change.Note("task.answered", task.Clause, task.Id, text, code);
        return Move(change, task with { State = TaskState.Answered, Answer = answer });
    }

    /// <summary>The question no longer needs an answer. Nothing happens if it was answered.</summary>
    public async Task WithdrawAsync(CaseChange change, string taskId, string why)
    {
        if (await change.GetAsync<TaskRecord>(Rows.Task(taskId)) is not { IsOpen: true } task) return;
        change.Note("task.withdrawn", task.Clause, task.Id, fact: why);
        Move(change, task with { State = TaskState.Withdrawn });
    }

    /// <summary>Writes a changed task as its next round and wakes whoever waits for that.</summary>
    public TaskRecord Move(CaseChange change, TaskRecord task)
    {
        var moved = task with { Round = task.Round + 1 };
        change.Put(Rows.Task(task.Id), moved);
        change.Wake(Wakeup.Look(task.Id, task.Round));
        change.Wake(Wakeup.Index());
        return moved;
    }

    /// <summary>An outbox row about a task.</summary>
    public static OutboxRow Letter(CaseChange change, CaseRoster roster, TaskRecord task, string key, MailKind kind, string to, int linkNo) => new()
    {
        Key = key, Kind = kind, To = to, TaskId = task.Id, LinkNo = linkNo, QueuedAt = change.Now,
        Lane = task.Urgent ? MailLane.Safeguarding : LaneOf(task.Kind, roster.Common.Type),
    };

    /// <summary>Lane of everything that is mailed about a task, codes included.</summary>
    public static MailLane LaneOf(TaskKind kind, CaseType type) => kind switch
    {
        TaskKind.AcknowledgeAlert or TaskKind.SafeguardingHandOver => MailLane.Safeguarding,
        _ => type == CaseType.Incident ? MailLane.Incident : MailLane.Other,
    };
}

/// <summary>Somebody else answered first, or the question was withdrawn.</summary>
public sealed class TaskOverException(TaskRecord task) : Exception($"Task {task.Id} is {task.State}.")
{
    /// <summary>The task with its answer.</summary>
    public TaskRecord Task { get; } = task;
}

/// <summary>The person does not hold the task, or no longer does, or is named in the case.</summary>
public sealed class NotTheirTaskException() : Exception("The task is not this person's.");

/// <summary>Refuses people who are named in a case, inside the act itself: naming may come between a page's look and its act (architecture rule 11).</summary>
public static class NamedPeople
{
    /// <summary>Throws if the act's person is named in the case.</summary>
    /// <exception cref="NotTheirTaskException">They are.</exception>
    public static async Task RefuseNamedAsync(this CaseChange change)
    {
        if (await change.GetAsync<CaseCommon>(Rows.Case) is { } common && common.NamedPersonIds.Contains(change.Context.PersonKey)) throw new NotTheirTaskException();
    }
}
