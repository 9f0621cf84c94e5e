using PolicyFlows.Web.Cases;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Dashboard;

/// <summary>What the dashboard shows to one person: only what they may see, also in counts.</summary>
public sealed record DashboardModel
{
    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whom they stand in for, in words; null for nobody.</summary>
    public string? StandingInFor { get; init; }

    /// <summary>That the policy's own revision is overdue; null when it is not.</summary>
    public string? PolicyOverdue { get; init; }

    /// <summary>Own tasks by due time.</summary>
    public IReadOnlyList<OwnTask> Tasks { get; init; } = [];

    /// <summary>Safeguarding concerns.</summary>
    public IReadOnlyList<AlertLine> Alerts { get; init; } = [];

    /// <summary>Open cases, newest first.</summary>
    public IReadOnlyList<ListedCase> Open { get; init; } = [];

    /// <summary>Closed cases, newest first.</summary>
    public IReadOnlyList<ListedCase> Closed { get; init; } = [];

    /// <summary>Counts of the above.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>Counts by school for those who see counts and nothing else.</summary>
    public IReadOnlyList<SchoolCounts> Counts { get; init; } = [];

    /// <summary>The person runs the program.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>The person may ask to read a case, with a reason.</summary>
    public bool MayAskToRead { get; init; }

    /// <summary>The person may see cases of some school, so an empty list is worth saying.</summary>
    public bool ListsCases { get; init; }
}

/// <summary>An own task.</summary>
public sealed record OwnTask(string Title, string Href, string Reference, string Due, bool Overdue, string Left, string Clause);

/// <summary>A safeguarding concern.</summary>
public sealed record AlertLine(string Reference, string Href, string School, string Sent, bool Unacknowledged);

/// <summary>A case in a list.</summary>
public sealed record ListedCase(string Reference, string Href, string School, string State, string Colour, string Reported, IReadOnlyList<ListedClock> Clocks);

/// <summary>A clock in a list: its name and how it stands, in words.</summary>
public sealed record ListedClock(string Text, string? Kind);

/// <summary>A large number with its meaning.</summary>
public sealed record Figure(int Count, string Meaning, bool Bad = false);

/// <summary>Counts of a school, without names, references or content.</summary>
public sealed record SchoolCounts(string School, int Open, int Undecided, int Missed, int Closed, int AlertsWaiting);
