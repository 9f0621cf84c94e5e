using Microsoft.DurableTask;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Functions.Tests.Engine;

/// <summary>
/// Business time on an engine that knows only real time. A wait of an hour is a wait of a quarter of a second; what wakes early looks at its record and
/// waits on, as after any wake-up. The story's clock stands still while work is done and then moves to the next wait that ends.
/// </summary>
internal sealed class Timetable(VirtualTime business)
{
    private static readonly TimeSpan Due = TimeSpan.FromMilliseconds(20);

    // Longer than the loop's moment of quiet: what wakes early and looks again must let the others come to rest.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private const double RealPerBusiness = 1 / 14400.0;

    private readonly Lock gate = new();
    private readonly List<(DateTime Real, DateTime Business)> moves = [(DateTime.MinValue, business.Now.UtcDateTime)];
    private readonly Dictionary<(string Instance, DateTime At), int> waits = [];

    /// <summary>End of the wait that ends first; null when nobody waits.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (gate) return waits.Count == 0 ? null : new DateTimeOffset(waits.Keys.Min(w => w.At), TimeSpan.Zero);
        }
    }

    /// <summary>Instances whose wait should have ended by now.</summary>
    public IReadOnlyList<string> Overdue
    {
        get
        {
            lock (gate) return [.. waits.Keys.Where(w => w.At <= business.Now.UtcDateTime).Select(w => $"{w.Instance} since {w.At:O}")];
        }
    }

    /// <summary>Whether an instance waits.</summary>
    public bool Waits(string instance)
    {
        lock (gate) return waits.Keys.Any(w => w.Instance == instance);
    }

    /// <summary>Business time at a real instant: the same whenever it is asked, because moves are only added.</summary>
    public DateTime ToBusiness(DateTime real)
    {
        lock (gate)
        {
            // The machine's time, because the engine stamps its turns with nothing else.
            if (moves[^1].Business != business.Now.UtcDateTime) moves.Add((DateTime.UtcNow, business.Now.UtcDateTime));
            return moves.FindLast(m => m.Real <= real).Business;
        }
    }

    /// <summary>Notes the story's time, before anything happens at it.</summary>
    public void Move() => ToBusiness(DateTime.UtcNow);

    /// <summary>Nobody waits any more: the engine was wiped.</summary>
    public void Clear()
    {
        lock (gate) waits.Clear();
    }

    /// <summary>An instance waits until <paramref name="at"/>, on the engine's own timer.</summary>
    public async Task WaitAsync(TaskOrchestrationContext engine, DateTime at, CancellationToken cancellation)
    {
        var key = (engine.InstanceId, at);
        if (!engine.IsReplaying) Count(key, +1);
        var left = (at - ToBusiness(engine.CurrentUtcDateTime)) * RealPerBusiness;
        var real = left <= TimeSpan.Zero ? Due : left < Shortest ? Shortest : left > Longest ? Longest : left;
        try
        {
            await engine.CreateTimer(engine.CurrentUtcDateTime + real, cancellation);
        }
        finally
        {
            if (!engine.IsReplaying) Count(key, -1);
        }
    }

    private void Count((string, DateTime) key, int by)
    {
        lock (gate)
        {
            var count = waits.GetValueOrDefault(key) + by;
            if (count <= 0) waits.Remove(key);
            else waits[key] = count;
        }
    }
}
