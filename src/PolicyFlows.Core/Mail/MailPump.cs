using Microsoft.Extensions.Logging;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Mail;

/// <summary>
/// Sends outbox rows by lane: safeguarding first, and never behind another. The rows are the truth and the sweep fills the pump again after
/// a restart. While the server is down everything is tried again in lane order, at most <see cref="Settings.Durations.MailRetryMax"/> apart.
/// A mail that fails alone, because of its address or of a fault in its record, waits alone: it holds up no other.
/// </summary>
public sealed class MailPump(
    IRecordStore records, IMailTransport transport, IMailWriter writer, DirectoryStore directories, DeliveryTrouble trouble, BusinessClock clock, TimeProvider system,
    ILogger<MailPump> logger, MailClaims? claims = null)
{
    // With the longest pause between tries this is about an hour.
    private const int ToldAfter = 16;
    private readonly MailQueue queue = new();
    private readonly MailClaimer? claimer = claims is null ? null : new(claims, records, clock, system);
    private bool outageTold;

    /// <summary>Number of mails that wait.</summary>
    public int Count => queue.Count;

    /// <summary>When something is tried next; null when nothing waits.</summary>
    public DateTimeOffset? NextDue => queue.NextDue;

    /// <summary>Null while mail goes out; else what the server said last.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Adds a mail; twice is once.</summary>
    public void Enqueue(PendingMail mail) => queue.Enqueue(mail);

    /// <summary>Returns when no mail of the case is being handed over, by whichever loop: for a page that says whether it went out.</summary>
    public Task LandedAsync(string caseId) => queue.LandedAsync(caseId);

    /// <summary>
    /// Sends what is due in the lanes up to <paramref name="lowest"/>, in order. A mail that has just come never waits for the next round.
    /// </summary>
    /// <returns>How many went out.</returns>
    /// <exception cref="AggregateException">Mails could not be written or marked; all others were tried, and these are tried again later.</exception>
    public async Task<int> SendDueAsync(MailLane lowest = MailLane.Other, CancellationToken cancellation = default)
    {
        var durations = (await directories.RequireAsync(cancellation)).Settings.Durations;
        var round = new MailRound();
        var faults = new List<Exception>();
        string? said = null;
        while (queue.Take(lowest, round, clock.Now) is { } next)
        {
            var (result, acceptedAt) = (MailResult.Broken, next.AcceptedAt);
            string? mailbox = null;
            DateTimeOffset? leftUntil = null;
            try
            {
                leftUntil = await SendAsync(next, address => mailbox = address, at => acceptedAt = at, cancellation);
                result = leftUntil is null ? MailResult.Done : MailResult.Left;
            }
            catch (MailDeferredException deferred)
            {
                logger.LogWarning("Mail {Key} of {Case} is put off by its mailbox: {Reason}", next.Mail.Key, next.Mail.CaseId, deferred.Message);
                (result, said) = (MailResult.Deferred, said ?? deferred.Message);
            }
            catch (MailUnavailableException unavailable)
            {
                logger.LogWarning("Mail {Key} of {Case} could not be sent now: {Reason}", next.Mail.Key, next.Mail.CaseId, unavailable.Message);
                (result, said) = (MailResult.Unavailable, unavailable.Message);
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                logger.LogError(fault, "Mail {Key} of {Case} could not be written or marked.", next.Mail.Key, next.Mail.CaseId);
                faults.Add(fault);
            }
            finally
            {
                if (result == MailResult.Done) queue.Remove(next);
                else if (leftUntil is { } until) queue.Leave(next, until);
                else queue.Keep(next, tried: !cancellation.IsCancellationRequested, acceptedAt);
            }

            round.Add(next, result, mailbox);
            if (result is not (MailResult.Done or MailResult.Left) && next.Failures + 1 == ToldAfter) await TellAsync(() => trouble.StuckAsync(next.Mail, cancellation), faults);
        }

        if (round.Tried.Count > 0) await PlanAsync(round, durations, said, faults, cancellation);
        return faults.Count == 0 ? round.Sent : throw new AggregateException("Some mails could not be written or marked; they are tried again.", faults);
    }

    private async Task PlanAsync(MailRound round, Settings.Durations durations, string? said, List<Exception> faults, CancellationToken cancellation)
    {
        if (!queue.Plan(round, durations, clock.Now))
        {
            if (round.Up) (Trouble, outageTold) = (null, false);
            return;
        }

        Trouble = said;
        if (outageTold) return;
        // Said once per outage, after the round that found it: the administrator can telephone.
        outageTold = true;
        if (!await TellAsync(() => trouble.OutageAsync(cancellation), faults)) outageTold = false;
    }

    private static async Task<bool> TellAsync(Func<Task> tell, List<Exception> faults)
    {
        try
        {
            await tell();
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            faults.Add(fault);
            return false;
        }
    }

    /// <returns>Null when nothing is left to do; else until when another process has it, business time.</returns>
    private async Task<DateTimeOffset?> SendAsync(WaitingMail waiting, Action<string> addressed, Action<DateTimeOffset> accepted, CancellationToken cancellation)
    {
        var mail = waiting.Mail;
        var row = await records.GetAsync(mail.CaseId, Cases.Rows.Out(mail.Key), cancellation);
        var outbox = row is null ? null : Json.Read<OutboxRow>(row.Data)!;
        if (outbox is null || IsSettled(outbox))
        {
            await MarkAsync(mail, row, settled => settled, cancellation);
            return null;
        }

        if (waiting.AcceptedAt is { } at)
        {
            await MarkAsync(mail, row, accepted => Sent(accepted, at), cancellation);
            return null;
        }

        try
        {
            var message = await writer.WriteAsync(mail.CaseId, outbox, cancellation) ?? throw new MailRefusedException("No address is known any more.");
            addressed(message.ToAddress);
            if (claimer is not null)
            {
                (row, var leftUntil) = await claimer.ClaimAsync(row!, outbox, cancellation);
                if (row is null) return leftUntil;
            }

            await transport.SendAsync(message, cancellation);
            accepted(clock.Now);
            // Also while the loops are being stopped: what is out and not marked would go out again.
            await MarkAsync(mail, row, sent => Sent(sent, clock.Now), CancellationToken.None);
        }
        catch (MailRefusedException refused)
        {
            logger.LogWarning("Mail {Key} of {Case} was refused: {Reason}", mail.Key, mail.CaseId, refused.Message);
            // The task first: dying in between asks the server once more, and the task is there already.
            await trouble.RefusedAsync(mail.CaseId, outbox, cancellation: cancellation);
            await MarkAsync(mail, row, left => left with { RefusedAt = clock.Now, LastError = refused.Message, ClaimedBy = null, ClaimedUntil = null }, cancellation);
        }

        return null;
    }

    private static OutboxRow Sent(OutboxRow outbox, DateTimeOffset at) => outbox with { SentAt = at, LastError = null, ClaimedBy = null, ClaimedUntil = null };

    /// <summary>What another pump (same Message-ID) or a report of the mail service has settled stays as it is; the wake-up goes in any case.</summary>
    private Task MarkAsync(PendingMail mail, StoredRow? row, Func<OutboxRow, OutboxRow> mark, CancellationToken cancellation) =>
        OutboxMarks.MarkAsync(records, mail.CaseId, mail.Key, outbox => IsSettled(outbox) ? null : mark(outbox), mail.WakeRow, row, cancellation);

    private static bool IsSettled(OutboxRow outbox) => outbox.SentAt is not null || outbox.RefusedAt is not null;
}
