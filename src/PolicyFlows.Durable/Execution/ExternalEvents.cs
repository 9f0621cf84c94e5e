namespace PolicyFlows.Durable;

/// <summary>
/// Waiters and waiting events of one instance, by name without regard to case. An event goes to the newest live waiter; without one it is
/// kept in the order of arrival.
/// </summary>
internal sealed class ExternalEvents
{
    private readonly SortedDictionary<string, List<Action<string?>>> waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<string?>> buffered = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that somebody waits for, in order.</summary>
    public IEnumerable<string> Awaited => waiters.Where(w => w.Value.Count > 0).Select(w => w.Key);

    /// <summary>Events kept for later.</summary>
    public int BufferedCount => buffered.Values.Sum(q => q.Count);

    /// <summary>Events handed to a waiter so far.</summary>
    public int TakenCount { get; private set; }

    /// <summary>Takes the oldest kept event of a name.</summary>
    public bool TryTake(string name, out string? payload)
    {
        payload = null;
        if (!buffered.TryGetValue(name, out var queue) || !queue.TryDequeue(out payload)) return false;
        TakenCount++;
        return true;
    }

    /// <summary>Adds a waiter; calling the result removes it.</summary>
    public Func<bool> Wait(string name, Action<string?> take)
    {
        if (!waiters.TryGetValue(name, out var list)) waiters[name] = list = [];
        list.Add(take);
        return () => list.Remove(take);
    }

    /// <summary>Hands an event to the newest waiter or keeps it.</summary>
    public void Raise(string name, string? payload)
    {
        if (waiters.TryGetValue(name, out var list) && list.Count > 0)
        {
            var newest = list[^1];
            list.RemoveAt(list.Count - 1);
            TakenCount++;
            newest(payload);
            return;
        }

        if (!buffered.TryGetValue(name, out var queue)) buffered[name] = queue = new();
        queue.Enqueue(payload);
    }
}
