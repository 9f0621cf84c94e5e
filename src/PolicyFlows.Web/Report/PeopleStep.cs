using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using F = PolicyFlows.Web.Report.ReportFields;

namespace PolicyFlows.Web.Report;

/// <summary>
/// Screen 7: these people will read it; is one of them involved? Whoever is ticked sees nothing of it, and the next person is shown before
/// anything is sent (scenario 4).
/// </summary>
internal sealed class PeopleStep(ReportJourney journey)
{
    private const string Shown = "shown";

    public Task<IResult> ShowAsync(HttpContext context) => journey.ShowAsync(context, (answers, directory) =>
        directory.School(answers.SchoolId) is null
            ? Page.Next(Links.Report.School())
            : Of(context, answers.Form(), answers, directory));

    public async Task<IResult> TakeAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        if (await journey.DraftAsync(context) is not { } draft) return Page.Next(Links.Report.Start());
        var answers = new ReportAnswers(draft);
        var directory = await journey.DirectoryAsync(context);
        if (directory.School(answers.SchoolId) is null) return Page.Next(Links.Report.School());

        var offered = Readers.ToTick(directory, answers.SchoolId, journey.Clock.Now, answers.Named.ToHashSet(StringComparer.Ordinal)).Select(r => r.PersonId).ToHashSet(StringComparer.Ordinal);
        string[] named = [.. form.All(F.Named).Distinct(StringComparer.Ordinal)];
        if (named.Any(id => !offered.Contains(id))) form.AddError(F.Named, "Tick people from the list, and write others below");
        else if (Readers.Of(directory, answers.SchoolId, journey.Clock.Now, named.ToHashSet(StringComparer.Ordinal)).Count == 0)
            form.AddError(F.Named, $"Nobody would be left to read your report. Leave at least one person unticked, or telephone {directory.Settings.Administrator.Telephone} and ask for advice");
        form.AtMost(F.Involved, 1000, "The other people");

        var keeps = new Dictionary<string, string[]>(StringComparer.Ordinal) { [F.Named] = named, [F.Involved] = [form[F.Involved]], [F.PeopleSeen] = [F.Yes] };
        if (!form.IsValid || !await journey.KeepAsync(context, form, F.Involved, keeps))
            return Of(context, form, answers, directory, StatusCodes.Status400BadRequest);
        // Whoever ticks somebody sees who comes next before going on.
        var changed = !named.ToHashSet(StringComparer.Ordinal).SetEquals(form[Shown].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return Page.Next(changed ? Links.Report.People(ReportJourney.IsChange(context)) : Links.Report.Check());
    }

    private IResult Of(HttpContext context, FormState form, ReportAnswers answers, TrustDirectory directory, int status = StatusCodes.Status200OK)
    {
        var named = answers.Named.ToHashSet(StringComparer.Ordinal);
        return Page.Of<PeoplePage>(new
        {
            Form = form,
            Tickable = Readers.ToTick(directory, answers.SchoolId, journey.Clock.Now, named),
            Order = Readers.Of(directory, answers.SchoolId, journey.Clock.Now, named),
            Named = answers.Named,
            School = directory.School(answers.SchoolId)!.Name,
            Change = ReportJourney.IsChange(context),
        }, status);
    }
}
