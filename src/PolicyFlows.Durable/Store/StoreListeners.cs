namespace PolicyFlows.Durable;

/// <summary>The listeners of a store.</summary>
public sealed class StoreListeners
{
    private readonly Lock gate = new();
    private Action<StoreChange>[] all = [];

    /// <summary>Adds one; disposing the result removes it.</summary>
    public IDisposable Add(Action<StoreChange> listener)
    {
        lock (gate) all = [.. all, listener];
        return new Subscription(this, listener);
    }

    /// <summary>Calls all.</summary>
    public void Tell(StoreChange change)
    {
        foreach (var listener in Volatile.Read(ref all)) listener(change);
    }

    private sealed class Subscription(StoreListeners listeners, Action<StoreChange> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (listeners.gate) listeners.all = [.. listeners.all.Where(l => l != listener)];
        }
    }
}
