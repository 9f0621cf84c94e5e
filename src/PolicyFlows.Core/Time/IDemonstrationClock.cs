namespace PolicyFlows.Core.Time;

/// <summary>The movable clock of a demonstration. Only a host whose folder is a demonstration registers one.</summary>
public interface IDemonstrationClock
{
    /// <summary>Business time now.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Moves the time forward and does everything that falls due on the way, in the order of its time. Returns when it is done.</summary>
    /// <param name="by">Longer than nothing; it never goes back.</param>
    Task MoveAsync(TimeSpan by, CancellationToken cancellation = default);
}
