using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Operations;
using PolicyFlows.Core.Rounds;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;

namespace PolicyFlows.Server.Hosting;

/// <summary>
/// Everything that happens without a request: drains, the engine, mail by lane, the sweep, the daily rounds. As loops in a running server;
/// step by step, in a fixed order, for tests and for the demonstration's movable clock.
/// </summary>
public sealed class Runner(
    WakeupSignal signal, WakeupDrain drain, Sweep sweep, MailPump mail, OrchestrationWorker engine, RoundsStarter rounds,
    TimeProvider system, RunnerSettings settings, ILogger<Runner> logger) : IHostedService, IRunnerState, IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly SemaphoreSlim mailArrived = new(0);
    private CancellationTokenSource? stop;
    private Task loops = Task.CompletedTask;

    /// <summary>System time of the last finished sweep, for /health and the operator page.</summary>
    public DateTimeOffset? LastSweep { get; private set; }

    /// <summary>Why the last loop step failed, or null while all is well.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Business time at which something happens next without anybody's act.</summary>
    public DateTimeOffset NextDue => new[] { engine.NextDue, mail.NextDue, rounds.NextAt }.OfType<DateTimeOffset>().Min();

    /// <summary>Does everything that is due at the clock's now and returns when nothing is left.</summary>
    public async Task RunUntilIdleAsync(CancellationToken cancellation = default)
    {
        await rounds.StartAsync(cancellation);
        bool progressed;
        do
        {
            progressed = false;
            while (signal.TryTake() is { } caseId)
            {
                await drain.DrainAsync(caseId, cancellation);
                progressed = true;
            }

            await engine.RunUntilIdleAsync(cancellation);
            progressed |= signal.HasWork;
            progressed |= !signal.HasWork && await mail.SendDueAsync(MailLane.Other, cancellation) > 0;
        }
        while (progressed || signal.HasWork);
    }

    /// <summary>Stops the loops, runs <paramref name="work"/> alone, and starts them again if they ran.</summary>
    public async Task AloneAsync(Func<Task> work, CancellationToken cancellation = default)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            var ran = stop is not null;
            await EndLoopsAsync();
            try
            {
                await work();
            }
            finally
            {
                if (ran) BeginLoops();
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        engine.CheckRegistry();
        await gate.WaitAsync(cancellationToken);
        BeginLoops();
        gate.Release();
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        await EndLoopsAsync();
        gate.Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop?.Dispose();
        gate.Dispose();
        mailArrived.Dispose();
    }

    private void BeginLoops()
    {
        stop = new CancellationTokenSource();
        var token = stop.Token;
        loops = Task.WhenAll(
            Task.Run(() => engine.RunAsync(token), CancellationToken.None),
            Task.Run(() => LoopAsync("drain", DrainNextAsync, token), CancellationToken.None),
            // A lane of its own, so that an alert never waits for another mail's time-out.
            Task.Run(() => LoopAsync("safeguarding mail", t => MailStepAsync(MailLane.Safeguarding, t), token), CancellationToken.None),
            Task.Run(() => LoopAsync("mail", t => MailStepAsync(MailLane.Other, t), token), CancellationToken.None),
            Task.Run(() => LoopAsync("sweep", SweepStepAsync, token), CancellationToken.None));
    }

    private async Task EndLoopsAsync()
    {
        if (stop is null) return;
        await stop.CancelAsync();
        try
        {
            await loops;
        }
        catch (OperationCanceledException)
        {
            // Asked for.
        }

        stop.Dispose();
        stop = null;
    }

    private async Task LoopAsync(string name, Func<CancellationToken, Task> step, CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            try
            {
                await step(token);
                LastFailure = null;
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // A full disk or a busy store must not end the loop: rows stay, and the next step tries again.
                LastFailure = $"{name}: {failure.GetType().Name}";
                logger.LogError(failure, "The {Loop} loop failed and goes on in {Pause}.", name, settings.PauseAfterFailure);
                await Task.Delay(settings.PauseAfterFailure, system, token);
            }
        }
    }

    private async Task DrainNextAsync(CancellationToken token)
    {
        await signal.WaitAsync(token);
        while (signal.TryTake() is { } caseId)
        {
            try
            {
                await drain.DrainAsync(caseId, token);
            }
            catch (Exception) when (!token.IsCancellationRequested)
            {
                signal.Notify(caseId);
                throw;
            }

            if (mail.Count > 0) mailArrived.Release(2);
        }
    }

    private async Task MailStepAsync(MailLane lowest, CancellationToken token)
    {
        await mail.SendDueAsync(lowest, token);
        // The business clock may be moved by a person, so its due times are polled.
        await mailArrived.WaitAsync(settings.Poll, token);
    }

    private async Task SweepStepAsync(CancellationToken token)
    {
        await sweep.RunAsync(token);
        await rounds.StartAsync(token);
        LastSweep = system.GetUtcNow();
        if (mail.Count > 0) mailArrived.Release(2);
        await Task.Delay(settings.SweepEvery, system, token);
    }
}

/// <summary>Pace of the loops, in system time.</summary>
public sealed record RunnerSettings
{
    /// <summary>Longest wait between two looks at due mail.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Time between two sweeps.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Rest after a failure.</summary>
    public TimeSpan PauseAfterFailure { get; init; } = TimeSpan.FromSeconds(2);
}
