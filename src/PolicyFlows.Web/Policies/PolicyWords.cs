using System.Globalization;
using PolicyFlows.Core.Settings;

namespace PolicyFlows.Web.Policies;

/// <summary>What is said about the state of the policy itself.</summary>
public static class PolicyWords
{
    /// <summary>That its revision is overdue, since when and for how long; null when it is not.</summary>
    public static string? Overdue(PolicyFacts policy, DateOnly today)
    {
        if (!policy.IsOverdue(today)) return null;
        var months = ((today.Year - policy.RevisionDueOn.Year) * 12) + today.Month - policy.RevisionDueOn.Month - (today.Day < policy.RevisionDueOn.Day ? 1 : 0);
        var (years, rest) = (months / 12, months % 12);
        var since = string.Join(" and ", new[] { Count(years, "year"), Count(rest, "month") }.OfType<string>().DefaultIfEmpty("less than a month"));
        return $"The {policy.Title} has been due for revision since {Month(policy.RevisionDueOn)}: {since} overdue.";
    }

    private static string? Count(int count, string noun) => count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>"November 2021".</summary>
    public static string Month(DateOnly day) => day.ToString("MMMM yyyy", CultureInfo.InvariantCulture);
}
