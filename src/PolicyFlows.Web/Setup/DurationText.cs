using System.Globalization;
using System.Text.RegularExpressions;
using PolicyFlows.Core.Settings;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Setup;

/// <summary>A duration as people write it: "15 minutes", "4 hours", "7 days".</summary>
public static partial class DurationText
{
    /// <summary>The text, as <see cref="Read"/> takes it.</summary>
    public static string Of(DurationSetting setting, TimeSpan value) =>
        setting.IsWorkingDays ? string.Create(CultureInfo.InvariantCulture, $"{value.TotalDays} {(value.TotalDays == 1 ? "day" : "days")}") : Words.Of(value);

    /// <summary>The duration, or null when it is none.</summary>
    public static TimeSpan? Read(DurationSetting setting, string text)
    {
        if (Form().Match(text) is not { Success: true } match) return null;
        var count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return char.ToLowerInvariant(match.Groups["unit"].Value[0]) switch
        {
            'd' => TimeSpan.FromDays(count),
            _ when setting.IsWorkingDays => null,
            'h' => TimeSpan.FromHours(count),
            'm' => TimeSpan.FromMinutes(count),
            _ => TimeSpan.FromSeconds(count),
        };
    }

    [GeneratedRegex(@"^(?<count>\d{1,4})\s*(?<unit>s|sec|secs|seconds?|min|mins|minutes?|h|hrs?|hours?|d|days?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
