using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Mail;

/// <summary>
/// Takes what a mail service tells later about mails: a mail that did not arrive stands as refused on its case and is a task of the administrator,
/// as if the server had refused it at once.
/// </summary>
public sealed class DeliveryReports(IRecordStore records, DeliveryTrouble trouble, BusinessClock clock, ILogger<DeliveryReports> logger)
{
    /// <summary>Partition of the events that were taken.</summary>
    public const string Partition = "delivery-reports";

    /// <summary>
    /// Takes one report; the same twice is once. A report about no mail of ours is logged and left. Task, mark, then the note that it was taken: dying in between only means
    /// that the service's next try does the rest.
    /// </summary>
    public async Task TakeAsync(DeliveryReport report, CancellationToken cancellation = default)
    {
        var taken = RowOf(report.EventId);
        if (await records.GetAsync(Partition, taken, cancellation) is not null) return;
        if (await FindAsync(report, cancellation) is not { } mail)
        {
            logger.LogWarning("A delivery report ({Event}) is about no mail of this program.", taken);
            return;
        }

        var said = Words(report);
        if (report.Outcome is DeliveryOutcome.Deferred) logger.LogWarning("A mail is put off, {Key} of {Case}: {Said}", report.Key, report.CaseId, said);
        // An alert of infra/modules/alerts.bicep looks for these words.
        else logger.LogWarning("A mail bounced, {Key} of {Case}: {Said}", report.Key, report.CaseId, said);
        if (report.Outcome is not DeliveryOutcome.Deferred && mail.RefusedAt is null) await trouble.RefusedAsync(report.CaseId, mail, said, cancellation);
        await OutboxMarks.MarkAsync(records, report.CaseId, report.Key, row => Mark(row, report.Outcome, said), wakeRow: null, known: null, cancellation);
        await NoteAsync(taken, report, cancellation);
    }

    private async Task<OutboxRow?> FindAsync(DeliveryReport report, CancellationToken cancellation) =>
        RecordLimits.IsKey(report.CaseId) && RecordLimits.IsKey(Rows.Out(report.Key)) && await records.GetAsync(report.CaseId, Rows.Out(report.Key), cancellation) is { } row
            ? Json.Read<OutboxRow>(row.Data)
            : null;

    private OutboxRow? Mark(OutboxRow row, DeliveryOutcome outcome, string said) => row.RefusedAt is not null
        ? null
        : outcome is DeliveryOutcome.Bounced or DeliveryOutcome.Blocked or DeliveryOutcome.Dropped
            ? row with { RefusedAt = clock.Now, LastError = said }
            : row with { LastError = said };

    private async Task NoteAsync(string taken, DeliveryReport report, CancellationToken cancellation)
    {
        try
        {
            await records.CommitAsync(Partition, [new RowWrite.Insert(taken, Json.Write(new Taken(report.CaseId, report.Key, report.Outcome, clock.Now))!)], cancellation);
        }
        catch (RecordConflictException)
        {
            // The same event was told to two processes at once.
        }
    }

    private static string Words(DeliveryReport report)
    {
        var words = report.Outcome switch
        {
            DeliveryOutcome.Bounced => "The reader's mail server refused the mail",
            DeliveryOutcome.Blocked => "The reader's mail server blocked the mail",
            DeliveryOutcome.Dropped => "The mail service did not try to deliver the mail",
            DeliveryOutcome.MarkedAsSpam => "The mail was marked as spam",
            DeliveryOutcome.Deferred => "The reader's mail server puts the mail off",
            _ => throw new ArgumentOutOfRangeException(nameof(report), report.Outcome, "Unknown outcome."),
        };
        return report.Detail is null ? words + "." : $"{words} ({report.Detail}).";
    }

    private static string RowOf(string eventId) => "id|" + eventId is var row && RecordLimits.IsKey(row)
        ? row
        : "hash|" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(eventId)));

    private sealed record Taken(string CaseId, string Key, DeliveryOutcome Outcome, DateTimeOffset At)
    {
        public int V { get; init; } = 1;
    }
}
