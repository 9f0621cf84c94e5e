using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Durable;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Scenarios;

public sealed partial class ScenarioTests
{
    /// <summary>Each story is told through the services, through pages and mailed links, and again with the engine wiped.</summary>
    public static TheoryData<Telling> Tellings => [new Telling(), new Telling(Pages: true), new Telling(WipeWhenQuiet: true), new Telling(WipeAfterTurn: -1)];

    /// <summary>All that an alert mails that is sent outside school hours when the story begins.</summary>
    private static readonly IReadOnlyList<string> AlertMails =
    [
        "0 h DSL: Act now: safeguarding alert",
        "0 h deputy DSL: Act now: safeguarding alert",
        "0 h headteacher: Act now: make sure that someone has the safeguarding alert",
        "0 h second deputy DSL: Act now: safeguarding alert",
        "0 h trust lead: Act now: make sure that someone has the safeguarding alert",
    ];

    /// <summary>Tells a story; with the wipe after every turn, once for each turn that the story has.</summary>
    private static async Task TellAsync(
        Telling telling, DateTimeOffset at, Func<Story, Task> tell, Func<TrustDirectory, TrustDirectory>? people = null)
    {
        if (telling.WipeAfterTurn >= 0)
        {
            await OnceAsync(telling, at, tell, people);
            return;
        }

        var turns = await OnceAsync(telling with { WipeAfterTurn = 0 }, at, tell, people);
        Assert.True(turns > 2, "A story without turns proves nothing.");
        for (var turn = 1; turn <= turns; turn++)
        {
            try
            {
                await OnceAsync(telling with { WipeAfterTurn = turn }, at, tell, people);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"The story comes out differently when the engine is wiped after turn {turn} of {turns}: {failure.Message}", failure);
            }
        }
    }

    private static async Task<int> OnceAsync(Telling telling, DateTimeOffset at, Func<Story, Task> tell, Func<TrustDirectory, TrustDirectory>? people)
    {
        await using var program = await TestProgram.StartAsync(new() { At = at, Directory = people, Pages = telling.Pages });
        program.WipeAfterTurn = telling.WipeAfterTurn;
        program.WipeWhenQuiet = telling.WipeWhenQuiet;
        try
        {
            await tell(new Story(program, telling.Pages ? new PageActs(program) : new ServiceActs(program)));
        }
        finally
        {
            // A stuck instance explains more than whatever the story missed.
            var stuck = await program.Get<DurableTaskClient>().GetAllInstancesAsync(new([OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Blocked]));
            Assert.Equal([], stuck.Select(i => $"{i.Name} {i.RuntimeStatus}: {i.FailureDetails?.ErrorMessage}"));
        }

        Assert.Null((await program.Get<Verification>().RunAsync()).First);
        return program.Turns;
    }

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
