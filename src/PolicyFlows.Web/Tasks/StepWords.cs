using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Tasks;

/// <summary>What happens while nobody answers, in words: the plan of the task as its holder reads it.</summary>
public static class StepWords
{
    /// <summary>The steps that are still to come, by time; what happens at one time stands together.</summary>
    public static IReadOnlyList<Step> Of(TaskRecord task, DateTimeOffset now) =>
        [.. task.Steps.Where(s => !s.Done && s.At > now).GroupBy(s => s.At).OrderBy(g => g.Key)
            .Select(g => new Step(Times.Brief(g.Key, now), string.Join(' ', g.Select(Words))))];

    private static string Words(PlannedStep step) => step.Kind switch
    {
        StepKind.NextJoins => "The next deputy is asked as well, if there is one. You can still answer.",
        StepKind.HeadteacherJoins => "The headteacher is asked as well. You can still answer.",
        StepKind.AnotherJoins => "Another colleague is asked as well. You can still answer.",
        StepKind.Warn => "Everybody who holds the task gets a warning by email.",
        StepKind.Remind => "You get a reminder by email.",
        StepKind.TellManager => "The manager of the report is told that this question waits for you, to speak with you. Nobody answers for you.",
        StepKind.TellHeadteacher => "The headteacher is told that this task waits.",
        StepKind.AlertAgain => "The alert is emailed once more.",
        StepKind.TellTrustLead => "The trust lead is told that nobody has confirmed it, without what it says.",
        StepKind.ClockMissed => Missed(step.Clock),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Kind, "No words for this step."),
    };

    private static string Missed(string? clock) => clock switch
    {
        TaskPlans.DecisionClock => "The time for the decision is over. That is put on the timeline.",
        TaskPlans.SentClock => "The time for sending the request is over. That is put on the timeline.",
        TaskPlans.RemovedClock => "The time for the removal is over. That is put on the timeline.",
        _ => "The time is over. That is put on the timeline.",
    };
}
