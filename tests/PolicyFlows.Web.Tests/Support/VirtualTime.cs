namespace PolicyFlows.Web.Tests.Support;

/// <summary>Time that stands still until it is set.</summary>
public sealed class VirtualTime(DateTimeOffset at) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = at;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>The two clocks of the program, years apart, so that one taken for the other is found.</summary>
/// <param name="demonstration">Only business time moves, as with a demonstration's clock: people stay signed in.</param>
public sealed class TwoClocks(DateTimeOffset at, bool demonstration)
{
    /// <summary>In which deadlines are counted.</summary>
    public VirtualTime Business { get; } = new(at);

    /// <summary>Of sessions, codes and tokens.</summary>
    public VirtualTime System { get; } = new(new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero));

    /// <summary>Business time; setting it lets as much time pass on the other clock, unless in a demonstration.</summary>
    public DateTimeOffset Now
    {
        get => Business.Now;
        set
        {
            if (!demonstration) System.Now += value - Business.Now;
            Business.Now = value;
        }
    }
}

/// <summary>When stories begin.</summary>
public static class Moments
{
    /// <summary>Outside school hours, in winter.</summary>
    public static DateTimeOffset SundayNight { get; } = new(2026, 11, 22, 22, 0, 0, TimeSpan.Zero);

    /// <summary>In school hours.</summary>
    public static DateTimeOffset MondayMorning { get; } = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
}
