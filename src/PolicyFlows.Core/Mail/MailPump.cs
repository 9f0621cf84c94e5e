using Microsoft.Extensions.Logging;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Mail;

/// <summary>A mail that waits, with the wake-up row that keeps it from being forgotten.</summary>
public sealed record PendingMail(string CaseId, string Key, MailLane Lane, string WakeRow);

/// <summary>
/// Sends outbox rows by lane: safeguarding first, and never behind another. The rows are the truth and the sweep fills the pump again after
/// a restart. While the server is down everything is tried again in lane order, at most <see cref="Settings.Durations.MailRetryMax"/> apart.
/// </summary>
public sealed class MailPump(
    IRecordStore records, IMailTransport transport, IMailWriter writer, DirectoryStore directories, DeliveryTrouble trouble, BusinessClock clock,
    ILogger<MailPump> logger)
{
    // After this many failures in a row the server is taken to be down and the rest of the round is spared.
    private const int DownAfter = 3;
    private readonly Lock gate = new();
    private readonly Dictionary<(string Case, string Key), Waiting> pending = [];
    private int failedRounds;
    private DateTimeOffset notBefore = DateTimeOffset.MinValue;
    private long arrivals;

    private sealed record Waiting(PendingMail Mail, long Arrival, int Tries, TaskCompletionSource? Flight = null);

    /// <summary>Number of mails that wait.</summary>
    public int Count
    {
        get
        {
            lock (gate) return pending.Count;
        }
    }

    /// <summary>When the next round is due; null when nothing waits.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate) return pending.Count == 0 ? null : notBefore;
        }
    }

    /// <summary>Null while mail goes out; else what the server said last.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Adds a mail; twice is once.</summary>
    public void Enqueue(PendingMail mail)
    {
        lock (gate) pending.TryAdd((mail.CaseId, mail.Key), new(mail, arrivals++, 0));
    }

    /// <summary>
    /// Sends what is due in the lanes up to <paramref name="lowest"/>, in order. A safeguarding mail that has not been tried yet never waits
    /// for the next round.
    /// </summary>
    /// <returns>How many went out.</returns>
    public async Task<int> SendDueAsync(MailLane lowest = MailLane.Other, CancellationToken cancellation = default)
    {
        var sent = 0;
        var failures = 0;
        var tried = new HashSet<(string, string)>();
        while (Take(lowest, tried) is { } next)
        {
            tried.Add((next.Mail.CaseId, next.Mail.Key));
            var done = false;
            try
            {
                done = await SendAsync(next.Mail, cancellation);
            }
            finally
            {
                // Also when the store failed: what was not marked as sent is tried again.
                Land(next, done);
            }

            sent += done ? 1 : 0;
            failures = done ? 0 : failures + 1;
            if (failures >= DownAfter) break;
        }

        if (tried.Count > 0) await PlanAsync(failures > 0, cancellation);
        return sent;
    }

    /// <summary>Returns when no mail of the case is being handed over, by whichever loop: for a page that says whether it went out.</summary>
    public Task LandedAsync(string caseId)
    {
        lock (gate) return Task.WhenAll(pending.Values.Where(w => w.Mail.CaseId == caseId).Select(w => w.Flight?.Task).OfType<Task>().ToList());
    }

    private void Land(Waiting flown, bool done)
    {
        var id = (flown.Mail.CaseId, flown.Mail.Key);
        lock (gate)
        {
            if (done) pending.Remove(id);
            else pending[id] = flown with { Flight = null, Tries = flown.Tries + 1 };
        }

        flown.Flight!.SetResult();
    }

    private Waiting? Take(MailLane lowest, HashSet<(string, string)> tried)
    {
        lock (gate)
        {
            var roundDue = notBefore <= clock.Now;
            var next = pending.Values
                .Where(w => w.Flight is null && w.Mail.Lane <= lowest && !tried.Contains((w.Mail.CaseId, w.Mail.Key)))
                .Where(w => roundDue || tried.Count > 0 || (w.Mail.Lane == MailLane.Safeguarding && w.Tries == 0))
                .OrderBy(w => w.Mail.Lane).ThenBy(w => w.Arrival).FirstOrDefault();
            if (next is null) return null;
            next = next with { Flight = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
            return pending[(next.Mail.CaseId, next.Mail.Key)] = next;
        }
    }

    private async Task PlanAsync(bool failed, CancellationToken cancellation)
    {
        var durations = (await directories.RequireAsync(cancellation)).Settings.Durations;
        lock (gate)
        {
            failedRounds = failed ? failedRounds + 1 : 0;
            if (!failed) Trouble = null;
            var wait = durations.MailRetryFirst * Math.Pow(2, Math.Min(failedRounds, 20) - 1);
            notBefore = failed ? clock.Now + (wait < durations.MailRetryMax ? wait : durations.MailRetryMax) : DateTimeOffset.MinValue;
        }

        // Said once per outage, after the round that found it: the administrator can telephone.
        if (failed && failedRounds == 1) await trouble.OutageAsync(cancellation);
    }

    private async Task<bool> SendAsync(PendingMail mail, CancellationToken cancellation)
    {
        var row = await records.GetAsync(mail.CaseId, Cases.Rows.Out(mail.Key), cancellation);
        var outbox = row is null ? null : Json.Read<OutboxRow>(row.Data)!;
        if (outbox is null || outbox.SentAt is not null || outbox.RefusedAt is not null)
        {
            await FinishAsync(mail, null, null, cancellation);
            return true;
        }

        try
        {
            if (await writer.WriteAsync(mail.CaseId, outbox, cancellation) is { } message)
            {
                await transport.SendAsync(message, cancellation);
                await FinishAsync(mail, row, outbox with { SentAt = clock.Now, LastError = null }, cancellation);
            }
            else
            {
                await FinishAsync(mail, row, outbox with { RefusedAt = clock.Now, LastError = "No address is known any more." }, cancellation);
                await trouble.RefusedAsync(mail.CaseId, outbox, cancellation);
            }

            return true;
        }
        catch (MailRefusedException refused)
        {
            logger.LogWarning("Mail {Key} of {Case} was refused: {Reason}", mail.Key, mail.CaseId, refused.Message);
            await FinishAsync(mail, row, outbox with { RefusedAt = clock.Now, LastError = refused.Message }, cancellation);
            await trouble.RefusedAsync(mail.CaseId, outbox, cancellation);
            return true;
        }
        catch (MailUnavailableException unavailable)
        {
            logger.LogWarning("Mail {Key} of {Case} could not be sent now: {Reason}", mail.Key, mail.CaseId, unavailable.Message);
            Trouble = unavailable.Message;
            return false;
        }
    }

    /// <summary>Marks the outbox row and forgets the wake-up in one batch; quiet, because a delivery is not an act on the case.</summary>
    private async Task FinishAsync(PendingMail mail, StoredRow? row, OutboxRow? outbox, CancellationToken cancellation)
    {
        var writes = new List<RowWrite>();
        if (row is not null && outbox is not null) writes.Add(new RowWrite.Replace(row.Row, Json.Write(outbox)!, row.Tag));
        if (await records.GetAsync(mail.CaseId, mail.WakeRow, cancellation) is { } wake) writes.Add(new RowWrite.Delete(wake.Row, wake.Tag));
        if (writes.Count == 0) return;
        try
        {
            await records.CommitAsync(mail.CaseId, writes, cancellation);
        }
        catch (RecordConflictException)
        {
            // Another pump sent the same mail (same Message-ID) and marked it first.
        }
    }
}
