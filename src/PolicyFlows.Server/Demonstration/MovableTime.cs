
namespace PolicyFlows.Server.Demonstration;

/// <summary>Business time that stands still or runs with an offset, and can be set forward. Never backward.</summary>
public sealed class MovableTime(TimeProvider real, TimeSpan offset) : TimeProvider
{
    private TimeSpan ahead = offset;

    /// <summary>How far it is ahead of the real time.</summary>
    public TimeSpan Ahead => ahead;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + ahead;

    /// <summary>Sets it forward to an instant; an earlier one changes nothing.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        var now = GetUtcNow();
        if (instant > now) ahead += instant - now;
    }
}
