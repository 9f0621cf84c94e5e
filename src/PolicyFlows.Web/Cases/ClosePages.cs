using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Cases;

/// <summary>What keeps a case open.</summary>
/// <param name="Href">To the visitor's own task.</param>
/// <param name="Id">Task, or target that waits for a check: names the line in the page's source.</param>
public sealed record OpenLine(string Id, string What, string Until, string? Href);

/// <summary>Closing: a page that lists what is open, and the act when nothing is.</summary>
internal sealed class ClosePages(CaseDoor door, CaseStore cases, ClosingDesk desk)
{
    public const string SummaryField = "summary";
    public const int SummaryLength = 4000;

    public async Task<IResult> ShowAsync(string reference, HttpContext context)
    {
        var (access, refusal) = await door.OpenAsync(context, reference, a => a.Manages);
        return access is null ? refusal! : await PageAsync(access, FormState.Empty(), context);
    }

    public async Task<IResult> CloseAsync(string reference, HttpContext context)
    {
        var (access, refusal) = await door.OpenAsync(context, reference, a => a.Manages);
        if (access is null) return refusal!;
        var form = await FormState.ReadAsync(context);
        form.Required(SummaryField, "Say in a few words what came of it");
        form.AtMost(SummaryField, SummaryLength, "The summary");
        if (!form.IsValid) return await PageAsync(access, form, context);
        var open = await desk.CloseAsync(access.CaseId, form[SummaryField], access.Act("close"), context.RequestAborted);
        if (open.Count == 0) return Page.Next(Links.Cases.Show(access.CaseId));
        form.AddError(SummaryField, "Something is still open, so the case was not closed. Your summary is kept here.");
        return await PageAsync(access, form, context);
    }

    private async Task<IResult> PageAsync(CaseAccess access, FormState form, HttpContext context)
    {
        var cancellation = context.RequestAborted;
        var incident = await cases.NeedAsync<IncidentRecord>(access.CaseId, Rows.Case, cancellation);
        if (incident.State is IncidentState.Closed) return Page.Next(Links.Cases.Show(access.CaseId));
        var tasks = (await cases.ListAsync<TaskRecord>(access.CaseId, Rows.TaskPrefix, cancellation)).Select(t => t.Value).ToList();
        var takedowns = (await cases.ListAsync<TakedownRecord>(access.CaseId, Rows.TakedownPrefix, cancellation)).Select(t => t.Value);
        var open = ClosingDesk.OpenItems(incident, tasks, takedowns, access.Durations, access.At)
            .Select(item => Line(item, access, tasks.FirstOrDefault(t => t.Id == item.TaskId))).ToList();
        var parameters = new { Reference = access.CaseId, Open = (IReadOnlyList<OpenLine>)open, Form = form };
        return form.IsValid ? Page.Of<ClosePage>(parameters) : Page.Invalid<ClosePage>(parameters);
    }

    private static OpenLine Line(OpenItem item, CaseAccess access, TaskRecord? task)
    {
        var until = item.Until is { } at ? $"{(at < access.At ? "was due" : item.TaskId is null ? "to be asked" : "due")} {London.Format(at, LondonStyle.Full, access.At)}" : "";
        // That something keeps the case open must be said; what it is, only to those who see that part.
        if (task is not null && !access.May(Right.See, CaseParts.Of(task.Kind))) return new("unseen", "A task of a part that you do not see", until, null);
        var what = item.Kind is { } kind ? CaseWords.Of(kind) : "A task";
        var holders = task is null ? "" : $", with {string.Join(" and ", task.CurrentHolders.Select(h => CaseWords.Person(access.Directory, h.PersonKey)))}";
        return new(item.TaskId ?? $"target {item.Target}", $"{what}{(item.Target is { } no ? $", target {no}" : "")}{holders}", until, task?.HolderOf(access.PersonId) is null ? null : Links.Tasks.Task(access.CaseId, task.Id));
    }
}
