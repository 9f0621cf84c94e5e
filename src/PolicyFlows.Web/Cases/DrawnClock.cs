using System.Globalization;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Cases;

/// <summary>A clock as a ring with words: the words alone say everything, the ring helps.</summary>
/// <param name="Name">"Decision", "Request sent", "Removed".</param>
/// <param name="Word">"Running", "Kept", "Missed", "Not started", "Stopped".</param>
/// <param name="Share">Elapsed share of the time, 0 to 1.</param>
/// <param name="Figure">Large, inside the ring: "5 h 20 m".</param>
/// <param name="FigureNote">Below it: "left", "over".</param>
/// <param name="Remark">The one thing to know, as a sentence.</param>
/// <param name="Facts">Start, due time, end.</param>
public sealed record DrawnClock(
    string Name, ClockState State, string Word, double Share, string Figure, string FigureNote, string Remark, IReadOnlyList<ClockFact> Facts, string Clause)
{
    /// <summary>Shares of the time at which a warning is sent.</summary>
    public IReadOnlyList<double> Marks { get; init; } = [];
}

/// <summary>A time of a clock: "Due", "Tue 24 Nov, 00:00".</summary>
public sealed record ClockFact(string What, string When);

/// <summary>The clocks of one target, or the decision alone.</summary>
/// <param name="Title">Null for the decision.</param>
public sealed record ClockGroup(string? Title, IReadOnlyList<DrawnClock> Clocks);

/// <summary>Words and shares of the clocks. The clocks themselves come from the records (<see cref="TakedownClocks"/>).</summary>
public static class ClockDrawing
{
    /// <summary>From the report to the decision.</summary>
    public static DrawnClock Decision(IncidentRecord incident, Durations d, DateTimeOffset now) =>
        Of("Decision", "9.1", TakedownClocks.Decision(incident, d, now), now, "Decided", []);

    /// <summary>From the report, or the addition of the target, to the request. Runs before anything is decided.</summary>
    public static DrawnClock Sent(TargetRecord target, TakedownRecord? takedown, IncidentRecord incident, Durations d, DateTimeOffset now)
    {
        var marks = new[] { d.SentFirstWarning / d.SentDue, d.SentSecondWarning / d.SentDue };
        if (takedown is { Requests.Count: 0, State: TakedownState.Withdrawn or TakedownState.NotRemoved } or null && (takedown is not null || incident.State is not IncidentState.AwaitingDecision))
            return Stopped("Request sent", "9.3", takedown is null ? "Removal was not chosen" : "Nothing more is asked of the website");
        var face = takedown is null
            ? new ClockFace(TaskPlans.SentClock, target.AddedAt, target.AddedAt + d.SentDue, null, now > target.AddedAt + d.SentDue ? false : null)
            : TakedownClocks.Sent(takedown, d, now);
        return Of("Request sent", "9.3", face, now, "Sent", marks);
    }

    /// <summary>From the request to the removal.</summary>
    public static DrawnClock Removed(TakedownRecord? takedown, Durations d, DateTimeOffset now)
    {
        const string Name = "Removed";
        if (takedown is not null && TakedownClocks.Removed(takedown, d, now) is { } face)
        {
            if (face.Kept is null && takedown.State is TakedownState.Withdrawn) return Stopped(Name, "9.4", "The person harmed said no");
            if (face.Kept is null && now >= face.DueAt)
            {
                return new(Name, ClockState.Warning, "Waiting for the check", 1, Short(d.RemovedDue), "are over", "Time is up: the check says whether it was kept",
                    [new("Request sent", Time(face.StartedAt, now)), new("Was due", Time(face.DueAt, now))], "9.4");
            }

            return Removed(face, takedown, now);
        }

        return takedown is null or { State: TakedownState.Open }
            ? new(Name, ClockState.Waiting, "Not started", 0, Short(d.RemovedDue), "from sending", "Starts when the request is sent", [new("Then due within", Words.Of(d.RemovedDue))], "9.4")
            : Stopped(Name, "9.4", "Nothing more is asked of the website");
    }

