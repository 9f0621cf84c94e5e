using Microsoft.AspNetCore.Http;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using F = PolicyFlows.Web.Report.ReportFields;

namespace PolicyFlows.Web.Report;

/// <summary>Screen 3: what happened.</summary>
internal sealed class WhatStep(ReportJourney journey)
{
    public Task<IResult> ShowAsync(HttpContext context) =>
        journey.ShowAsync(context, (answers, _) => Of(context, answers.Form()));

    public async Task<IResult> TakeAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        if (form.Required(F.What, "Say what happened, in a few words if you like").Length > 0) form.AtMost(F.What, F.WhatLength, "What happened");
        form.Line(F.Seen, F.LineLength, "When you saw it");
        if (form[F.Account].Length > 0) form.OneOf(F.Account, ["school", "personal", "unsure"], "Choose one of the accounts, or none");
        if (form.IsValid && await journey.KeepAsync(context, form, F.What, new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [F.What] = [form[F.What]], [F.Seen] = [form[F.Seen]], [F.Account] = [form[F.Account]],
        }))
        {
            return Page.Next(ReportJourney.IsChange(context) ? Links.Report.Check() : Links.Report.Where());
        }

        return Of(context, form, StatusCodes.Status400BadRequest);
    }

    private static IResult Of(HttpContext context, FormState form, int status = StatusCodes.Status200OK) =>
        Page.Of<WhatPage>(new { Form = form, Change = ReportJourney.IsChange(context) }, status);
}
