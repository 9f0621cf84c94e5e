using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Scenarios;

public sealed partial class ScenarioTests
{
    /// <summary>All that an alert mails that is sent outside school hours when the story begins.</summary>
    private static readonly IReadOnlyList<string> AlertMails =
    [
        "0 h DSL: Act now: safeguarding alert",
        "0 h deputy DSL: Act now: safeguarding alert",
        "0 h headteacher: Act now: make sure that someone has the safeguarding alert",
        "0 h second deputy DSL: Act now: safeguarding alert",
        "0 h trust lead: Act now: make sure that someone has the safeguarding alert",
    ];

    /// <summary>Decided at 1 h, sent to the host at 2 h: how most stories of removal begin.</summary>
    private static async Task FiledAtTwoHoursAsync(Story story, string incident)
    {
        await story.AtAsync(1);
        await story.Act.DecideAsync(Manager, incident, IncidentRoute.Takedown);
        await story.AtAsync(2);
        await story.Act.FiledAsync(Manager, incident, "file-01");
    }

    /// <summary>Both checks are asked in their hour and answered "gone".</summary>
    private static async Task GoneTwiceAsync(Story story, string incident)
    {
        await story.AtAsync(26);
        await story.Act.CheckedAsync(Manager, incident, "check-01-1", CheckOutcome.Gone);
        await story.AtAsync(50);
        await story.Act.CheckedAsync(Manager, incident, "check-01-2", CheckOutcome.Gone);
    }

    /// <summary>Mails of one moment have no order among people; of different moments they have.</summary>
    private static IReadOnlyList<string> Sorted(IReadOnlyList<string> lines, string? first = null) =>
        [.. lines.Select((line, i) => (line, i)).OrderBy(l => double.TryParse(l.line.Split(' ')[0], out var h) ? h : 0)
            .ThenBy(l => l.line.Split(' ') is [_, "h", var m, ..] && int.TryParse(m, out var minutes) ? minutes : 0)
            .ThenBy(l => first is not null && l.line.Contains(" " + first, StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(l => l.line, StringComparer.Ordinal).Select(l => l.line)];
}
