using Xunit;

namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>What the outside does and sees.</summary>
public abstract partial class ContractSemantics
{
    private static SmallProgram Waiting(string end = "done") => new SmallProgram().Flow<string, string>("Flow", async (context, input) =>
    {
        context.SetCustomStatus("waiting");
        await context.WaitForExternalEvent<string>("go");
        return input == "fail" ? throw new InvalidOperationException("no luck") : $"{input} {end}";
    });

    [Fact]
    [States(typeof(DurableTaskClient), nameof(DurableTaskClient.ScheduleNewOrchestrationInstanceAsync))]
    public async Task A_second_start_of_a_live_instance_changes_nothing_and_a_finished_one_starts_anew()
    {
        await using var engine = await OnAsync(Waiting());
        Assert.Equal("one", await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", "first", "one"));
        Assert.Equal("one", await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", "second", "one"));
        await AtAsync(engine, "waiting");
        Assert.Equal("one", await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", "third", "one"));
        await engine.Client.RaiseEventAsync("one", "go", "x");
        Assert.Equal("first done", await OutputAsync(engine));

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", "fail", "one");
        await AtAsync(engine, "waiting");
        await engine.Client.RaiseEventAsync("one", "go", "x");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync(engine)).RuntimeStatus);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", "after a failure", "one");
        await AtAsync(engine, "waiting");
        await engine.Client.RaiseEventAsync("one", "go", "x");
        Assert.Equal("after a failure done", await OutputAsync(engine));
    }

    [Fact]
    [States(typeof(DurableTaskClient), nameof(DurableTaskClient.ScheduleNewOrchestrationInstanceAsync))]
    [States(typeof(SubOrchestrationOptions), nameof(SubOrchestrationOptions.InstanceId))]
    public async Task An_id_that_a_hub_cannot_keep_is_refused_for_an_instance_and_for_a_child()
    {
        await using var engine = await OnAsync(Waiting().Flow<string, string>("Parent", async (context, id) =>
        {
            try
            {
                return await context.CallSubOrchestratorAsync<string>("Flow", null, new SubOrchestrationOptions(id));
            }
            catch (ArgumentException)
            {
                return "refused";
            }
        }));
        foreach (var (id, n) in new[] { "", "@one", "a/b", "a\\b", "a#b", "a?b", "a\nb", new string('a', InstanceIds.Longest + 1) }.Select((id, n) => (id, n)))
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", "x", id));
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", id, $"parent-{n}");
            Assert.Equal("refused", await OutputAsync(engine, $"parent-{n}"));
        }
    }

    [Fact]
    [States(typeof(DurableTaskClient), nameof(DurableTaskClient.GetInstanceAsync))]
    [States(typeof(OrchestrationMetadata), nameof(OrchestrationMetadata.InstanceId), nameof(OrchestrationMetadata.Name), nameof(OrchestrationMetadata.RuntimeStatus), nameof(OrchestrationMetadata.IsCompleted))]
    [States(typeof(OrchestrationMetadata), nameof(OrchestrationMetadata.CreatedAt), nameof(OrchestrationMetadata.LastUpdatedAt), nameof(OrchestrationMetadata.SerializedInput), nameof(OrchestrationMetadata.SerializedOutput))]
    [States(typeof(OrchestrationRuntimeStatus), nameof(OrchestrationRuntimeStatus.Pending), nameof(OrchestrationRuntimeStatus.Running), nameof(OrchestrationRuntimeStatus.Completed))]
    public async Task An_instance_is_seen_from_its_start_to_its_end_and_an_unknown_one_is_nothing()
    {
        await using var engine = await OnAsync(Waiting());
        Assert.Null(await engine.Client.GetInstanceAsync("one"));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", "hello", "one");
        var begun = (await engine.Client.GetInstanceAsync("one"))!;
        Assert.Contains(begun.RuntimeStatus, new[] { OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running });
        var waiting = await AtAsync(engine, "waiting");
        Assert.Equal((OrchestrationRuntimeStatus.Running, false, null), (waiting.RuntimeStatus, waiting.IsCompleted, waiting.SerializedOutput));
        await engine.Client.RaiseEventAsync("one", "go", "x");
        var end = await EndAsync(engine);
        Assert.Equal(("one", "Flow", OrchestrationRuntimeStatus.Completed, true), (end.InstanceId, end.Name, end.RuntimeStatus, end.IsCompleted));
        Assert.Equal(("\"hello\"", "\"hello done\"", null), (end.SerializedInput, end.SerializedOutput, end.FailureDetails));
        Assert.Equal(TimeSpan.Zero, end.CreatedAt.Offset);
        // A hub may stamp the start when it is asked and again when it begins.
        Assert.InRange(end.CreatedAt, begun.CreatedAt - engine.Late, begun.CreatedAt + engine.Late);
        Assert.True(end.LastUpdatedAt >= end.CreatedAt);
    }

