using Microsoft.AspNetCore.Http;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using F = PolicyFlows.Web.Report.ReportFields;

namespace PolicyFlows.Web.Report;

/// <summary>Screen 5: screenshots and recordings. Whether one may be a sexual image of a child is asked before there is a file field (scenario 10).</summary>
internal sealed class FilesStep(ReportJourney journey)
{
    public Task<IResult> ShowAsync(HttpContext context) =>
        journey.ShowAsync(context, (answers, _) => Of(context, answers, FormState.Empty()));

    public async Task<IResult> TakeImagesAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        if (form.Has("again"))
        {
            await journey.KeepAsync(context, form, F.Images, new Dictionary<string, string[]>(StringComparer.Ordinal) { [F.Images] = [] });
            return Page.Next(Links.Report.Files(ReportJourney.IsChange(context)));
        }

        var answer = form.OneOf(F.Images, [F.Yes, F.No], "Say whether any of it is, or could be, a sexual image of someone under 18");
        if (form.IsValid && await journey.KeepAsync(context, form, F.Images, new Dictionary<string, string[]>(StringComparer.Ordinal) { [F.Images] = [answer!] }))
            return Page.Next(answer == F.Yes ? Links.Safeguarding.FromReport() : Links.Report.Files(ReportJourney.IsChange(context)));
        return await InvalidAsync(context, form);
    }

    public async Task<IResult> GoOnAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        if (await journey.DraftAsync(context) is not { } draft) return Page.Next(Links.Report.Start());
        var answers = new ReportAnswers(draft);
        if (NothingYet(answers))
        {
            if (!form.IsChosen(F.Cannot, F.Yes))
            {
                form.AddError(F.Cannot, "Add a file, go back and enter a link or a name, or say that you cannot get it now");
                return Of(context, answers, form);
            }

            await journey.KeepAsync(context, form, F.Cannot, new Dictionary<string, string[]>(StringComparer.Ordinal) { [F.Cannot] = [F.Yes] });
        }

        return Page.Next(ReportJourney.IsChange(context) ? Links.Report.Check() : Links.Report.You());
    }

    /// <summary>The page again, with what is wrong.</summary>
    public async Task<IResult> InvalidAsync(HttpContext context, FormState form) =>
        await journey.DraftAsync(context) is { } draft ? Of(context, new ReportAnswers(draft), form) : Page.Next(Links.Report.Start());

    private static bool NothingYet(ReportAnswers answers) => answers.Targets.Count == 0 && answers.Files.Count == 0 && !answers.Cannot;

    private static IResult Of(HttpContext context, ReportAnswers answers, FormState form) => Page.Of<FilesPage>(
        new { Form = form, Answers = answers, AskCannot = NothingYet(answers), Change = ReportJourney.IsChange(context) },
        form.IsValid ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}
