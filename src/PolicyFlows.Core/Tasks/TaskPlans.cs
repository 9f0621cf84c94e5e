using PolicyFlows.Core.Settings;

namespace PolicyFlows.Core.Tasks;

/// <summary>
/// What happens while nobody answers, per kind of question: the clocks of the stories, as data. Elapsed hours (architecture rule 8).
/// </summary>
public static class TaskPlans
{
    /// <summary>Clock codes on the timeline and the page.</summary>
    public const string DecisionClock = "decision", SentClock = "sent", RemovedClock = "removed", AcknowledgementClock = "acknowledgement";

    /// <summary>The decision: the deputy joins, then the headteacher; the sent clock warns on the way and runs out.</summary>
    public static IReadOnlyList<PlannedStep> Decision(DateTimeOffset reportedAt, Durations d) =>
    [
        new(reportedAt + d.DecisionDue, StepKind.ClockMissed, Clock: DecisionClock),
        new(reportedAt + d.DecisionDeputyJoins, StepKind.NextJoins, DueAt: reportedAt + d.DecisionDeputyDue),
        new(reportedAt + d.SentFirstWarning, StepKind.Warn, Clock: SentClock),
        new(reportedAt + d.DecisionHeadteacherJoins, StepKind.HeadteacherJoins, DueAt: reportedAt + d.DecisionHeadteacherDue),
        new(reportedAt + d.SentSecondWarning, StepKind.Warn, Clock: SentClock),
        new(reportedAt + d.SentDue, StepKind.ClockMissed, Clock: SentClock),
    ];

    /// <summary>
    /// A request that must be sent within the clock that started at <paramref name="clockStart"/>. Asked after the clock has run out, it is
    /// chased like any other question.
    /// </summary>
    public static IReadOnlyList<PlannedStep> Sending(DateTimeOffset clockStart, DateTimeOffset askedAt, Durations d, bool onlyTheHolderMayFile)
    {
        var end = clockStart + d.SentDue;
        if (askedAt >= end) return onlyTheHolderMayFile ? Personal(askedAt, d) : Check(askedAt, d);
        return
        [
            .. new PlannedStep[]
            {
                new(clockStart + d.SentFirstWarning, StepKind.Warn, Clock: SentClock),
                new(clockStart + d.SentSecondWarning, StepKind.Warn, Clock: SentClock),
            }.Where(s => s.At > askedAt),
            new(end, StepKind.ClockMissed, Clock: SentClock),
            // Where only the person harmed may file, joining would be of no use to the headteacher: they are told.
            new(end, onlyTheHolderMayFile ? StepKind.TellHeadteacher : StepKind.HeadteacherJoins, DueAt: end),
        ];
    }

    /// <summary>A check, or any question that is reminded once and then handed on to another person as well.</summary>
    public static IReadOnlyList<PlannedStep> Check(DateTimeOffset askedAt, Durations d) =>
    [
        new(askedAt + d.AnswerReminder, StepKind.Remind),
        new(askedAt + d.AnswerOtherPerson, StepKind.AnotherJoins, DueAt: askedAt + d.AnswerOtherPerson + d.AnswerOtherPerson),
    ];

    /// <summary>A question that only its holder can answer: reminded once, then the manager is told. Never an assumed answer.</summary>
    public static IReadOnlyList<PlannedStep> Personal(DateTimeOffset askedAt, Durations d) =>
    [
        new(askedAt + d.AnswerReminder, StepKind.Remind),
        new(askedAt + d.AnswerOtherPerson, StepKind.TellManager),
    ];

    /// <summary>A hand-over with its own due time: reminded then, and the headteacher joins a day later.</summary>
    public static IReadOnlyList<PlannedStep> HandOver(DateTimeOffset dueAt, Durations d) =>
    [
        new(dueAt, StepKind.Remind),
        new(dueAt + d.AnswerOtherPerson, StepKind.AnotherJoins, DueAt: dueAt + d.AnswerOtherPerson + d.AnswerOtherPerson),
    ];

    /// <summary>A search for somebody who may answer: reminded once, then another person is asked as well.</summary>
    public static IReadOnlyList<PlannedStep> Search(DateTimeOffset askedAt, TimeSpan wait) =>
        [new(askedAt + wait, StepKind.Remind), new(askedAt + wait + wait, StepKind.AnotherJoins, DueAt: askedAt + wait + wait + wait)];

    /// <summary>A safeguarding alert. Outside school hours nothing is planned: trust lead and headteacher are told with the alert itself.</summary>
    public static IReadOnlyList<PlannedStep> Alert(DateTimeOffset sentAt, bool schoolHours, Durations d) => schoolHours
        ?
        [
            new(sentAt + d.SafeguardingRepeat, StepKind.AlertAgain),
            new(sentAt + d.SafeguardingTrustLead, StepKind.TellTrustLead),
            new(sentAt + d.SafeguardingHeadteacher, StepKind.TellHeadteacher),
        ]
        : [];
}
