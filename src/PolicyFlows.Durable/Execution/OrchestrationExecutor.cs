using Microsoft.Extensions.Logging;

namespace PolicyFlows.Durable;

/// <summary>Which execution is run. <paramref name="Key"/> is new at every start, also under an old id.</summary>
public sealed record OrchestrationIdentity(string InstanceId, long Key);

/// <summary>
/// The pure part of the engine: plays recorded turns again, then a new one, and says what the code asks for. It knows no store and no clock.
/// </summary>
public sealed class OrchestrationExecutor
{
    private readonly DurableTaskRegistry registry;
    private readonly OrchestrationSettings settings;
    private readonly EngineSynchronizationContext sync = new();
    private readonly ReplayContext context;
    private Task<object?>? run;
    private int turn;
    private int matched;
    private bool ended;

    private OrchestrationExecutor(DurableTaskRegistry registry, OrchestrationIdentity identity, OrchestrationSettings settings, ILoggerFactory loggers)
    {
        this.registry = registry;
        this.settings = settings;
        context = new(identity, sync, settings, loggers);
    }

    /// <summary>Runs one turn.</summary>
    /// <param name="history">All recorded events, whole turns.</param>
    /// <param name="incoming">What arrived since, in order; the first ever is <see cref="ExecutionStarted"/>.</param>
    /// <param name="at">Time of the new turn.</param>
    /// <returns>Actions and status. A mismatch, or code that leaves the engine's thread, gives status Blocked with the reason.</returns>
    public static TurnResult Run(
        DurableTaskRegistry registry, OrchestrationIdentity identity, IReadOnlyList<HistoryEvent> history, IReadOnlyList<IncomingEvent> incoming,
        DateTimeOffset at, OrchestrationSettings settings, ILoggerFactory loggers)
    {
        var executor = new OrchestrationExecutor(registry, identity, settings, loggers);
        TurnResult? result = null;
        try
        {
            executor.sync.Run(() => result = executor.RunTurns(history, incoming, at));
        }
        catch (ReplayMismatchException e)
        {
            return new(OrchestrationRuntimeStatus.Blocked, [], []) { BlockedReason = e.Message };
        }

        return result!;
    }

    private TurnResult RunTurns(IReadOnlyList<HistoryEvent> history, IReadOnlyList<IncomingEvent> incoming, DateTimeOffset at)
    {
        foreach (var recorded in history) Replay(recorded);
        EndRecordedTurn();

        turn++;
        context.Replaying = false;
        context.BeginTurn(at);
        foreach (var e in incoming) Deliver(e);
        CheckAwaits();
        return Result(history.Count, incoming, at);
    }

    private void Replay(HistoryEvent recorded)
    {
        switch (recorded)
        {
            case TurnStarted started:
                EndRecordedTurn();
                turn++;
                matched = 0;
                context.BeginTurn(started.At);
                break;
            case IncomingEvent e:
                Deliver(e);
                break;
            case ActionEvent e:
                Match(e);
                break;
        }
    }

    private void Deliver(IncomingEvent e)
    {
        if (ended) return;
        switch (e)
        {
            case ExecutionStarted start: Start(start); break;
            case EventRaised raised: context.Raise(raised); break;
            case ActivityCompleted done: context.Complete(done.N, e); break;
            case ActivityFailed failed: context.Complete(failed.N, e); break;
            case TimerFired fired: context.Complete(fired.N, e); break;
            case ChildCompleted done: context.Complete(done.N, e); break;
            case ChildFailed failed: context.Complete(failed.N, e); break;
        }

        sync.Pump();
        CheckThread();
        if (run is not { IsCompleted: true }) return;
        ended = true;
        context.Add(Completion());
    }

    private void Start(ExecutionStarted start)
    {
        if (run is not null) return;
        var code = registry.FindOrchestrator(start.Name, start.Version)
            ?? throw new ReplayMismatchException($"No registered class serves orchestration '{start.Name}' at version {start.Version}.");
        context.Begin(start);
        run = code.Run(context, start.Input);
    }

