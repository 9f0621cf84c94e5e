using Microsoft.AspNetCore.Http;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using F = PolicyFlows.Web.Report.ReportFields;

namespace PolicyFlows.Web.Report;

/// <summary>Screen 6: the reporter. All of it may be left out.</summary>
internal sealed class YouStep(ReportJourney journey)
{
    public Task<IResult> ShowAsync(HttpContext context) =>
        journey.ShowAsync(context, (answers, _) => Of(context, answers.Form()));

    public async Task<IResult> TakeAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        form.Line(F.Name, F.NameLength, "Your name");
        var email = form.Address(F.Email, "Your email address");
        form.Telephone(F.Telephone, "Your telephone number");
        if (email.Length > 0 && await journey.DraftAsync(context) is { } draft
            && string.Equals(new ReportAnswers(draft)[F.ColleagueEmail], email, StringComparison.OrdinalIgnoreCase))
        {
            form.AddError(F.Email, "This is the address that you gave for your colleague. Enter your own, or leave it empty");
        }

        if (form.IsValid && await journey.KeepAsync(context, form, F.Name, new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [F.Name] = [form[F.Name]], [F.Email] = [email], [F.Telephone] = [form[F.Telephone]],
        }))
        {
            return Page.Next(ReportJourney.IsChange(context) ? Links.Report.Check() : Links.Report.People());
        }

        return Of(context, form, StatusCodes.Status400BadRequest);
    }

    private static IResult Of(HttpContext context, FormState form, int status = StatusCodes.Status200OK) =>
        Page.Of<YouPage>(new { Form = form, Change = ReportJourney.IsChange(context) }, status);
}
