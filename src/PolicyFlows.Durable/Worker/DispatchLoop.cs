using Microsoft.Extensions.Logging;

namespace PolicyFlows.Durable;

/// <summary>
/// The production loop. What is in flight is known in memory only: one process owns the store, so a lease needs no disk and ends with the
/// process. An instance has at most one turn in flight; results that arrive meanwhile wait and go into its next turn together.
/// </summary>
internal sealed class DispatchLoop(
    IOrchestrationStore store, TurnProcessor processor, ActivityRunner activities, OrchestrationSettings settings, TimeProvider businessTime,
    TimeProvider systemTime, ILogger log)
{
    private const int ReadAtOnce = 256;
    private const int MaxCachedEvents = 200_000;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim signal = new(0, 1);
    private readonly HistoryCache cache = new(MaxCachedEvents);
    private readonly Dictionary<long, Work> instances = [];
    private readonly Queue<long> ready = new();
    private readonly Queue<ActivityTask> waiting = new();
    private readonly HashSet<long> knownTasks = [];
    private StoreMarks marks;
    private DateTimeOffset? nextDue;
    private int signalled;
    private int turns;
    private int running;
    private bool reset;
    private bool active;
    private string? storeFailure;

    public WorkerHealth Health
    {
        get
        {
            lock (gate) return new(active, turns, running, storeFailure);
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        lock (gate)
        {
            active = true;
            reset = true; // a loop that ran before may remember work that was done step by step since
        }

        using var subscription = store.Subscribe(OnChanged);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var more = TryRead();
                StartTurns(stop);
                StartActivities(stop);
                if (!more) await SleepAsync(stop);
            }

            await DrainAsync();
        }
        finally
        {
            lock (gate) active = false;
        }
    }

    private void OnChanged(StoreChange change)
    {
        if (change == StoreChange.Reset)
        {
            lock (gate) reset = true;
        }

        Signal();
    }

    private void Signal()
    {
        if (Interlocked.Exchange(ref signalled, 1) == 0) signal.Release();
    }

    private async Task WaitAsync(TimeSpan longest, CancellationToken stop)
    {
        // Only who took the signal may allow the next one: the semaphore holds one.
        if (await signal.WaitAsync(longest, stop)) Volatile.Write(ref signalled, 0);
    }

    private async Task SleepAsync(CancellationToken stop)
    {
        var sleep = settings.PollInterval;
        if (nextDue - businessTime.GetUtcNow() is { } untilDue && untilDue < sleep) sleep = untilDue > TimeSpan.Zero ? untilDue : TimeSpan.FromMilliseconds(1);
        try
        {
            await WaitAsync(sleep, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>Reads what became ready. True if there is more to read at once.</summary>
    private bool TryRead()
    {
        lock (gate)
        {
            if (reset) Forget();
            if (waiting.Count >= ReadAtOnce * 4) return false;
            try
            {
                var found = store.ReadReady(businessTime.GetUtcNow(), marks, ReadAtOnce);
                foreach (var key in found.Instances) MarkReady(key);
                foreach (var task in found.Tasks)
                {
                    if (knownTasks.Add(task.Seq)) waiting.Enqueue(task);
                }

                // A commit that failed keeps its turn in flight. Without one, a read that succeeds is all there is to go by.
                if (turns == 0 && ready.Count == 0) storeFailure = null;
                marks = found.Marks;
                nextDue = found.NextDue;
                return found.Tasks.Count == ReadAtOnce || found.Instances.Count == ReadAtOnce;
            }
            catch (Exception e)
            {
                ReportStoreFailure(e);
                return false;
            }
        }
    }

    private void Forget()
    {
        reset = false;
        marks = default;
        cache.Clear();
        foreach (var task in waiting) knownTasks.Remove(task.Seq);
        waiting.Clear();
    }

    private void MarkReady(long key)
    {
        if (!instances.TryGetValue(key, out var work)) instances[key] = work = new();
        if (work.Running) work.Dirty = true;
        else if (!work.Queued)
        {
            work.Queued = true;
            ready.Enqueue(key);
        }
    }

    private void StartTurns(CancellationToken stop)
    {
        while (true)
        {
            long key;
            List<TaskResult> results;
            lock (gate)
            {
                if (turns >= settings.MaxConcurrentTurns || !ready.TryDequeue(out key)) return;
                var work = instances[key];
                work.Queued = false;
                work.Running = true;
                results = work.Results;
                work.Results = [];
                turns++;
            }

            _ = TurnAsync(key, results, stop);
        }
    }

    private async Task TurnAsync(long key, List<TaskResult> results, CancellationToken stop)
    {
        var outcome = TurnOutcome.Again;
        try
        {
            outcome = await processor.RunAsync(key, results, cache);
            lock (gate) storeFailure = null;
        }
        catch (Exception e)
        {
            lock (gate) ReportStoreFailure(e);
        }

        if (outcome == TurnOutcome.Again) await PauseAsync(stop);
        lock (gate)
        {
            turns--;
            var work = instances[key];
            work.Running = false;
            if (outcome == TurnOutcome.Again)
            {
                work.Results.InsertRange(0, results);
                work.Dirty = true;
            }
            else
            {
                foreach (var result in results) knownTasks.Remove(result.TaskSeq);
                if (outcome == TurnOutcome.Stale) reset = true;
            }

            var again = work.Dirty || work.Results.Count > 0;
            work.Dirty = false;
            if (again) MarkReady(key);
            else instances.Remove(key);
        }

        Signal();
    }

    private void StartActivities(CancellationToken stop)
    {
        while (true)
        {
            ActivityTask? task;
            lock (gate)
            {
                // While the store fails no result could be kept, so nothing more is set off in the world.
                if (running >= settings.MaxConcurrentActivities || storeFailure is not null || stop.IsCancellationRequested || !waiting.TryDequeue(out task)) return;
                running++;
            }

            _ = Task.Run(() => ActivityAsync(task, stop), CancellationToken.None);
        }
    }

    private async Task ActivityAsync(ActivityTask task, CancellationToken stop)
    {
        IncomingEvent? result = null;
        try
        {
            if (await processor.MayTryAsync(task)) result = await activities.RunAsync(task, limited: true);
        }
        catch (Exception e)
        {
            lock (gate) ReportStoreFailure(e);
            await PauseAsync(stop);
            lock (gate) reset = true;
        }

        lock (gate)
        {
            running--;
            if (result is null)
            {
                knownTasks.Remove(task.Seq);
            }
            else
            {
                if (!instances.TryGetValue(task.Key, out var work)) instances[task.Key] = work = new();
                work.Results.Add(new(task.Seq, result));
                MarkReady(task.Key);
            }
        }

        Signal();
    }

    private async Task DrainAsync()
    {
        var since = systemTime.GetTimestamp();
        while (systemTime.GetElapsedTime(since) < settings.StopTimeout)
        {
            StartTurns(CancellationToken.None);
            lock (gate)
            {
                if (turns == 0 && running == 0) return;
            }

            await WaitAsync(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        }

        log.LogWarning("The worker stopped with {Turns} turns and {Activities} activities in flight; they run again at the next start", turns, running);
    }

    private async Task PauseAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(settings.PollInterval, systemTime, stop);
        }
        catch (OperationCanceledException)
        {
            return; // stopping: try once more, then give up
        }
    }

    private void ReportStoreFailure(Exception e)
    {
        if (storeFailure != e.Message) log.LogError(e, "The engine's store failed; results are kept in memory and tried again");
        storeFailure = e.Message;
    }

    private sealed class Work
    {
        public bool Running { get; set; }

        public bool Queued { get; set; }

        public bool Dirty { get; set; }

        public List<TaskResult> Results { get; set; } = [];
    }
}
