using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Operations;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Operations;

/// <summary>How the program is doing, for its administrator.</summary>
public sealed record ProgramState(IReadOnlyList<HealthPart> Health, IReadOnlyList<SummaryRow> Facts)
{
    /// <summary>Reads it.</summary>
    public static async Task<ProgramState> ReadAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var pump = services.GetRequiredService<MailPump>();
        var runner = services.GetService<IRunnerState>();
        var drafts = await services.GetRequiredService<DraftStore>().CountAsync(cancellation);
        List<SummaryRow> facts =
        [
            new("Mail waiting", pump.Count == 0 ? "None" : $"{pump.Count}{(pump.NextDue is { } next ? $", next try {London.Format(next, LondonStyle.Listed)}" : "")}"),
            new("Mail trouble", pump.Trouble is null ? "None" : "The mail server takes no mail"),
            new("Last sweep", runner?.LastSweep is { } swept ? London.Format(swept, LondonStyle.Listed) + " (system time)" : "Not yet"),
            new("Background work", runner?.LastFailure is { } failure ? $"Failed and tried again: {failure}" : "No failure"),
            new("Drafts of reports", drafts.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        return new(await HealthReport.ReadAsync(services, cancellation), facts);
    }
}
