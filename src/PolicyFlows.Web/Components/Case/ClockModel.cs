namespace PolicyFlows.Web.Components;

/// <summary>How a clock stands.</summary>
public enum ClockState
{
    /// <summary>What starts it has not happened yet.</summary>
    Waiting,

    /// <summary>Running, nothing to worry about.</summary>
    Running,

    /// <summary>Running, and a warning has been sent.</summary>
    Warning,

    /// <summary>Done in time.</summary>
    Kept,

    /// <summary>Not done in time, whether or not it was done later.</summary>
    Missed,
}

/// <summary>One clock as drawn. Callers word the times; the drawing only repeats them.</summary>
/// <param name="Name">"Decision", "Request sent", "Removed".</param>
/// <param name="Elapsed">Share of the time that has passed, 0 to 1; more is drawn as 1.</param>
/// <param name="Remark">The one thing to know: "5 hours 20 minutes left", "Kept after 2 hours", "Missed by 3 hours".</param>
/// <param name="Facts">Start and due time in words.</param>
public sealed record ClockModel(string Name, ClockState State, double Elapsed, string Remark, string Facts)
{
    /// <summary>Shares of the time at which a warning is sent; drawn as gaps.</summary>
    public IReadOnlyList<double> Marks { get; init; } = [];

    /// <summary>Clause of the policy that asks for it: "9.3".</summary>
    public string? Clause { get; init; }
}
