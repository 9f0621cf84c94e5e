using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Support;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Receipt;

namespace PolicyFlows.Web.Report;

/// <summary>The confirmation: shown only for a report that is stored, and again on reload for an hour.</summary>
internal sealed class SentStep(ReportJourney journey, ReportSending sending, ReceiptVisits visits, ReceiptDoor door, CaseStore cases, CaseRosters rosters, Deliveries deliveries)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var confirmed = visits.Confirmed(context) ?? await LateAsync(context);
        if (confirmed is null || await cases.GetAsync<IncidentRecord>(confirmed.CaseId, Rows.Case, context.RequestAborted) is not { } incident)
        {
            return Page.Next(
                await journey.DraftAsync(context) is { Sent: true } ? Links.Report.Check() : visits.Current(context) is null ? Links.Report.Start() : Links.Receipt.Status());
        }

        ReportJourney.Forget(context);
        var roster = await rosters.OfAsync(cases, incident.Reference, incident.ReportedAt);
        var support = await cases.GetAsync<SupportRecord>(incident.Reference, Rows.SupportPrefix + "01", context.RequestAborted);
        var readers = roster.Ladder().Select(c => Readers.Of(roster.Directory, c)).ToList();
        return Page.Of<SentPage>(new
        {
            Incident = incident,
            confirmed.Code,
            School = roster.Directory.School(incident.SchoolId),
            Readers = readers,
            Schedule = ReadingSchedule.Of(readers, incident.ReportedAt, roster.Durations),
            roster.People.ReportedForSelf,
            HasAddress = roster.HasAddress(roster.People.KeyOfReporter),
            SupportAnswer = support?.Answer,
            roster.Directory.Settings.Helplines,
            NotDelivered = incident.Decision is null && await deliveries.IsDownAsync(context.RequestAborted),
        });
    }

    /// <summary>Sent, but the answer to that was lost on the way: the draft's key is still here, and so is the code.</summary>
    private async Task<Confirmation?> LateAsync(HttpContext context)
    {
        if (await journey.DraftAsync(context) is not { Sent: true } draft || !await sending.IsReceivedAsync(draft, context.RequestAborted)) return null;
        await door.OpenAsync(context, draft.Reference);
        return visits.Confirm(context, draft.Reference, sending.CodeOf(ReportJourney.KeyOf(context)!, draft));
    }
}
