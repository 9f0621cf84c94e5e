using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Receipt;
using F = PolicyFlows.Web.Report.ReportFields;

namespace PolicyFlows.Web.Report;

/// <summary>Screen 8: check the answers and send.</summary>
internal sealed class CheckStep(ReportJourney journey, ReportSending sending, ReceiptVisits visits, ReceiptDoor door, HostDirectory hosts)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (await journey.DraftAsync(context) is not { } draft) return Page.Next(Links.Report.Start());
        if (draft.Sent && await sending.IsReceivedAsync(draft, context.RequestAborted)) return Page.Next(Links.Report.Sent());
        return Of(new ReportAnswers(draft), draft, await journey.DirectoryAsync(context), FormState.Empty());
    }

    public async Task<IResult> SendAsync(HttpContext context)
    {
        // Without a draft but with a confirmation it was sent before: from a page that the browser had kept.
        if (await journey.DraftAsync(context) is not { } draft) return Page.Next(visits.Confirmed(context) is null ? Links.Report.Start() : Links.Report.Sent());
        var directory = await journey.DirectoryAsync(context);
        var answers = new ReportAnswers(draft);
        var missing = answers.Missing(directory);
        if (!missing.IsValid) return Of(answers, draft, directory, missing);
        if (answers[F.PeopleSeen] != F.Yes) return Page.Next(Links.Report.People());

        var key = ReportJourney.KeyOf(context)!;
        var incident = await sending.SendAsync(context, draft, key, directory);
        visits.Confirm(context, incident.Reference, sending.CodeOf(key, draft));
        await door.OpenAsync(context, incident.Reference);
        return Page.Next(Links.Report.Sent());
    }

    private IResult Of(ReportAnswers answers, Draft draft, TrustDirectory directory, FormState form) => Page.Of<CheckPage>(
        new { Form = form, Answers = answers, Directory = directory, Hosts = hosts, journey.Clock.Now, draft.Sent },
        form.IsValid ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}
