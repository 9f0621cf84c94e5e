using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Mail;

/// <summary>What a page may say about mail: whether it went out, and whether it can go out at all.</summary>
public sealed class Deliveries(CaseStore cases, WakeupDrain drain, MailPump pump, IMailTransport transport, TimeProvider system, ILogger<Deliveries> logger)
{
    private static readonly TimeSpan ProbeWithin = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Hands the case's mails of the lanes up to <paramref name="lowest"/> to the mail server at once and waits for that no longer than
    /// <paramref name="within"/> (system time). What is slower, or fails, goes on in the loops of the host: the rows are there.
    /// </summary>
    public async Task PushAsync(string caseId, MailLane lowest, TimeSpan within)
    {
        var push = PushNowAsync(caseId, lowest);
        try
        {
            await push.WaitAsync(within, system);
        }
        catch (TimeoutException)
        {
            logger.LogWarning("Mail of {Case} was not handed over within {Within}.", caseId, within);
            _ = push.ContinueWith(late => Failed(caseId, late.Exception!), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        catch (Exception failure)
        {
            Failed(caseId, failure);
        }
    }

    /// <summary>True when the mail server took at least one of the mails that ask this task, and has not said since that it did not arrive.</summary>
    public async Task<bool> IsOutAsync(string caseId, string taskId, CancellationToken cancellation = default) =>
        (await cases.ListAsync<OutboxRow>(caseId, Rows.OutPrefix, cancellation))
            .Any(mail => mail.Value is { Kind: MailKind.TaskAsked or MailKind.TaskReminder, SentAt: not null, RefusedAt: null } && mail.Value.TaskId == taskId);

    /// <summary>True when mail cannot go out now: the last tries failed, or the server does not answer.</summary>
    public async Task<bool> IsDownAsync(CancellationToken cancellation = default)
    {
        if (pump.Trouble is not null) return true;
        try
        {
            return await transport.ProbeAsync(cancellation).WaitAsync(ProbeWithin, system, cancellation) is not null;
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private async Task PushNowAsync(string caseId, MailLane lowest)
    {
        await drain.DrainAsync(caseId);
        await pump.SendDueAsync(lowest);
        // A loop of the host may have been faster and still be sending.
        await pump.LandedAsync(caseId);
    }

    private void Failed(string caseId, Exception failure) => logger.LogError(failure, "Mail of {Case} was not handed over at once.", caseId);
}
