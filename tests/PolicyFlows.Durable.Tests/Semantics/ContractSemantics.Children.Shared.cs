using Xunit;

namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>Children. An id that is in use is not stated: engines differ there, so every child gets an id of its own.</summary>
public abstract partial class ContractSemantics
{
    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CallSubOrchestratorAsync))]
    [States(typeof(SubOrchestrationOptions), nameof(SubOrchestrationOptions.InstanceId))]
    public async Task A_child_runs_under_the_id_that_was_chosen_and_gives_its_output()
    {
        var program = new SmallProgram()
            .Flow<string, string>("Child", async (context, input) => $"{input} {await context.WaitForExternalEvent<string>("go")} {context.InstanceId}")
            .Flow("Flow", context => context.CallSubOrchestratorAsync<string>("Child", "hello", new SubOrchestrationOptions("its-child")));
        await using var engine = await OnAsync(program);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        await engine.UntilAsync("its-child", child => child.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await engine.Client.RaiseEventAsync("its-child", "go", "there");
        Assert.Equal("hello there its-child", await OutputAsync(engine));
        Assert.Equal("hello there its-child", await OutputAsync(engine, "its-child"));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CallSubOrchestratorAsync))]
    public async Task A_failed_child_is_caught_as_data()
    {
        var program = new SmallProgram()
            .Flow<string, string>("Child", (_, _) => throw new InvalidOperationException("no child"))
            .Flow("Flow", async context =>
            {
                var failed = await FailureOf(context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions("its-child")));
                return $"{failed.TaskName}: {failed.FailureDetails.ErrorType}: {failed.FailureDetails.ErrorMessage}";
            });
        Assert.Equal("Child: System.InvalidOperationException: no child", await RunAsync(program));
    }

    [Fact]
    [States(typeof(DurableTaskClient), nameof(DurableTaskClient.TerminateInstanceAsync))]
    public async Task A_terminated_child_fails_for_its_parent()
    {
        var program = new SmallProgram()
            .Flow("Child", async context => await context.WaitForExternalEvent<string>("never"))
            .Flow("Flow", async context => (await FailureOf(context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions("its-child")))).TaskName);
        await using var engine = await OnAsync(program);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        await engine.UntilAsync("its-child", child => child.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await engine.Client.TerminateInstanceAsync("its-child", "not needed");
        Assert.Equal("Child", await OutputAsync(engine));
    }

    [Fact]
    [States(typeof(DurableTaskClient), nameof(DurableTaskClient.TerminateInstanceAsync))]
    public async Task The_child_of_a_terminated_parent_goes_on()
    {
        var program = new SmallProgram()
            .Flow("Child", async context => await context.WaitForExternalEvent<string>("go"))
            .Flow("Flow", context => context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions("its-child")));
        await using var engine = await OnAsync(program);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        await engine.UntilAsync("its-child", child => child.RuntimeStatus == OrchestrationRuntimeStatus.Running);
        await engine.Client.TerminateInstanceAsync("one", "not needed");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(engine)).RuntimeStatus);
        await engine.Client.RaiseEventAsync("its-child", "go", "on its own");
        Assert.Equal("on its own", await OutputAsync(engine, "its-child"));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.Version))]
    public async Task A_child_is_stamped_with_the_version_of_the_program_that_starts_it_not_with_its_parents()
    {
        var program = new SmallProgram()
            .Flow("Child", context => Task.FromResult(context.Version))
            .Flow("Flow", async context => $"{context.Version} {await context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions("its-child"))}");
        await using var engine = await OnAsync(program);
        await engine.StartAsync("0.0.4", "Flow", null, "one");
        Assert.Equal($"0.0.4 {engine.ProgramVersion}", await OutputAsync(engine));
    }
}
