using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Index;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Work;

/// <summary>Does the wake-ups of a case and removes their rows. Dying between the two only means that one is done twice.</summary>
public sealed class WakeupDrain(IRecordStore records, DurableTaskClient engine, TaskServers servers, MailPump mail, CaseIndex index, EvidenceKeeper evidence)
{
    /// <summary>
    /// Drains one case. Mail rows go to the pump, which removes them when the mail is out. A row that fails stays and holds up no other.
    /// </summary>
    /// <exception cref="AggregateException">Some rows failed; all others are done.</exception>
    public async Task DrainAsync(string caseId, CancellationToken cancellation = default)
    {
        var failures = new List<Exception>();
        string? continuation = null;
        do
        {
            var page = await records.RangeAsync(caseId, Rows.WakePrefix, continuation, cancellation: cancellation);
            await DrainAsync(page.Rows, failures, cancellation);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        if (failures.Count > 0) throw new AggregateException($"Wake-ups of {caseId} failed and stay; the others are done.", failures);
    }

    private async Task DrainAsync(IReadOnlyList<StoredRow> rows, List<Exception> failures, CancellationToken cancellation)
    {
        // Once a page: whatever is published after the page was read holds every act of the page.
        Task? published = null;
        foreach (var row in rows)
        {
            try
            {
                var wakeup = Json.Read<Wakeup>(row.Data)!;
                switch (wakeup.Kind)
                {
                    case WakeupKind.Start:
                        await engine.ScheduleNewOrchestrationInstanceAsync(wakeup.Name!, wakeup.Input, wakeup.Target, cancellation);
                        break;
                    case WakeupKind.Look:
                        await LookAsync(wakeup.Input ?? row.Partition, wakeup, cancellation);
                        break;
                    case WakeupKind.Index:
                        await (published ??= index.PublishAsync(row.Partition, cancellation));
                        break;
                    case WakeupKind.Keep:
                        await evidence.KeepAsync(row.Partition, cancellation);
                        break;
                    case WakeupKind.Mail:
                        mail.Enqueue(new PendingMail(row.Partition, wakeup.Target, wakeup.Lane ?? MailLane.Other, row.Row));
                        continue;
                    default:
                        throw new InvalidOperationException($"Unknown wake-up {wakeup.Kind}.");
                }

                await ForgetAsync(row, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                if (!failures.Contains(failure)) failures.Add(failure);
            }
        }
    }

    private async Task LookAsync(string caseId, Wakeup wakeup, CancellationToken cancellation)
    {
        // None: nobody serves it yet, and whoever starts next reads the record first.
        foreach (var instance in await servers.GetAsync(caseId, wakeup.Target))
        {
            try
            {
                await engine.RaiseEventAsync(instance, HumanTask.EventName($"{caseId}~{wakeup.Target}", wakeup.Round), null, cancellation);
            }
            catch (InstanceNotFoundException)
            {
                // The engine was wiped: as above.
            }
        }
    }

    private async Task ForgetAsync(StoredRow row, CancellationToken cancellation)
    {
        try
        {
            await records.CommitAsync(row.Partition, [new RowWrite.Delete(row.Row, row.Tag)], cancellation);
        }
        catch (RecordConflictException)
        {
            // Another drain was faster.
        }
    }
}
