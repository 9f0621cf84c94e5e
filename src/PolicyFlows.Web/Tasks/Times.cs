using PolicyFlows.Core.Calendar;
using PolicyFlows.Web.Cases;

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

    /// <summary>"in 3 hours 59 minutes", "20 minutes ago", "now": to the minute as everywhere else, so that no two pages seem to differ.</summary>
    public static string Distance(DateTimeOffset at, DateTimeOffset now)
    {
        if ((at - now).Duration() < TimeSpan.FromMinutes(1)) return "now";
        var words = CaseWords.Span(at - now);
        return at > now ? "in " + words : words + " ago";
    }
}
