namespace PolicyFlows.Core.Settings;

/// <summary>What the trust's policy says about itself, and where its text stands.</summary>
/// <param name="Version">Label shown with every page that quotes a clause.</param>
/// <param name="ApprovedOn">First day of the month it was approved in, when only the month is known.</param>
/// <param name="RevisionDueOn">Last day of the month its revision was due in. Clause 11.2.</param>
public sealed record PolicyFacts(string Title, string Version, DateOnly ApprovedOn, DateOnly RevisionDueOn)
{
    /// <summary>True from the day after the revision was due.</summary>
    public bool IsOverdue(DateOnly today) => today > RevisionDueOn;
}
