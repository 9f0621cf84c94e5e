using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using F = PolicyFlows.Web.Report.ReportFields;

namespace PolicyFlows.Web.Report;

/// <summary>Screen 2: which school, and for whom (scenario 9).</summary>
internal sealed class SchoolStep(ReportJourney journey)
{
    public Task<IResult> ShowAsync(HttpContext context) =>
        journey.ShowAsync(context, (answers, directory) => Of(context, answers.Form(), directory));

    public async Task<IResult> TakeAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        var directory = await journey.DirectoryAsync(context);
        var school = form.OneOf(F.School, directory.Schools.Select(s => s.Id), "Choose the school");
        if (form[F.For].Length > 0) form.OneOf(F.For, [F.Self, F.Colleague], "Say whether you report for yourself or for a colleague");
        form.Line(F.ColleagueName, F.NameLength, "Your colleague's name");
        form.Address(F.ColleagueEmail, "Your colleague's email address");
        var filled = form[F.ColleagueName].Length > 0 || form[F.ColleagueEmail].Length > 0;
        if (filled && form[F.For] != F.Colleague) form.AddError(F.For, "Say whether you report for yourself or for a colleague. You entered a colleague's name or address");

        var before = await journey.DraftAsync(context);
        if (form.IsValid)
        {
            var answers = new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                [F.School] = [school!], [F.For] = [form[F.For]], [F.ColleagueName] = [form[F.ColleagueName]], [F.ColleagueEmail] = [form[F.ColleagueEmail]],
            };
            // Other people read at another school: who is involved is asked anew.
            var moved = before is not null && new ReportAnswers(before).SchoolId is { Length: > 0 } old && old != school;
            if (moved) (answers[F.Named], answers[F.PeopleSeen]) = ([], []);
            if (await journey.KeepAsync(context, form, F.School, answers))
                return Page.Next(!ReportJourney.IsChange(context) ? Links.Report.What() : moved ? Links.Report.People(change: true) : Links.Report.Check());
        }

        return Of(context, form, directory, StatusCodes.Status400BadRequest);
    }

    private static IResult Of(HttpContext context, FormState form, TrustDirectory directory, int status = StatusCodes.Status200OK) =>
        Page.Of<SchoolPage>(new { Form = form, directory.Schools, Change = ReportJourney.IsChange(context) }, status);
}
