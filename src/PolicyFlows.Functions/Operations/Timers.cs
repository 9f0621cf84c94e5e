using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Rounds;
using PolicyFlows.Core.Work;
using PolicyFlows.Functions.Hosting;

namespace PolicyFlows.Functions.Operations;

/// <summary>What happens without a request. Deadlines are timers of the orchestrations; this only catches what was lost.</summary>
public sealed class Timers(Sweep sweep, RoundsStarter rounds, HostState state, Invocation invocation, ILogger<Timers> logger)
{
    /// <summary>Name of the sweep.</summary>
    public const string SweepName = "Sweep";

    /// <summary>Every five minutes: forgotten wake-ups, orchestrations that should run and do not (also failed ones), mail that waits, the day's rounds.</summary>
    [Function(SweepName)]
    public Task SweepAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        invocation.RunAsync(client, async () =>
        {
            var started = await sweep.RunAsync(cancellation);
            await rounds.StartAsync(cancellation);
            state.Swept();
            // An alert of infra/modules/alerts.bicep looks for these words.
            if (sweep.Trouble is not null) logger.LogError("Wake-ups are overdue: {Trouble}", sweep.Trouble);
            return started;
        });
}
