using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace PolicyFlows.Durable;

/// <summary>The context of one run of an orchestration: numbers what the code asks for and holds the tasks it awaits.</summary>
internal sealed class ReplayContext(
    OrchestrationIdentity identity, EngineSynchronizationContext sync, OrchestrationSettings settings, ILoggerFactory loggers) : TaskOrchestrationContext
{
    private readonly SortedDictionary<int, OpenTask> open = [];
    private readonly List<OrchestratorAction> actions = [];
    private int lastNumber;
    private int lastGuid;
    private DateTimeOffset now;
    private ExecutionStarted? started;

    public ExternalEvents Events { get; } = new();

    public IReadOnlyList<OrchestratorAction> Actions => actions;

    public IReadOnlyCollection<OpenTask> Open => open.Values;

    public string? CustomStatus { get; private set; }

    public int Ignored { get; private set; }

    public bool Replaying { get; set; } = true;

    public override string Name => started!.Name;

    public override string InstanceId => identity.InstanceId;

    public override string Version => started!.Version;

    public override bool IsReplaying => Replaying;

    public override DateTime CurrentUtcDateTime
    {
        get
        {
            Guard();
            return now.UtcDateTime;
        }
    }

    /// <summary>Begins a turn: the time it sees, and no actions yet.</summary>
    public void BeginTurn(DateTimeOffset at)
    {
        now = at;
        actions.Clear();
    }

    /// <summary>Adds the end of the orchestration, the one action that the code does not ask for by a call.</summary>
    public void Add(CompleteAction end) => actions.Add(end);

    public void Begin(ExecutionStarted start) => started = start;

    /// <summary>Completes the open task that an event is for; one that is not open any more is counted and ignored.</summary>
    public void Complete(int n, IncomingEvent result)
    {
        if (!open.Remove(n, out var task)) Ignored++;
        else sync.Complete(() => task.Complete(result));
    }

    public void Raise(EventRaised raised) => Events.Raise(raised.Name, raised.Payload);

    public override Task<TResult> CallActivityAsync<TResult>(string name, object? input = null, TaskOptions? options = null)
    {
        Guard();
        ArgumentException.ThrowIfNullOrEmpty(name);
        var payload = Payload($"The input of activity '{name}'", input);
        return options?.Retry is { } retry ? WithRetry(retry, () => Call<TResult>(name, payload)) : Call<TResult>(name, payload);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(string name, object? input, SubOrchestrationOptions options)
    {
        Guard();
        ArgumentException.ThrowIfNullOrEmpty(name);
        InstanceIds.Check(options.InstanceId);
        var payload = Payload($"The input of child '{name}'", input);
        Task<TResult> Start() => Schedule<TResult>(
            n => new ScheduleChildAction(n, name, options.InstanceId, payload), name, $"child {name} '{options.InstanceId}'");
        return options.Retry is { } retry ? WithRetry(retry, Start) : Start();
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Guard();
        if (fireAt.Kind == DateTimeKind.Local) throw new ArgumentException("A timer is due in UTC.", nameof(fireAt));
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        var due = new DateTimeOffset(DateTime.SpecifyKind(fireAt, DateTimeKind.Utc));
        var n = ++lastNumber;
        actions.Add(new CreateTimerAction(n, due));
        var done = new TaskCompletionSource();
        open.Add(n, new("timer", due, _ => done.TrySetResult()));
        OnCancel(cancellationToken, () =>
        {
            if (!open.Remove(n)) return;
            actions.Add(new CancelTimerAction(n));
            sync.Complete(() => done.TrySetCanceled(cancellationToken));
        });
        return done.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        Guard();
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var done = new TaskCompletionSource<T>();
        if (Events.TryTake(eventName, out var kept))
        {
            SetFrom(done, kept);
            return done.Task;
        }

        var remove = Events.Wait(eventName, payload => sync.Complete(() => SetFrom(done, payload)));
        OnCancel(cancellationToken, () =>
        {
            if (remove()) sync.Complete(() => done.TrySetCanceled(cancellationToken));
        });
        return done.Task;
    }

    public override void SetCustomStatus(object? customStatus)
    {
        Guard();
        CustomStatus = Payload("The custom status", customStatus);
    }

    public override Guid NewGuid()
    {
        Guard();
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{identity.InstanceId}\n{identity.Key}\n{++lastGuid}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80); // RFC 9562 version 8: made by a rule of our own
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public override ILogger CreateReplaySafeLogger(string categoryName) => new ReplaySafeLogger(loggers.CreateLogger(categoryName), this);

    private Task<TResult> Call<TResult>(string name, string? payload) =>
        Schedule<TResult>(n => new ScheduleActivityAction(n, name, payload), name, $"activity {name}");

    private Task<TResult> Schedule<TResult>(Func<int, OrchestratorAction> action, string name, string label)
    {
        Guard();
        var n = ++lastNumber;
        actions.Add(action(n));
        var done = new TaskCompletionSource<TResult>();
        open.Add(n, new(label, null, result =>
        {
            switch (result)
            {
                case ActivityCompleted completed: SetFrom(done, completed.Result); break;
                case ChildCompleted completed: SetFrom(done, completed.Result); break;
                case ActivityFailed failed: done.TrySetException(new TaskFailedException(name, failed.Failure)); break;
                case ChildFailed failed: done.TrySetException(new TaskFailedException(name, failed.Failure)); break;
            }
        }));
        return done.Task;
    }

    /// <summary>A retry is ordinary replayed code: a failed result, a durable timer, the same call under a new number.</summary>
    private async Task<TResult> WithRetry<TResult>(RetryPolicy retry, Func<Task<TResult>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException) when (attempt < retry.MaxNumberOfAttempts)
            {
                await CreateTimer((now + Delay(retry, attempt)).UtcDateTime, CancellationToken.None);
            }
        }
    }

    private static TimeSpan Delay(RetryPolicy retry, int attempt)
    {
        var limit = retry.MaxRetryInterval ?? TimeSpan.FromDays(365);
        var seconds = retry.FirstRetryInterval.TotalSeconds * Math.Pow(retry.BackoffCoefficient, attempt - 1);
        return seconds >= limit.TotalSeconds ? limit : TimeSpan.FromSeconds(seconds);
    }

    private void OnCancel(CancellationToken token, Action cancel)
    {
        if (!token.CanBeCanceled) return;
        token.Register(() =>
        {
            if (sync.IsCurrent) cancel();
            else sync.Blame("A token was cancelled from another thread or outside the turn, for example by a timer of its own.");
        }, useSynchronizationContext: false);
    }

    private string? Payload(string what, object? value)
    {
        var payload = Json.Write(value);
        PayloadTooLargeException.Check(what, payload, settings.MaxPayloadBytes);
        return payload;
    }

    private static void SetFrom<T>(TaskCompletionSource<T> done, string? payload)
    {
        try
        {
            done.TrySetResult(Json.Read<T>(payload)!);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or NotSupportedException)
        {
            done.TrySetException(e);
        }
    }

    private void Guard()
    {
        if (sync.IsCurrent) return;
        const string message = "The orchestration used its context off the engine's thread: it awaited foreign work or used ConfigureAwait(false).";
        sync.Blame(message);
        throw new ReplayMismatchException(message);
    }

    /// <summary>A task that the code may await; <see cref="Due"/> is set for timers only.</summary>
    internal sealed record OpenTask(string Label, DateTimeOffset? Due, Action<IncomingEvent> Complete);

    private sealed class ReplaySafeLogger(ILogger inner, ReplayContext context) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => !context.Replaying && inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!context.Replaying) inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
