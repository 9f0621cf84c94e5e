using Xunit;
using static PolicyFlows.Durable.OrchestrationRuntimeStatus;

namespace PolicyFlows.Durable.Tests.Worker;

/// <summary>What client and operators can do and see.</summary>
public sealed class OperatorTests
{
    private readonly Engine engine = new();

    [Fact]
    public async Task A_blocked_instance_says_why_keeps_its_inbox_and_goes_on_with_a_fixed_program()
    {
        engine.Registry.Work<int, int>("Old", i => i).Work<int, int>("New", i => i)
            .Flow("Flow", async c => $"{await c.CallActivityAsync<int>("Old", 1)} {await c.WaitForExternalEvent<string>("go")}");
        await engine.StartAsync("Flow");
        await engine.RunAsync();

        var changed = engine.NewWorker(new DurableTaskRegistry().Flow("Flow", async c => $"{await c.CallActivityAsync<int>("New", 1)}"));
        await engine.RaiseAsync("go", "yes");
        await changed.RunUntilIdleAsync();
        Assert.Equal(Blocked, engine.Get().RuntimeStatus);
        Assert.Contains("'Old'", engine.Get().FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("event go", engine.Get().WaitingFor);
        Assert.False(engine.Get().IsCompleted);

        Assert.True(await engine.Client.RetryInstanceAsync("one"));
        await engine.RunAsync();
        Assert.Equal("1 yes", engine.Output());
        Assert.False(await engine.Client.RetryInstanceAsync("one"));
    }

    [Fact]
    public async Task A_live_instance_without_a_class_refuses_the_start_with_its_name_and_version()
    {
        engine.Registry.Flow("Flow", c => c.WaitForExternalEvent<string>("x"));
        await engine.StartAsync("Flow");
        var error = Assert.Throws<InvalidOperationException>(() => engine.NewWorker(new()).CheckRegistry());
        Assert.Contains("'Flow' at version 1.0.0", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.NewWorker(new()).RunUntilIdleAsync());
        await engine.Client.TerminateInstanceAsync("one", "gone");
        engine.NewWorker(new()).CheckRegistry();
    }

    [Fact]
    public async Task Starting_an_unknown_orchestration_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => engine.StartAsync("Nobody"));
        Assert.Null(await engine.Client.GetInstanceAsync("one"));
    }

    [Fact]
    public async Task An_event_for_an_unknown_instance_is_an_error_and_for_a_finished_one_nothing()
    {
        engine.Registry.Flow("Flow", _ => Task.FromResult("done"));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => engine.RaiseAsync("x"));
        await engine.StartAsync("Flow");
        await engine.RunAsync();
        await engine.RaiseAsync("x");
        await engine.RunAsync();
        Assert.Equal("done", engine.Output());
    }

    [Fact]
    public async Task Payloads_over_the_limit_are_refused_to_the_caller()
    {
        var small = new Engine(settings: new("1.0.0") { MaxPayloadBytes = 10 });
        small.Registry.Flow("Flow", c => c.WaitForExternalEvent<string>("x")).Work<int, string>("A", _ => "much too long");
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => small.StartAsync("Flow", input: "much too long"));
        await small.StartAsync("Flow");
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => small.RaiseAsync("x", "much too long"));
    }

    [Fact]
    public async Task A_result_over_the_limit_is_a_failure_with_a_clear_error()
    {
        var small = new Engine(settings: new("1.0.0") { MaxPayloadBytes = 10 });
        small.Registry.Work<int, string>("A", _ => "much too long").Flow("Flow", async c =>
        {
            await c.CallActivityAsync("A", 1);
            return "";
        });
        await small.StartAsync("Flow");
        await small.RunAsync();
        Assert.Equal(Failed, small.Get().RuntimeStatus);
        Assert.Contains("result of activity 'A'", small.Get().FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instances_can_be_listed_with_what_they_wait_for_and_purged_when_finished()
    {
        engine.Registry.Flow("Waits", c => c.WaitForExternalEvent<string>("answer")).Flow("Ends", _ => Task.FromResult(""));
        await engine.StartAsync("Waits", "a");
        await engine.StartAsync("Ends", "b");
        await engine.RunAsync();
        var all = await engine.Client.GetAllInstancesAsync(new());
        Assert.Equal([("a", Running, "event answer"), ("b", Completed, null)], all.Select(m => (m.InstanceId, m.RuntimeStatus, m.WaitingFor)));
        Assert.False(await engine.Client.PurgeInstanceAsync("a"));
        Assert.True(await engine.Client.PurgeInstanceAsync("b"));
        Assert.Null(await engine.Client.GetInstanceAsync("b"));
    }

    [Fact]
    public async Task Activities_get_a_service_scope_each_and_it_is_disposed()
    {
        var services = new ScopedServices();
        engine.Registry.AddActivity<int, int>("A", scope =>
        {
            Assert.NotSame(services, scope);
            return (TaskActivity<int, int>)scope.GetService(typeof(TaskActivity<int, int>))!;
        }).Flow("Flow", async c => $"{await c.CallActivityAsync<int>("A", 1)}{await c.CallActivityAsync<int>("A", 1)}");
        await engine.StartAsync("Flow");
        await engine.NewWorker(services: services).RunUntilIdleAsync();
        Assert.Equal("12", engine.Output());
        Assert.Equal((2, 2), (services.Made, services.Disposed));
    }

    [Fact]
    public async Task Each_committed_turn_is_announced()
    {
        var turns = new List<string>();
        engine.Worker.TurnCommitted = id =>
        {
            turns.Add(id);
            return Task.CompletedTask;
        };
        engine.Registry.Work<int, int>("A", i => i).Flow("Kid", async c => $"{await c.CallActivityAsync<int>("A", 1)}")
            .Flow("Flow", c => c.CallSubOrchestratorAsync<string>("Kid", null, new("kid")));
        await engine.StartAsync("Flow");
        await engine.RunAsync();
        Assert.Equal(["one", "kid", "kid", "one"], turns);
    }

    [Fact]
    public async Task The_engine_can_be_wiped_at_any_turn()
    {
        var wiped = false;
        engine.Registry.Work<int, int>("A", i => i).Flow("Flow", async c => $"{await c.CallActivityAsync<int>("A", 1)}");
        engine.Worker.TurnCommitted = async _ =>
        {
            if (!wiped) await engine.Store.WipeAsync();
            wiped = true;
        };
        await engine.StartAsync("Flow");
        await engine.RunAsync();
        Assert.Empty(engine.Store.List(new()));
        await engine.StartAsync("Flow");
        await engine.RunAsync();
        Assert.Equal("1", engine.Output());
    }
}
