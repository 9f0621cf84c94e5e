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
        await using var program = await TestProgram.StartAsync(new() { At = at, Directory = people, Pages = telling.Pages, Sqlite = telling.Pages });
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
}