    /// <summary>A time beside a clock: "Mon 23 Nov, 22:00", with the zone where it could be mistaken, with the year where it is another one.</summary>
    public static string Time(DateTimeOffset at, DateTimeOffset now)
    {
        var (local, listed) = (London.ToLocal(at), London.Format(at, LondonStyle.Listed, now));
        if (local.Year == London.ToLocal(now).Year) listed = listed.Replace(local.ToString(" yyyy,", CultureInfo.InvariantCulture), ",", StringComparison.Ordinal);
        return $"{local.ToString("ddd", CultureInfo.InvariantCulture)} {listed}";
    }

    private static DrawnClock Removed(ClockFace face, TakedownRecord takedown, DateTimeOffset now)
    {
        if (face.Kept == true)
        {
            var found = takedown.Checks.First(c => c.IsGone);
            var confirmed = takedown.State is TakedownState.Removed;
            return new("Removed", ClockState.Kept, "Kept", 1, "Gone", confirmed ? "twice" : "so far",
                confirmed ? "Removed, and confirmed a second time" : "Gone at the check. A second one confirms it.",
                [new("Request sent", Time(face.StartedAt, now)), new("Was due", Time(face.DueAt, now)), new("Found gone", Time(found.AnsweredAt, now))], "9.4");
        }

        if (face.Kept == false)
        {
            var removed = takedown.State is TakedownState.Removed;
            return new("Removed", ClockState.Missed, removed ? "Missed, then removed" : "Missed", 1, removed ? "Gone" : "Still", removed ? "too late" : "there",
                removed ? $"Removed {CaseWords.Span(takedown.EndedAt!.Value - face.DueAt)} after the time ran out" : $"Was still there when the time ran out, {CaseWords.Span(now - face.DueAt)} ago",
                [new("Request sent", Time(face.StartedAt, now)), new("Was due", Time(face.DueAt, now))], "9.4");
        }

        return Of("Removed", "9.4", face, now, "Removed", []);
    }

    private static DrawnClock Of(string name, string clause, ClockFace face, DateTimeOffset now, string done, IReadOnlyList<double> marks)
    {
        var length = face.DueAt - face.StartedAt;
        var share = Math.Clamp(((face.StoppedAt ?? now) - face.StartedAt) / length, 0, 1);
        var started = new ClockFact("Started", Time(face.StartedAt, now));
        if (face.StoppedAt is { } stopped)
        {
            var took = stopped - face.StartedAt;
            List<ClockFact> facts = [started, new(done, Time(stopped, now)), new("Was due", Time(face.DueAt, now))];
            return face.Kept == true
                ? new(name, ClockState.Kept, "Kept", share, Short(took), "taken", $"{done} after {CaseWords.Span(took)}", facts, clause) { Marks = marks }
                : new(name, ClockState.Missed, "Missed", 1, Short(stopped - face.DueAt), "too late", $"{done} {CaseWords.Span(stopped - face.DueAt)} too late", facts, clause) { Marks = marks };
        }

        List<ClockFact> open = [started, now > face.DueAt ? new("Was due", Time(face.DueAt, now)) : new("Due", Time(face.DueAt, now))];
        if (face.Kept == false || now > face.DueAt)
            return new(name, ClockState.Missed, "Missed", 1, Short(now - face.DueAt), "over", $"Missed {CaseWords.Span(now - face.DueAt)} ago, and still open", open, clause) { Marks = marks };
        var warned = marks.Any(mark => share >= mark);
        return new(name, warned ? ClockState.Warning : ClockState.Running, warned ? "Running out" : "Running", share, Short(face.DueAt - now), "left", $"{CaseWords.Span(face.DueAt - now)} left", open, clause) { Marks = marks };
    }

    private static DrawnClock Stopped(string name, string clause, string why) => new(name, ClockState.Waiting, "Stopped", 0, "–", "stopped", why, [], clause);

    /// <summary>"5 h 20 m", "31 h", "5 d".</summary>
    private static string Short(TimeSpan span)
    {
        span = span.Duration();
        if (span >= TimeSpan.FromHours(96)) return $"{(int)span.TotalDays} d";
        var (hours, minutes) = ((int)span.TotalHours, span.Minutes);
        return hours == 0 ? $"{minutes} m" : minutes == 0 || hours >= 24 ? $"{hours} h" : $"{hours} h {minutes} m";
    }
}
