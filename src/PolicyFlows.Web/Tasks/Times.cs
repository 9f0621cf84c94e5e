using System.Globalization;
using PolicyFlows.Core.Calendar;

namespace PolicyFlows.Web.Tasks;

/// <summary>Times as task pages say them.</summary>
public static class Times
{
    /// <summary>"Monday 23 November 2026 at 02:00 (in 3 hours)", with the zone where the local hour alone would mislead.</summary>
    /// <param name="besides">When the question was asked: another zone than that is said.</param>
    public static string Due(DateTimeOffset at, DateTimeOffset besides, DateTimeOffset now) => $"{London.Format(at, LondonStyle.Full, besides)} ({Distance(at, now)})";

    /// <summary>"Mon 02:00" within six days, else the listed form.</summary>
    public static string Brief(DateTimeOffset at, DateTimeOffset now) =>
        London.Format(at, (at - now).Duration() < TimeSpan.FromDays(6) ? LondonStyle.Short : LondonStyle.Listed, besides: now);

    /// <summary>"in 3 hours", "20 minutes ago", "now". Rounded down, so that nobody is promised time that is not there.</summary>
    public static string Distance(DateTimeOffset at, DateTimeOffset now)
    {
        var span = (at - now).Duration();
        var (count, unit) = span switch
        {
            { TotalHours: >= 48 } => ((int)span.TotalDays, "day"),
            { TotalHours: >= 1 } => ((int)span.TotalHours, "hour"),
            { TotalMinutes: >= 1 } => ((int)span.TotalMinutes, "minute"),
            _ => (0, ""),
        };
        if (count == 0) return "now";
        var words = string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
        return at > now ? "in " + words : words + " ago";
    }
}
