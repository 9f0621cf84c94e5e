using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Work;

/// <summary>
/// Walks all listed cases: drains forgotten wake-ups and starts, from its record, every orchestration that should run and does not. Run at
/// start and every few minutes, so that a lost signal, a wiped engine or a failed instance costs at most one sweep.
/// </summary>
public sealed class Sweep(CaseListing listing, CaseStore cases, WakeupDrain drain, DurableTaskClient engine, BusinessClock clock)
{
    /// <summary>Sweeps. Returns how many orchestrations it had to start.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        var due = new List<WorkRow>();
        await foreach (var caseId in listing.AllAsync(cancellation: cancellation))
        {
            await drain.DrainAsync(caseId, cancellation);
            var work = await cases.ListAsync<WorkRow>(caseId, Cases.Rows.WorkPrefix, cancellation);
            due.AddRange(work.Select(w => w.Value).Where(w => w.From <= clock.Now));
        }

        var started = 0;
        // Oldest first: after an outage what has waited longest is done first.
        foreach (var row in due.OrderBy(w => w.From).ThenBy(w => w.InstanceId, StringComparer.Ordinal))
        {
            var instance = await engine.GetInstanceAsync(row.InstanceId, cancellation);
            // A blocked instance waits for an operator; starting it again would hide what is wrong with it.
            if (instance is not null && !instance.IsCompleted) continue;
            await engine.ScheduleNewOrchestrationInstanceAsync(row.Name, row.Input, row.InstanceId, cancellation);
            started++;
        }

        return started;
    }
}
