using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Receipt;

/// <summary>The one second look at "no action" (scenario 16).</summary>
internal sealed class SecondLookPages(ReceiptDoor door, ClosingDesk closing)
{
    internal const string Why = "why";

    public async Task<IResult> ShowAsync(HttpContext context) => await MayAskAsync(context) is { } entry
        ? Page.Of<SecondLookPage>(Parameters(entry, FormState.Empty()))
        : Page.Next(Links.Receipt.Status());

    public async Task<IResult> AskAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        if (await MayAskAsync(context) is not { } entry) return Page.Next(Links.Receipt.Status());
        if (form.Required(Why, "Say in a sentence what should be looked at again").Length > 0) form.AtMost(Why, 2000, "What you write");
        if (!form.IsValid) return Page.Invalid<SecondLookPage>(Parameters(entry, form));
        await closing.AskSecondLookAsync(entry.CaseId, form[Why], entry.Acts("second look"), CancellationToken.None);
        return Page.Next(Links.Receipt.Status());
    }

    private static object Parameters(ReceiptEntry entry, FormState form) => new { Reference = entry.CaseId, Decision = entry.Incident.Decision!, Form = form };

    private async Task<ReceiptEntry?> MayAskAsync(HttpContext context) =>
        await door.EnterAsync(context) is { } entry && ClosingDesk.MayAskSecondLook(entry.Incident, entry.Roster.Durations, entry.Now) ? entry : null;
}
