using Microsofts = Microsoft.DurableTask;

namespace PolicyFlows.Functions.Durable;

/// <summary>
/// Waits for events as the contract means them. Durable Task hands an event to the newest waiter of its name even if that wait was cancelled, and the
/// event is lost; so the engine is asked for one event of a name at a time, never cancelled, and who gets it is settled here.
/// </summary>
internal sealed class EventWaits(Microsofts.TaskOrchestrationContext engine)
{
    private readonly Dictionary<string, object> names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for the next event of a name.</summary>
    /// <exception cref="ArgumentException">The name was waited for with another type.</exception>
    public Task<T> WaitAsync<T>(string name, CancellationToken cancellation)
    {
        if (!names.TryGetValue(name, out var known)) names[name] = known = new Waiters<T>(() => engine.WaitForExternalEvent<T>(name));
        return known is Waiters<T> waiters ? waiters.WaitAsync(cancellation) : throw new ArgumentException($"Events called '{name}' were waited for with another type.", nameof(name));
    }

    private sealed class Waiters<T>(Func<Task<T>> next)
    {
        private readonly List<TaskCompletionSource<T>> waiting = [];
        private readonly Queue<T> kept = new();
        private bool listening;

        public Task<T> WaitAsync(CancellationToken cancellation)
        {
            if (cancellation.IsCancellationRequested) return Task.FromCanceled<T>(cancellation);
            if (kept.TryDequeue(out var there)) return Task.FromResult(there);
            var waiter = new TaskCompletionSource<T>();
            waiting.Add(waiter);
            cancellation.Register(() =>
            {
                if (waiting.Remove(waiter)) waiter.TrySetCanceled(cancellation);
            });
            if (!listening) _ = ListenAsync();
            return waiter.Task;
        }

        /// <summary>Replayed code like that of the orchestration: the same waits in the same order at every replay.</summary>
        private async Task ListenAsync()
        {
            listening = true;
            while (waiting.Count > 0)
            {
                var payload = await next();
                if (waiting.Count == 0)
                {
                    kept.Enqueue(payload);
                    continue;
                }

                var newest = waiting[^1];
                waiting.RemoveAt(waiting.Count - 1);
                newest.TrySetResult(payload);
            }

            listening = false;
        }
    }
}
