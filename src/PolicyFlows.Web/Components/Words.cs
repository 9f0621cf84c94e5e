using System.Globalization;

namespace PolicyFlows.Web.Components;

/// <summary>Wording shared by pages.</summary>
public static class Words
{
    /// <summary>A duration in whole days, hours, minutes or seconds, the largest unit that fits exactly: "4 hours", "2 days", "90 minutes". "24 hours" stays hours.</summary>
    public static string Of(TimeSpan duration)
    {
        var (count, unit) = duration switch
        {
            { TotalHours: > 48 } when duration.Ticks % TimeSpan.TicksPerDay == 0 => ((long)duration.TotalDays, "day"),
            { TotalHours: >= 1 } when duration.Ticks % TimeSpan.TicksPerHour == 0 => ((long)duration.TotalHours, "hour"),
            { TotalMinutes: >= 1 } => ((long)Math.Round(duration.TotalMinutes), "minute"),
            _ => ((long)Math.Round(duration.TotalSeconds), "second"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
    }
}
