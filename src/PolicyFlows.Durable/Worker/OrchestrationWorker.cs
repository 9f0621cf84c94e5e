using Microsoft.Extensions.Logging;

namespace PolicyFlows.Durable;

/// <summary>What a health page shows of a worker.</summary>
/// <param name="StoreFailure">Message of the last failed commit, if none has succeeded since.</param>
public sealed record WorkerHealth(bool Running, int Turns, int Activities, string? StoreFailure);

/// <summary>Runs the turns and activities of a store: step by step for tests and demonstrations, or as the loop of a server.</summary>
public sealed class OrchestrationWorker
{
    private readonly IOrchestrationStore store;
    private readonly DurableTaskRegistry registry;
    private readonly TimeProvider businessTime;
    private readonly OrchestrationSettings settings;
    private readonly TurnProcessor processor;
    private readonly ActivityRunner activities;
    private readonly DispatchLoop loop;
    private bool started;

    /// <summary>A worker; it does nothing until one of its methods runs.</summary>
    /// <param name="businessTime">Time of turns and timers; may be moved.</param>
    /// <param name="services">For activities; if it makes scopes, each activity gets one.</param>
    /// <param name="systemTime">Time of polls and time-outs; the machine's unless a test says otherwise.</param>
    public OrchestrationWorker(
        IOrchestrationStore store, DurableTaskRegistry registry, OrchestrationSettings settings, TimeProvider businessTime,
        IServiceProvider services, ILoggerFactory loggers, TimeProvider? systemTime = null)
    {
        this.store = store;
        this.registry = registry;
        this.businessTime = businessTime;
        this.settings = settings;
        var log = loggers.CreateLogger<OrchestrationWorker>();
        var machineTime = systemTime ?? TimeProvider.System;
        processor = new(store, registry, businessTime, settings, loggers, log);
        activities = new(registry, services, settings, machineTime, log);
        loop = new(store, processor, activities, settings, businessTime, machineTime, log);
    }

    /// <summary>Called after each committed turn with the instance's id; awaited before work goes on.</summary>
    public Func<string, Task>? TurnCommitted
    {
        get => processor.Committed;
        set => processor.Committed = value;
    }

    /// <summary>When the next timer of a live instance is due, if later than now; null if none.</summary>
    public DateTimeOffset? NextDue => store.ReadReady(businessTime.GetUtcNow(), default, 1).NextDue;

    /// <summary>State of the production loop.</summary>
    public WorkerHealth Health => loop.Health;

    /// <summary>Checks that every live instance has a class that serves it.</summary>
    /// <exception cref="InvalidOperationException">One has none; the message names kinds and versions.</exception>
    public void CheckRegistry()
    {
        var missing = store.LiveKinds().Where(k => registry.FindOrchestrator(k.Name, k.Version) is null).Select(k => $"'{k.Name}' at version {k.Version}").ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException($"Live orchestrations have no registered class: {string.Join(", ", missing)}. Run a program version that has them.");
    }

    /// <summary>
    /// Runs every turn and activity that is ready at the clock's now, one after the other, until none is. The order is always the same:
    /// turns before activities, each in the order of their rows.
    /// </summary>
    public async Task RunUntilIdleAsync(CancellationToken cancellation = default)
    {
        Start();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var ready = store.ReadReady(businessTime.GetUtcNow(), default, 1);
            if (ready.Instances.Count > 0)
            {
                await processor.RunAsync(ready.Instances[0], [], null);
            }
            else if (ready.Tasks.Count > 0)
            {
                var task = ready.Tasks[0];
                if (!await processor.MayTryAsync(task)) continue;
                TaskResult[] result = [new(task.Seq, await activities.RunAsync(task, limited: false))];
                while (await processor.RunAsync(task.Key, result, null) == TurnOutcome.Again) cancellation.ThrowIfCancellationRequested();
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Runs until cancelled: woken by commits and due timers, many instances side by side. Ends after the work in flight.</summary>
    /// <exception cref="InvalidOperationException">A live instance has no registered class.</exception>
    public Task RunAsync(CancellationToken cancellation)
    {
        Start();
        return loop.RunAsync(cancellation);
    }

    private void Start()
    {
        if (started) return;
        CheckRegistry();
        processor.Inherited = store.ReadMarks();
        started = true;
    }
}
