using Microsoft.Extensions.Logging;

namespace PolicyFlows.Durable;

/// <summary>How a turn went. Results that were handed in are spent unless it is <see cref="Again"/>.</summary>
internal enum TurnOutcome
{
    /// <summary>Committed; the instance moved on or was parked.</summary>
    Committed,

    /// <summary>There was nothing to do, or the instance is gone or finished.</summary>
    Nothing,

    /// <summary>Somebody else committed first.</summary>
    Stale,

    /// <summary>The engine failed at it; it may be tried again.</summary>
    Again,
}

/// <summary>Loads, runs and commits one turn.</summary>
internal sealed class TurnProcessor(
    IOrchestrationStore store, DurableTaskRegistry registry, TimeProvider businessTime, OrchestrationSettings settings, ILoggerFactory loggers, ILogger log)
{
    /// <summary>Rows up to here existed before this process: their tries are counted before they run, because the last one may have killed it.</summary>
    public StoreMarks Inherited { get; set; }

    /// <summary>Called after each committed turn with the instance's id.</summary>
    public Func<string, Task>? Committed { get; set; }

    /// <summary>Runs a turn of an instance on its visible messages and on <paramref name="results"/>.</summary>
    /// <exception cref="Exception">The store failed; the results are unspent.</exception>
    public async Task<TurnOutcome> RunAsync(long key, IReadOnlyList<TaskResult> results, HistoryCache? cache)
    {
        var known = cache?.Take(key);
        var now = businessTime.GetUtcNow();
        var instance = store.Load(key, now, known?.Count ?? 0);
        if (instance is null) return TurnOutcome.Nothing;
        if (instance.Status == OrchestrationRuntimeStatus.Blocked && results.Count > 0)
            return await CommitAsync(TurnCommits.Park(instance, null, results, now), instance);
        if (!instance.MayRun || (instance.Messages.Count == 0 && results.Count == 0)) return TurnOutcome.Nothing;

        var tries = 0;
        if (instance.Messages.Any(m => m.Seq <= Inherited.Message))
        {
            tries = await store.CountAttemptAsync(key, null);
            if (tries > settings.MaxAttempts) return await ParkAsync(instance, Poison("turn", "the process ended during each"), results, now);
        }

        try
        {
            return await RunLoadedAsync(instance, known ?? [], results, now, cache);
        }
        catch (EngineFaultException fault)
        {
            log.LogError(fault.InnerException, "A turn of {Instance} broke the engine", instance.InstanceId);
            if (tries == 0) tries = await store.CountAttemptAsync(key, null);
            if (tries < settings.MaxAttempts) return TurnOutcome.Again;
            return await ParkAsync(instance, Poison("turn", fault.InnerException!.Message), results, now);
        }
    }

    /// <summary>False, after parking the instance, if an inherited task was tried too often.</summary>
    public async Task<bool> MayTryAsync(ActivityTask task)
    {
        if (task.Seq > Inherited.Task) return true;
        if (await store.CountAttemptAsync(task.Key, task.Seq) <= settings.MaxAttempts) return true;
        var now = businessTime.GetUtcNow();
        if (store.Load(task.Key, now) is { } instance)
            await ParkAsync(instance, Poison($"activity '{task.Name}'", "the process ended during each"), [], now);
        return false;
    }

    private async Task<TurnOutcome> RunLoadedAsync(
        InstanceSnapshot instance, List<HistoryEvent> history, IReadOnlyList<TaskResult> results, DateTimeOffset now, HistoryCache? cache)
    {
        TurnResult turn;
        TurnCommit commit;
        try
        {
            history.AddRange(instance.ReadHistory());
            IReadOnlyList<IncomingEvent> incoming = [.. TurnCommits.InOrder(instance.Messages), .. results.Select(r => r.Event)];
            var last = (history.FindLast(e => e is TurnStarted) as TurnStarted)?.At;
            var at = last > now ? last.Value : now; // a clock that went back does not turn time back within an instance
            turn = OrchestrationExecutor.Run(registry, new(instance.InstanceId, instance.Key), history, incoming, at, settings, loggers);
            if (turn.BlockedReason is { } reason) return await ParkAsync(instance, new("ReplayMismatch", reason), results, now);
            commit = TurnCommits.Of(instance, history, turn, results, settings.ProgramVersion, now);
        }
        catch (Exception e)
        {
            throw new EngineFaultException(e);
        }

        Report(instance, turn);
        var outcome = await CommitAsync(commit, instance);
        if (outcome == TurnOutcome.Committed && turn.Status == OrchestrationRuntimeStatus.Running && cache is not null)
        {
            history.AddRange(turn.Events);
            cache.Put(instance.Key, history);
        }

        return outcome;
    }

    private async Task<TurnOutcome> ParkAsync(InstanceSnapshot instance, TaskFailureDetails why, IReadOnlyList<TaskResult> results, DateTimeOffset now)
    {
        log.LogError("Orchestration {Instance} is parked as Blocked: {Reason}", instance.InstanceId, why.ErrorMessage);
        return await CommitAsync(TurnCommits.Park(instance, why, results, now), instance);
    }

    private async Task<TurnOutcome> CommitAsync(TurnCommit commit, InstanceSnapshot instance)
    {
        if (!await store.CommitAsync(commit)) return TurnOutcome.Stale;
        if (Committed is { } callback) await callback(instance.InstanceId);
        return TurnOutcome.Committed;
    }

    private void Report(InstanceSnapshot instance, TurnResult turn)
    {
        if (turn.IgnoredEvents > 0) log.LogDebug("{Instance}: {Count} results came for tasks no longer open", instance.InstanceId, turn.IgnoredEvents);
        if (turn.Status == OrchestrationRuntimeStatus.Running) return;
        if (turn.OpenTasks > 0) log.LogWarning("{Instance} ended with {Count} open tasks; they are dropped", instance.InstanceId, turn.OpenTasks);
        if (turn.Actions.OfType<CompleteAction>().FirstOrDefault()?.Failure is { } failure)
            log.LogError("Orchestration {Instance} failed: {Type}: {Message}", instance.InstanceId, failure.ErrorType, failure.ErrorMessage);
    }

    private TaskFailureDetails Poison(string what, string why) =>
        new("Poison", $"A {what} was tried at least {settings.MaxAttempts} times without success: {why}.");

    private sealed class EngineFaultException(Exception inner) : Exception(inner.Message, inner);
}
