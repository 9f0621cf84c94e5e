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
