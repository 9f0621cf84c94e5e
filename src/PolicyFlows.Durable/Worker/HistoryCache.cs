using System.Collections.Concurrent;

namespace PolicyFlows.Durable;

/// <summary>Histories of instances that ran lately, already read. Never trusted: an entry is used only if its length is the store's, and dropped after any commit that did not succeed.</summary>
internal sealed class HistoryCache(int maxEvents)
{
    private readonly ConcurrentDictionary<long, List<HistoryEvent>> entries = new();
    private int events;

    public List<HistoryEvent>? Take(long key)
    {
        if (!entries.TryRemove(key, out var entry)) return null;
        Interlocked.Add(ref events, -entry.Count);
        return entry;
    }

    public void Put(long key, List<HistoryEvent> entry)
    {
        if (Interlocked.Add(ref events, entry.Count) > maxEvents) Clear();
        else entries[key] = entry;
    }

    public void Clear()
    {
        entries.Clear();
        Interlocked.Exchange(ref events, 0);
    }
}
