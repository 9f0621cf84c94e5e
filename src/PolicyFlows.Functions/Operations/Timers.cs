using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Rounds;
using PolicyFlows.Core.Work;
using PolicyFlows.Functions.Hosting;

namespace PolicyFlows.Functions.Operations;

/// <summary>What happens without a request. Deadlines are timers of the orchestrations; this only catches what was lost.</summary>
public sealed class Timers(Sweep sweep, RoundsStarter rounds, HostState state, Invocation invocation, MailPump mail, ILogger<Timers> logger)
{
    /// <summary>Name of the sweep.</summary>
    public const string SweepName = "Sweep";

    /// <summary>Every five minutes: forgotten wake-ups, orchestrations that should run and do not (also failed ones), mail that waits, the day's rounds.</summary>
    [Function(SweepName)]
    public async Task SweepAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (timer.IsPastDue) Tell("the sweep itself comes late");
        try
        {
            await invocation.RunAsync(client, async () =>
            {
                var started = await sweep.RunAsync(cancellation);
                await rounds.StartAsync(cancellation);
                state.Swept();
                return started;
            });
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            Tell($"the sweep failed, {failure.GetType().Name}");
            throw;
        }

        if (sweep.Trouble is { } left) Tell(left);
        if (mail.Trouble is not null) Tell($"{mail.Count} mails wait for the mail provider");
    }

    /// <summary>An alert of infra/modules/alerts.bicep looks for these words. A line, not an exception: the alert reads lines.</summary>
    private void Tell(string what) => logger.LogError("Wake-ups are overdue: {What}.", what);
}
