using PolicyFlows.Core.Rounds;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;
using PolicyFlows.Durable.Tests.Semantics;
using PolicyFlows.Functions.Tests.Semantics;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Functions.Tests.Host;

/// <summary>The hub keeps what has ended until somebody purges it: the daily rounds do, on either host.</summary>
public sealed class PurgeTests
{
    [Fact]
    public async Task The_daily_rounds_forget_what_ended_long_ago_and_nothing_else()
    {
        await using var engine = await MicrosoftEngine.StartAsync(new SmallProgram()
            .Flow("Ends", _ => Task.FromResult("done"))
            .Flow("Fails", _ => throw new InvalidOperationException("no"))
            .Flow("Waits", async context => await context.WaitForExternalEvent<string>("never")));
        foreach (var name in new[] { "Ends", "Fails", "Waits" }) await engine.Client.ScheduleNewOrchestrationInstanceAsync(name, null, name);
        await engine.UntilAsync("Ends", i => i.IsCompleted);
        await engine.UntilAsync("Fails", i => i.IsCompleted);

        Assert.Equal(0, await ForgetAsync(engine, ForgetEndedInstances.Kept - TimeSpan.FromDays(1)));
        Assert.Equal(2, await ForgetAsync(engine, ForgetEndedInstances.Kept + TimeSpan.FromDays(1)));
        Assert.Equal(["Waits"], (await engine.Client.GetAllInstancesAsync(new())).Select(i => i.InstanceId));
    }

    private static Task<int> ForgetAsync(IEngineUnderTest engine, TimeSpan later)
    {
        var time = new VirtualTime(DateTimeOffset.UtcNow + later);
        return new ForgetEndedInstances(engine.Client, new BusinessClock(time)).RunAsync(new TaskActivityContext(ForgetEndedInstances.Name, "daily"), "20261123");
    }
}
