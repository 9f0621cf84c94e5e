using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Settings;

namespace PolicyFlows.Core.Takedowns;

/// <summary>A clock as drawn on the case page: when it started, when it is due, when it was stopped.</summary>
/// <param name="Kept">True or false once decided; null while running.</param>
public sealed record ClockFace(string Code, DateTimeOffset StartedAt, DateTimeOffset DueAt, DateTimeOffset? StoppedAt, bool? Kept);

/// <summary>The three clocks, computed from records. Elapsed hours: nights, weekends and holidays count (architecture rule 8).</summary>
public static class TakedownClocks
{
    /// <summary>From the report to the decision.</summary>
    public static ClockFace Decision(IncidentRecord incident, Durations d, DateTimeOffset now)
    {
        var at = incident.Decisions.Count == 0 ? (DateTimeOffset?)null : incident.Decisions[0].At;
        return Face(Tasks.TaskPlans.DecisionClock, incident.ReportedAt, d.DecisionDue, at, now);
    }

    /// <summary>From the report (or the addition of the target) to the request.</summary>
    public static ClockFace Sent(TakedownRecord takedown, Durations d, DateTimeOffset now) =>
        Face(Tasks.TaskPlans.SentClock, takedown.ClockStart, d.SentDue, takedown.Requests.Count == 0 ? takedown.EndedAt : takedown.Requests[0].SentAt, now);

    /// <summary>
    /// From the request to the removal; null until a request is sent. Kept when the check asked at its end is answered "gone", whenever that
    /// answer comes; missed when the first telling answer is "still there", counted at the clock's end (scenario 3).
    /// </summary>
    public static ClockFace? Removed(TakedownRecord takedown, Durations d, DateTimeOffset now)
    {
        if (takedown.Requests.Count == 0) return null;
        var start = takedown.Requests[0].SentAt;
        var due = start + d.RemovedDue;
        var first = takedown.Checks.FirstOrDefault(c => c.Outcome != CheckOutcome.CannotTell);
        bool? kept = first is null ? null : first.IsGone;
        if (takedown.State is TakedownState.NotRemoved) kept = false;
        // Nobody wants it removed any more: the clock stops where it is.
        if (takedown is { State: TakedownState.Withdrawn, EndedAt: { } ended } && first is null) return new(Tasks.TaskPlans.RemovedClock, start, due, ended, ended <= due);
        return new(Tasks.TaskPlans.RemovedClock, start, due, kept is null ? null : kept.Value ? first!.AnsweredAt : due, kept);
    }

    private static ClockFace Face(string code, DateTimeOffset start, TimeSpan length, DateTimeOffset? stopped, DateTimeOffset now)
    {
        var due = start + length;
        bool? kept = stopped is { } at ? at <= due : now > due ? false : null;
        return new(code, start, due, stopped, kept);
    }
}
