using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Work;

/// <summary>
/// Walks all listed cases: drains forgotten wake-ups, hands on what people hold who have left, and starts, from its record, every orchestration
/// that should run and does not. Run at
/// start and every few minutes, so that a lost signal, a wiped engine or a failed instance costs at most one sweep.
/// </summary>
public sealed class Sweep(
    CaseListing listing, CaseStore cases, WakeupDrain drain, Tasks.Leavers leavers, DurableTaskClient engine, BusinessClock clock, ILogger<Sweep> logger)
{
    /// <summary>What the newest sweep could not do, without content; null when it did everything. For /health and the operator page.</summary>
    public string? Trouble { get; private set; }

    /// <summary>
    /// Sweeps. A case or orchestration that fails is logged, shown as <see cref="Trouble"/> and tried again by the next sweep; it holds up no other.
    /// </summary>
    /// <returns>How many orchestrations it had to start.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        string? trouble = null;
        var due = new List<WorkRow>();
        await foreach (var caseId in listing.AllAsync(cancellation: cancellation))
        {
            await TryAsync($"case {caseId}", () => drain.DrainAsync(caseId, cancellation));
            await TryAsync($"work of {caseId}", async () =>
                due.AddRange((await cases.ListAsync<WorkRow>(caseId, Rows.WorkPrefix, cancellation)).Select(w => w.Value).Where(w => w.From <= clock.Now)));
        }

        await TryAsync("tasks of people who left", async () =>
        {
            foreach (var task in await leavers.TasksAsync(cancellation)) await TryAsync($"task {task}", () => leavers.HandOnAsync(task, cancellation));
        });

        var started = 0;
        // Oldest first: after an outage what has waited longest is done first.
        foreach (var row in due.OrderBy(w => w.From).ThenBy(w => w.InstanceId, StringComparer.Ordinal))
        {
            await TryAsync($"instance {row.InstanceId}", async () =>
            {
                var instance = await engine.GetInstanceAsync(row.InstanceId, cancellation);
                // A blocked instance waits for an operator; starting it again would hide what is wrong with it.
                if (instance is not null && !instance.IsCompleted) return;
                await engine.ScheduleNewOrchestrationInstanceAsync(row.Name, row.Input, row.InstanceId, cancellation);
                started++;
            });
        }

        Trouble = trouble;
        return started;

        async Task TryAsync(string what, Func<Task> act)
        {
            try
            {
                await act();
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                logger.LogError(failure, "The sweep goes on without {What}.", what);
                trouble ??= $"{what}: {failure.GetType().Name}";
            }
        }
    }
}
