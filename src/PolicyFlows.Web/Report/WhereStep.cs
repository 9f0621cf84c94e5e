using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Durable;
using PolicyFlows.Web.Cases;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using F = PolicyFlows.Web.Report.ReportFields;

namespace PolicyFlows.Web.Report;

/// <summary>Screen 4: where it is. An address is optional, a handle is enough (scenario 8); several targets one after the other.</summary>
internal sealed class WhereStep(ReportJourney journey, HostDirectory hosts)
{
    private static readonly string[] OfTarget = [F.Kind, F.Link, F.Handle, F.Platform, F.Own];

    public Task<IResult> ShowAsync(HttpContext context) =>
        journey.ShowAsync(context, (answers, _) => Of(context, answers.Form(), answers.Targets));

    public async Task<IResult> TakeAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        var draft = await journey.DraftAsync(context);
        var targets = draft is null ? [] : new ReportAnswers(draft).Targets;
        var another = form["then"] == "add";
        var typed = OfTarget.Any(f => form[f].Length > 0);
        if (typed) targets = Read(form) is { } target ? [.. targets, target] : targets;
        else if (another) form.AddError(F.Link, "Enter a link or a name first");
        if (targets.Count > F.MostTargets) form.AddError(F.Link, $"You can enter {F.MostTargets} here. Send the report, then add the rest on your receipt page");
        if (form.IsValid && await journey.KeepAsync(context, form, F.Link, new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [F.Targets] = [.. targets.Select(t => Json.Write(t)!)], [F.Cannot] = [form.IsChosen(F.Cannot, F.Yes) ? F.Yes : ""],
        }))
        {
            var change = ReportJourney.IsChange(context);
            return Page.Next(another ? Links.Report.Where(change) : change ? Links.Report.Check() : Links.Report.Files());
        }

        return Of(context, form, draft is null ? [] : new ReportAnswers(draft).Targets, StatusCodes.Status400BadRequest);
    }

    public async Task<IResult> RemoveAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        if (await journey.DraftAsync(context) is { Sent: false } draft && int.TryParse(form["no"], out var no))
        {
            var kept = new ReportAnswers(draft).All(F.Targets).Where((_, i) => i + 1 != no).ToArray();
            await journey.KeepAsync(context, form, F.Link, new Dictionary<string, string[]>(StringComparer.Ordinal) { [F.Targets] = kept });
        }

        return Page.Next(Links.Report.Where(ReportJourney.IsChange(context)));
    }

    private DraftTarget? Read(FormState form)
    {
        TargetKind? kind = null;
        if (form[F.Kind].Length > 0 && form.OneOf(F.Kind, TargetWords.Kinds.Select(k => k.Value), "Choose what it is") is { } chosen) kind = Enum.Parse<TargetKind>(chosen);
        var address = form.WebAddress(F.Link);
        var handle = form.Line(F.Handle, F.LineLength, "The name, number or group");
        if (form[F.Platform].Length > 0) form.OneOf(F.Platform, TargetWords.Platforms(hosts).Select(p => p.Value), "Choose the website or app from the list");
        if (form[F.Link].Length == 0 && handle.Length == 0) form.AddError(F.Link, "Enter a link, or the name, number or group. If you have neither, leave all of this empty");
        if (!form.IsValid) return null;
        var host = hosts.Match(address, form[F.Platform]);
        return new(kind ?? (address is null ? TargetKind.Account : TargetKind.Post), address?.Original, handle.Length == 0 ? null : handle, host.Id, form.IsChosen(F.Own, F.Yes));
    }

    private IResult Of(HttpContext context, FormState form, IReadOnlyList<DraftTarget> targets, int status = StatusCodes.Status200OK) =>
        Page.Of<WherePage>(new { Form = form, Targets = targets, Hosts = hosts, Change = ReportJourney.IsChange(context) }, status);
}
