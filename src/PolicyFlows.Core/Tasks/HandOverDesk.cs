using PolicyFlows.Core.Cases;

namespace PolicyFlows.Core.Tasks;

/// <summary>
/// Outcomes of tasks that pass something on to a procedure outside this program, or that only have to be done: a code, and a few words where
/// they help. The matter itself is recorded where it was handed to.
/// </summary>
public sealed class HandOverDesk(CaseStore cases, TaskDesk tasks)
{
    /// <summary>Outcome of a hand-over that was taken over.</summary>
    public const string HandedOver = "handed-over";

    /// <summary>Outcome where there was nothing to take over.</summary>
    public const string NoneFound = "none-found";

    /// <summary>Outcome described in the text.</summary>
    public const string Other = "other";

    /// <summary>Outcome of something done.</summary>
    public const string Done = "done";

    /// <summary>The person is fine for now.</summary>
    public const string Managing = "managing";

    /// <summary>The person would like more support.</summary>
    public const string MoreWanted = "more-wanted";

    /// <summary>The person could not be reached, or no longer wants it.</summary>
    public const string NotWanted = "not-wanted";

    /// <summary>The outcomes of a kind; empty for a kind that another desk answers.</summary>
    public static IReadOnlyList<string> Outcomes(TaskKind kind) => kind switch
    {
        TaskKind.PupilConduct or TaskKind.StaffConduct => [HandedOver, NoneFound, Other],
        TaskKind.SafeguardingHandOver => [HandedOver],
        TaskKind.SupportArrange => [Done, NotWanted],
        TaskKind.SupportFollowUp => [Managing, MoreWanted, NotWanted],
        TaskKind.DeliveryTrouble or TaskKind.FindSomebody => [Done],
        _ => [],
    };

    /// <summary>Records the outcome.</summary>
    /// <exception cref="ArgumentException">The task's kind has no such outcome.</exception>
    /// <exception cref="TaskOverException">Somebody else answered first.</exception>
    /// <exception cref="NotTheirTaskException">The task is not this person's.</exception>
    public Task AnswerAsync(string caseId, string taskId, string outcome, string? text, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(caseId, context, async change =>
        {
            var task = await tasks.AnswerAsync(change, taskId, outcome, text);
            // Whoever can be asked by now is asked at once.
            if (task.About is { } about && TaskRef.Parse(about) is var (elsewhere, open) && await cases.GetAsync<TaskRecord>(elsewhere, Rows.Task(open), cancellation) is { } vacant)
                change.Wake(Work.Wakeup.LookElsewhere(elsewhere, open, vacant.Round));
            if (!Outcomes(task.Kind).Contains(outcome, StringComparer.Ordinal)) throw new ArgumentException($"A task of kind {task.Kind} has no outcome '{outcome}'.", nameof(outcome));
        }, cancellation);
}