    [Fact]
    [States(typeof(OrchestrationMetadata), nameof(OrchestrationMetadata.FailureDetails))]
    [States(typeof(OrchestrationRuntimeStatus), nameof(OrchestrationRuntimeStatus.Failed))]
    public async Task What_an_orchestration_throws_ends_it_as_failed_and_is_told_by_type_and_message()
    {
        await using var engine = await OnAsync(Waiting());
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", "fail", "one");
        await engine.Client.RaiseEventAsync("one", "go", "x");
        var end = await EndAsync(engine);
        Assert.Equal((OrchestrationRuntimeStatus.Failed, true), (end.RuntimeStatus, end.IsCompleted));
        Assert.Equal(("System.InvalidOperationException", "no luck"), (end.FailureDetails!.ErrorType, end.FailureDetails.ErrorMessage));
    }

    [Fact]
    [States(typeof(OrchestrationMetadata), nameof(OrchestrationMetadata.FailureDetails))]
    public async Task An_activitys_failure_that_nobody_catches_ends_the_orchestration_and_its_message_is_told()
    {
        await using var engine = await OnAsync(new SmallProgram()
            .Does<string, string>("Fail", _ => throw new InvalidOperationException("no luck")).Flow("Flow", context => context.CallActivityAsync<string>("Fail", "x")));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        var end = await EndAsync(engine);
        Assert.Equal((OrchestrationRuntimeStatus.Failed, typeof(TaskFailedException).FullName), (end.RuntimeStatus, end.FailureDetails!.ErrorType));
        Assert.Contains("'Fail'", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("no luck", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    [States(typeof(OrchestrationMetadata), nameof(OrchestrationMetadata.Version), nameof(OrchestrationMetadata.WaitingFor), nameof(OrchestrationMetadata.NextTimer))]
    public async Task Operators_see_version_waits_and_next_timer_where_the_engine_shows_them()
    {
        await using var engine = await OnAsync(new SmallProgram().Flow("Flow", async context =>
        {
            context.SetCustomStatus("waiting");
            await Task.WhenAny(context.WaitForExternalEvent<string>("go"), context.CreateTimer(context.CurrentUtcDateTime.AddDays(1), CancellationToken.None));
            return "done";
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        var waiting = await AtAsync(engine, "waiting");
        Assert.Equal(engine.ShowsWaits ? engine.ProgramVersion : "", waiting.Version);
        Assert.Equal(engine.ShowsWaits, waiting.WaitingFor?.Contains("go", StringComparison.Ordinal) ?? false);
        Assert.Equal(engine.ShowsWaits, waiting.NextTimer is not null);
    }

    [Fact]
    [States(typeof(OrchestrationRuntimeStatus), nameof(OrchestrationRuntimeStatus.Blocked))]
    public async Task Code_that_does_not_fit_its_history_any_more_does_not_go_on()
    {
        var activity = "Echo";
        await using var engine = await OnAsync(new SmallProgram()
            .Does<string, string>("Echo", input => input).Does<string, string>("Other", input => input)
            .Flow("Flow", async context =>
            {
                await context.CallActivityAsync<string>(Volatile.Read(ref activity), "a");
                context.SetCustomStatus("waiting");
                await context.WaitForExternalEvent<string>("go");
                return "done";
            }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        await AtAsync(engine, "waiting");
        Volatile.Write(ref activity, "Other");
        await engine.Client.RaiseEventAsync("one", "go", "x");
        var stopped = await engine.UntilAsync("one", i => i.RuntimeStatus != OrchestrationRuntimeStatus.Running);
        Assert.Equal(engine.AfterMismatch, stopped.RuntimeStatus);
        Assert.NotNull(stopped.FailureDetails);
        Assert.Null(stopped.SerializedOutput);
    }

    [Fact]
    [States(typeof(DurableTaskClient), nameof(DurableTaskClient.TerminateInstanceAsync))]
    [States(typeof(OrchestrationRuntimeStatus), nameof(OrchestrationRuntimeStatus.Terminated))]
    public async Task A_terminated_instance_is_over_and_a_finished_or_unknown_one_stays_as_it_is()
    {
        await using var engine = await OnAsync(Waiting());
        await engine.Client.TerminateInstanceAsync("nobody", "no reason");
        Assert.Null(await engine.Client.GetInstanceAsync("nobody"));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", "hello", "one");
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", "hello", "two");
        await AtAsync(engine, "waiting");
        await engine.Client.TerminateInstanceAsync("one", "not needed");
        var end = await EndAsync(engine);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, true, null, "Terminated"), (end.RuntimeStatus, end.IsCompleted, end.SerializedOutput, end.FailureDetails!.ErrorType));
        Assert.Contains("not needed", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        await engine.Client.RaiseEventAsync("one", "go", "x");
        await engine.Client.RaiseEventAsync("two", "go", "x");
        Assert.Equal("hello done", await OutputAsync(engine, "two"));
        await engine.Client.TerminateInstanceAsync("two", "too late");
        Assert.Equal("hello done", await OutputAsync(engine, "two"));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(engine)).RuntimeStatus);
    }

    [Fact]
    [States(typeof(DurableTaskClient), nameof(DurableTaskClient.PurgeInstanceAsync))]
    public async Task A_finished_instance_can_be_forgotten_a_live_or_unknown_one_cannot()
    {
        await using var engine = await OnAsync(Waiting());
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", "hello", "one");
        await AtAsync(engine, "waiting");
        Assert.False(await engine.Client.PurgeInstanceAsync("one"));
        Assert.False(await engine.Client.PurgeInstanceAsync("nobody"));
        await engine.Client.RaiseEventAsync("one", "go", "x");
        await EndAsync(engine);
        Assert.True(await engine.Client.PurgeInstanceAsync("one"));
        Assert.Null(await engine.Client.GetInstanceAsync("one"));
        Assert.False(await engine.Client.PurgeInstanceAsync("one"));
    }

    [Fact]
    [States(typeof(DurableTaskClient), nameof(DurableTaskClient.GetAllInstancesAsync))]
    [States(typeof(OrchestrationQuery), nameof(OrchestrationQuery.Statuses), nameof(OrchestrationQuery.InstanceIdPrefix), nameof(OrchestrationQuery.After), nameof(OrchestrationQuery.PageSize))]
    public async Task Instances_are_listed_by_id_and_filtered_by_state_and_beginning_page_by_page()
    {
        await using var engine = await OnAsync(Waiting());
        foreach (var id in new[] { "b-2", "a-1", "b-1", "c-1", "b-3" }) await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", id, id);
        foreach (var id in new[] { "b-2", "a-1", "b-1", "c-1", "b-3" }) await AtAsync(engine, "waiting", id);
        await engine.Client.RaiseEventAsync("b-2", "go", "x");
        await engine.Client.RaiseEventAsync("c-1", "go", "x");
        await EndAsync(engine, "b-2");
        await EndAsync(engine, "c-1");

        Assert.Equal(["a-1", "b-1", "b-2", "b-3", "c-1"], await Ids(new()));
        Assert.Equal(["b-1", "b-2", "b-3"], await Ids(new(InstanceIdPrefix: "b-")));
        Assert.Equal(["b-2", "c-1"], await Ids(new([OrchestrationRuntimeStatus.Completed])));
        Assert.Equal(["a-1", "b-1", "b-2", "b-3", "c-1"], await Ids(new([OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running])));
        Assert.Empty(await Ids(new([OrchestrationRuntimeStatus.Blocked])));
        Assert.Empty(await Ids(new([])));
        Assert.Equal(["a-1", "b-1"], await Ids(new(PageSize: 2)));
        Assert.Equal(["b-2", "b-3"], await Ids(new(After: "b-1", PageSize: 2)));
        Assert.Equal(["c-1"], await Ids(new(After: "b-3", PageSize: 2)));
        Assert.Empty(await Ids(new(After: "c-1")));

        async Task<IEnumerable<string>> Ids(OrchestrationQuery query) => (await engine.Client.GetAllInstancesAsync(query)).Select(i => i.InstanceId);
    }
}
