using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Support;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Receipt;

/// <summary>Where the report stands, and the answers that are given there.</summary>
internal sealed class StatusPages(ReceiptDoor door, ReceiptVisits visits, CaseStore cases, HostDirectory hosts, SupportDesk support, PoliceDesk police)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (await door.EnterAsync(context) is not { } entry) return Page.Next(Links.Receipt.Start());
        visits.Open(context, entry.CaseId);
        return await OfAsync(context, entry, FormState.Empty());
    }

    public async Task<IResult> AnswerSupportAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        if (await door.EnterAsync(context) is not { ForSelf: true } entry) return Page.Next(Links.Receipt.Start());
        var answer = form.OneOf("support", ["accepted", "later", "declined"], "Say whether you would like support, or leave it for now");
        if (answer is null) return await OfAsync(context, entry, form);
        var known = await cases.GetAsync<SupportRecord>(entry.CaseId, Rows.SupportPrefix + "01", context.RequestAborted);
        if (known?.Answer != answer) await support.AnswerAsync(entry.CaseId, answer, entry.Acts("answer offer of support"), CancellationToken.None);
        return Page.Next(form["back"] == "sent" ? Links.Report.Sent() : Links.Receipt.Status());
    }

    public async Task<IResult> WithdrawConsentAsync(HttpContext context)
    {
        if (await door.EnterAsync(context) is not { ForSelf: true } entry) return Page.Next(Links.Receipt.Start());
        await police.WithdrawConsentAsync(entry.CaseId, entry.Acts("withdraw consent"), CancellationToken.None);
        return Page.Next(Links.Receipt.Status());
    }

    public Task<IResult> LeaveAsync(HttpContext context)
    {
        door.Leave(context);
        return Task.FromResult(Page.Next(Links.Home()));
    }

    private async Task<IResult> OfAsync(HttpContext context, ReceiptEntry entry, FormState form)
    {
        var view = new ReceiptView
        {
            Entry = entry,
            Hosts = hosts,
            Tasks = [.. (await cases.ListAsync<TaskRecord>(entry.CaseId, Rows.TaskPrefix, context.RequestAborted)).Select(t => t.Value)],
            Targets = [.. (await cases.ListAsync<TargetRecord>(entry.CaseId, Rows.TargetPrefix, context.RequestAborted)).Select(t => t.Value)],
            Takedowns = [.. (await cases.ListAsync<TakedownRecord>(entry.CaseId, Rows.TakedownPrefix, context.RequestAborted)).Select(t => t.Value)],
            Evidence = [.. (await cases.ListAsync<EvidenceItem>(entry.CaseId, Rows.EvidencePrefix, context.RequestAborted)).Select(e => e.Value)],
            Messages = [.. (await cases.ListAsync<ReporterMessage>(entry.CaseId, Rows.MessagePrefix, context.RequestAborted)).Select(m => m.Value)],
            Support = entry.ForSelf ? await cases.GetAsync<SupportRecord>(entry.CaseId, Rows.SupportPrefix + "01", context.RequestAborted) : null,
            Police = entry.ForSelf ? await cases.GetAsync<PoliceRecord>(entry.CaseId, PoliceDesk.Row, context.RequestAborted) : null,
        };
        return Page.Of<StatusPage>(new { View = view, Form = form }, form.IsValid ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
