using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Index;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Work;

/// <summary>Does the wake-ups of a case and removes their rows. Dying between the two only means that one is done twice.</summary>
public sealed class WakeupDrain(IRecordStore records, DurableTaskClient engine, TaskServers servers, MailPump mail, CaseIndex index)
{
    /// <summary>Drains one case. Mail rows go to the pump, which removes them when the mail is out.</summary>
    public async Task DrainAsync(string caseId, CancellationToken cancellation = default)
    {
        var page = await records.RangeAsync(caseId, Cases.Rows.WakePrefix, cancellation: cancellation);
        var indexed = false;
        foreach (var row in page.Rows)
        {
            var wakeup = Json.Read<Wakeup>(row.Data)!;
            switch (wakeup.Kind)
            {
                case WakeupKind.Start:
                    await engine.ScheduleNewOrchestrationInstanceAsync(wakeup.Name!, wakeup.Input, wakeup.Target, cancellation);
                    break;
                case WakeupKind.Look:
                    await LookAsync(caseId, wakeup, cancellation);
                    break;
                case WakeupKind.Index:
                    if (!indexed) await index.PublishAsync(caseId, cancellation);
                    indexed = true;
                    break;
                case WakeupKind.Mail:
                    mail.Enqueue(new PendingMail(caseId, wakeup.Target, wakeup.Lane ?? MailLane.Other, row.Row));
                    continue;
                default:
                    throw new InvalidOperationException($"Unknown wake-up {wakeup.Kind}.");
            }

            await ForgetAsync(row, cancellation);
        }
    }

    private async Task LookAsync(string caseId, Wakeup wakeup, CancellationToken cancellation)
    {
        // Nobody serves it yet, or the instance is gone: whoever starts next reads the record first.
        if (await servers.GetAsync(caseId, wakeup.Target) is not { } instance) return;
        try
        {
            await engine.RaiseEventAsync(instance, HumanTask.EventName($"{caseId}~{wakeup.Target}", wakeup.Round), null, cancellation);
        }
        catch (InstanceNotFoundException)
        {
            // As above.
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
