using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Settings;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Report;

/// <summary>Who reads a report by when, and what happens if not: the order and the hours of scenario 2, in words.</summary>
internal static class ReadingSchedule
{
    /// <summary>Steps for the people in the order in which they are asked. The last of the order is in the headteacher's place.</summary>
    public static IReadOnlyList<Step> Of(IReadOnlyList<Reader> readers, DateTimeOffset reportedAt, Durations d)
    {
        if (readers.Count == 0) return [];
        var steps = new List<Step> { new($"By {At(d.DecisionDue)}", $"{readers[0].NameAndRole}, reads it and decides what to do.") };
        if (readers.Count > 2) steps.Add(new($"If not, at {At(d.DecisionDeputyJoins)}", $"{readers[1].NameAndRole}, is asked as well."));
        if (readers.Count > 1) steps.Add(new($"If still not, at {At(d.DecisionHeadteacherJoins)}", $"{readers[^1].NameAndRole}, is asked as well."));
        return steps;

        string At(TimeSpan after) => London.Format(reportedAt + after, besides: reportedAt);
    }
}
