using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Durable;
using PolicyFlows.Functions.Hosting;
using PolicyFlows.Functions.Tests.Engine;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Scenarios;

/// <summary>The same stories as on the own engine, told on Microsoft's: same mails, people, order and end.</summary>
public sealed partial class ScenarioTests
{
    /// <summary>Through the services. Pages do not know which engine runs, and the wiped tellings of the own engine show what rule 2 asks.</summary>
    public static TheoryData<Telling> Tellings => [new Telling()];

    private static async Task TellAsync(
        Telling telling, DateTimeOffset at, Func<Story, Task> tell, Func<TrustDirectory, TrustDirectory>? people = null)
    {
        var (program, loop) = await MicrosoftLoop.StartAsync(new() { At = at, Directory = people, Pages = false });
        await using var first = loop;
        await using var second = program;
        loop.Enter();
        await tell(new Story(program, new ServiceActs(program)));
        await loop.RunUntilIdleAsync();
        var failed = await program.Get<DurableTaskClient>().GetAllInstancesAsync(new([OrchestrationRuntimeStatus.Failed]));
        Assert.Equal([], failed.Select(i => $"{i.Name} {i.RuntimeStatus}: {i.FailureDetails?.ErrorMessage}"));
        Assert.Null((await program.Get<Verification>().RunAsync()).First);
    }
}
