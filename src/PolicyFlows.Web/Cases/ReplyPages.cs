using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Cases;

/// <summary>What a host replied, noted by whoever manages the case. The checks decide what comes of it (scenario 3).</summary>
internal sealed class ReplyPages(CaseDoor door, CaseStore cases, TakedownDesk desk)
{
    public const string KindField = "reply", TextField = "text", Refused = "refused", Other = "other";

    public Task<IResult> ShowAsync(string reference, int no, HttpContext context) =>
        WithTakedownAsync(reference, no, context, access => Task.FromResult(Show(access, no, FormState.Empty())));

    public Task<IResult> NoteAsync(string reference, int no, HttpContext context) => WithTakedownAsync(reference, no, context, async access =>
    {
        var form = await FormState.ReadAsync(context);
        var kind = form.OneOf(KindField, [Refused, Other], "Choose what the host said");
        form.AtMost(TextField, ClosePages.SummaryLength, "The reply");
        if (!form.IsValid) return Show(access, no, form);
        var text = form[TextField] is { Length: > 0 } words ? words : null;
        await desk.RepliedAsync(access.CaseId, no, kind == Refused, text, access.Act("note reply"), context.RequestAborted);
        return Page.Next(Links.Cases.Section(access.CaseId, $"target-{no}"));
    });

    private async Task<IResult> WithTakedownAsync(string reference, int no, HttpContext context, Func<CaseAccess, Task<IResult>> act)
    {
        var (access, refusal) = await door.OpenAsync(context, reference, a => a.Manages);
        if (access is null) return refusal!;
        var takedown = no is < 1 or > TargetDesk.MostWithFound ? null : await cases.GetAsync<TakedownRecord>(access.CaseId, Rows.Takedown(no), context.RequestAborted);
        return takedown is { Requests.Count: > 0 } ? await act(access) : Page.Error(StatusCodes.Status404NotFound);
    }

    private static IResult Show(CaseAccess access, int no, FormState form)
    {
        var parameters = new { Reference = access.CaseId, No = no, Form = form };
        return form.IsValid ? Page.Of<ReplyPage>(parameters) : Page.Invalid<ReplyPage>(parameters);
    }
}