    private CompleteAction Completion()
    {
        if (run!.IsCompletedSuccessfully)
        {
            try
            {
                var output = Json.Write(run.Result);
                PayloadTooLargeException.Check("The output", output, settings.MaxPayloadBytes);
                return new(OrchestrationRuntimeStatus.Completed, output, null);
            }
            catch (Exception e) when (e is PayloadTooLargeException or System.Text.Json.JsonException or NotSupportedException)
            {
                return new(OrchestrationRuntimeStatus.Failed, null, Failures.From(e));
            }
        }

        var error = run.Exception?.InnerException ?? new OperationCanceledException("The orchestration ended as cancelled.");
        if (error is ReplayMismatchException) throw error;
        return new(OrchestrationRuntimeStatus.Failed, null, Failures.From(error));
    }

    private void Match(ActionEvent recorded)
    {
        var asked = matched < context.Actions.Count ? context.Actions[matched].ToEvent() : null;
        if (recorded != asked)
        {
            throw new ReplayMismatchException(
                $"Turn {turn}: history has {Describe(recorded)}, the code asks for {(asked is null ? "nothing more" : Describe(asked))}.");
        }

        matched++;
    }

    private void EndRecordedTurn()
    {
        if (turn == 0) return;
        CheckAwaits();
        if (matched < context.Actions.Count)
            throw new ReplayMismatchException($"Turn {turn}: the code asks for {Describe(context.Actions[matched].ToEvent())}, history has nothing more.");
    }

    private void CheckThread()
    {
        if (sync.Fault is { } fault) throw new ReplayMismatchException($"Turn {turn}: {fault}");
    }

    private void CheckAwaits()
    {
        CheckThread();
        if (run is { IsCompleted: false } && context.Open.Count == 0 && !context.Events.Awaited.Any())
            throw new ReplayMismatchException($"Turn {turn}: the orchestration waits for something that its context did not make.");
    }

    private TurnResult Result(int recorded, IReadOnlyList<IncomingEvent> incoming, DateTimeOffset at)
    {
        IReadOnlyList<OrchestratorAction> actions = [.. context.Actions];
        if (recorded + 1 + incoming.Count + actions.Count > settings.MaxHistoryEvents && !ended)
        {
            actions = [new CompleteAction(OrchestrationRuntimeStatus.Failed, null, new(
                "HistoryLimitExceeded", $"The history would pass {settings.MaxHistoryEvents} events. Work in smaller instances."))];
        }

        var end = actions.OfType<CompleteAction>().FirstOrDefault();
        return new(end?.Status ?? OrchestrationRuntimeStatus.Running,
            [new TurnStarted(at), .. incoming, .. actions.Select(a => a.ToEvent())], actions)
        {
            CustomStatus = context.CustomStatus,
            WaitingFor = end is null ? WaitingFor() : null,
            NextTimer = end is null ? context.Open.Min(t => t.Due) : null,
            BufferedEvents = context.Events.BufferedCount,
            TakenEvents = context.Events.TakenCount,
            IgnoredEvents = context.Ignored,
            OpenTasks = context.Open.Count,
        };
    }

    private string WaitingFor()
    {
        var waits = context.Events.Awaited.Select(name => $"event {name}").Concat(context.Open.Select(t => t.Label).Distinct()).ToList();
        return waits.Count <= 5 ? string.Join(", ", waits) : string.Join(", ", waits.Take(5)) + $" and {waits.Count - 5} more";
    }

    private static string Describe(ActionEvent e) => e switch
    {
        ActivityScheduled a => $"activity {a.N} '{a.Name}' (input {a.InputHash ?? "none"})",
        TimerCreated t => $"timer {t.N} due {t.Due:O}",
        TimerCancelled t => $"cancellation of timer {t.N}",
        ChildScheduled c => $"child {c.N} '{c.Name}' as '{c.InstanceId}' (input {c.InputHash ?? "none"})",
        ExecutionCompleted x => $"the end as {x.Status} (output {x.OutputHash ?? "none"})",
        _ => e.GetType().Name,
    };
}
