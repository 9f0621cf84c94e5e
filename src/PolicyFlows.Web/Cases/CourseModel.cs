using System.Globalization;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;

namespace PolicyFlows.Web.Cases;

/// <summary>A stretch of a lane, in units of the drawing.</summary>
/// <param name="Kind">"decide", "send", "remove", "late", "open".</param>
public sealed record CourseStretch(double X, double Width, string Kind);

/// <summary>A moment on a lane.</summary>
/// <param name="Sign">"decided", "sent", "gone", "still", "reply".</param>
public sealed record CourseMoment(double X, string Sign);

/// <summary>A row of the drawing: the decision, or a target.</summary>
public sealed record CourseLane(string Name, IReadOnlyList<CourseStretch> Stretches, IReadOnlyList<CourseMoment> Moments);

/// <summary>The hours since the report as a ruler, with a lane for the decision and one for each target. Decoration: every fact in it also stands in words.</summary>
public sealed record CourseModel(IReadOnlyList<CourseLane> Lanes, IReadOnlyList<(double X, string Label)> Ticks, double Now)
{
    /// <summary>Width of the drawing in its own units.</summary>
    public const double Width = 940;

    private const int MostLanes = 6;

    /// <summary>The course of an incident; null after three weeks, when a ruler of hours says nothing.</summary>
    public static CourseModel? Of(IncidentRecord incident, CaseRecords records, CaseAccess access, HostDirectory hosts)
    {
        var start = incident.ReportedAt;
        var now = incident.ClosedAt ?? access.At;
        var hours = Math.Max(48, Math.Ceiling(((now - start).TotalHours + 4) / 24) * 24);
        if (hours > 21 * 24) return null;
        double X(DateTimeOffset at) => Math.Round(Math.Clamp((at - start).TotalHours / hours, 0, 1) * Width, 1);
        CourseStretch Stretch(DateTimeOffset from, DateTimeOffset to, string kind) => new(X(from), Math.Max(2, X(to) - X(from)), kind);

        var d = access.Durations;
        var decided = incident.Decisions.Count == 0 ? (DateTimeOffset?)null : incident.Decisions[0].At;
        var lanes = new List<CourseLane>
        {
            new("Decision", [Stretch(start, decided ?? now, (decided ?? now) > start + d.DecisionDue ? "late" : "decide")], decided is { } at ? [new(X(at), "decided")] : []),
        };
        foreach (var target in records.Targets.Take(MostLanes)) lanes.Add(Lane(target, records.TakedownOf(target.No)));
        var step = hours <= 72 ? 12 : hours <= 168 ? 24 : 48;
        return new(lanes, [.. Enumerable.Range(0, (int)(hours / step) + 1).Select(i => (X(start.AddHours(i * step)), string.Create(CultureInfo.InvariantCulture, $"{i * step} h")))], X(now));

        CourseLane Lane(TargetRecord target, TakedownRecord? takedown)
        {
            var stretches = new List<CourseStretch>();
            var moments = new List<CourseMoment>();
            var sent = takedown is { Requests.Count: > 0 } ? takedown.Requests[0].SentAt : (DateTimeOffset?)null;
            var waits = takedown is { State: TakedownState.Open } || (takedown is null && incident.State is IncidentState.AwaitingDecision);
            var due = target.AddedAt + d.SentDue;
            if (sent is not null || waits) stretches.Add(Stretch(target.AddedAt, sent ?? now, (sent ?? now) > due ? "late" : "send"));
            if (takedown is not null && sent is { } from)
            {
                var end = takedown.EndedAt ?? now;
                var missed = TakedownClocks.Removed(takedown, d, now) is { Kept: false } face ? face.DueAt : (DateTimeOffset?)null;
                stretches.Add(Stretch(from, missed is { } m && m < end ? m : end, "remove"));
                if (missed is { } over && over < end) stretches.Add(Stretch(over, end, "late"));
                moments.AddRange(takedown.Requests.Select(r => new CourseMoment(X(r.SentAt), "sent")));
                moments.AddRange(takedown.Replies.Select(r => new CourseMoment(X(r.At), "reply")));
                moments.AddRange(takedown.Checks.Select(c => new CourseMoment(X(c.AnsweredAt), c.IsGone ? "gone" : "still")));
            }

            return new(records.Targets.Count == 1 ? "Removal" : $"Target {target.No}: {TargetWords.Name(target, hosts)}", stretches, moments);
        }
    }
}
