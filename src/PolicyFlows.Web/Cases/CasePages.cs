using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Audit;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Cases;

/// <summary>The case page and the check of its timeline.</summary>
internal sealed class CasePages(CaseDoor door, CaseReader reader, ChainCheck chains)
{
    public async Task<IResult> ShowAsync(string reference, HttpContext context)
    {
        var (access, refusal) = await door.OpenAsync(context, reference);
        if (access is null) return refusal!;
        var model = await reader.ReadAsync(access, context.RequestAborted);
        await door.NoteReadAsync(access, "case", context);
        return Page.Of<CasePage>(new { Model = model });
    }

    public async Task<IResult> ChainAsync(string reference, HttpContext context)
    {
        var (access, refusal) = await door.OpenAsync(context, reference, a => a.Reads);
        if (access is null) return refusal!;
        var difference = await chains.CheckAsync(access.CaseId, context.RequestAborted);
        return Page.Of<ChainPage>(new { Reference = access.CaseId, Difference = difference });
    }
}
