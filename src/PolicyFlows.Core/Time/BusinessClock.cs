namespace PolicyFlows.Core.Time;

/// <summary>
/// The time in which deadlines are counted. Tests and the demonstration move it; sessions, codes and leases use the system's
/// <see cref="TimeProvider"/> instead (architecture rule 13).
/// </summary>
public sealed class BusinessClock(TimeProvider time)
{
    /// <summary>The provider behind it, for timers.</summary>
    public TimeProvider Provider { get; } = time;

    /// <summary>Now, UTC.</summary>
    public DateTimeOffset Now => Provider.GetUtcNow();
}
