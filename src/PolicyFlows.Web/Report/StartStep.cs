using Microsoft.AspNetCore.Http;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Report;

/// <summary>Screen 1: is a child at risk? Clause 7.1 comes before everything else.</summary>
internal sealed class StartStep(ReportJourney journey, ReportSending sending)
{
    private const string Field = "child";

    public async Task<IResult> ShowAsync(HttpContext context) =>
        Page.Of<StartPage>(new { Form = FormState.Empty(), Unfinished = await UnfinishedAsync(context) });

    public async Task<IResult> TakeAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        var child = form.OneOf(Field, [ReportFields.Yes, ReportFields.No], "Say whether a child is at risk");
        if (!form.IsValid) return Page.Invalid<StartPage>(new { Form = form, Unfinished = await UnfinishedAsync(context) });
        if (child == ReportFields.Yes) return Page.Next(Links.Safeguarding.Start());
        // An unfinished report is kept: whoever wants to begin again says so on this page.
        if (await UnfinishedAsync(context) is null) await journey.BeginAsync(context);
        return Page.Next(Links.Report.School());
    }

    public async Task<IResult> DiscardAsync(HttpContext context)
    {
        await journey.DiscardAsync(context);
        return Page.Next(Links.Report.Start());
    }

    private async Task<DateTimeOffset?> UnfinishedAsync(HttpContext context)
    {
        if (await journey.DraftAsync(context) is not { } draft || (draft.Values.Count == 0 && draft.Files.Count == 0)) return null;
        return draft.Sent && await sending.IsReceivedAsync(draft, context.RequestAborted) ? null : draft.BegunAt;
    }
}
