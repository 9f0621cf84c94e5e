using Microsoft.Extensions.Logging;
using Xunit;

namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>Facts of the context: identity, time, replay, guids, custom status, loggers.</summary>
public abstract partial class ContractSemantics
{
    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.Name), nameof(TaskOrchestrationContext.InstanceId), nameof(TaskOrchestrationContext.Version))]
    [States(typeof(TaskOrchestrator<,>), nameof(TaskOrchestrator<,>.RunAsync))]
    [States(typeof(DurableTaskRegistry), nameof(DurableTaskRegistry.AddOrchestrator), nameof(DurableTaskRegistry.OrchestratorNames))]
    public async Task An_orchestration_knows_its_input_its_name_its_id_and_the_version_it_was_started_with()
    {
        var program = new SmallProgram().Flow<string, string>("Flow", (context, input) => Task.FromResult($"{input} {context.Name} {context.InstanceId} {context.Version}"));
        await using var engine = await OnAsync(program);
        Assert.Equal(["Flow"], program.Registry.OrchestratorNames);
        Assert.Equal($"hello Flow one {engine.ProgramVersion}", await RunAsync(engine, "hello"));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.Version))]
    [States(typeof(DurableTaskRegistry), nameof(DurableTaskRegistry.AddOrchestrator), nameof(DurableTaskRegistry.RunOrchestratorAsync))]
    public async Task An_instance_is_run_by_the_newest_class_that_is_not_newer_than_its_version()
    {
        var program = new SmallProgram()
            .Flow<string, string>("Flow", (context, _) => Task.FromResult($"old {context.Version}"))
            .Flow<string, string>("Flow", (context, _) => Task.FromResult($"new {context.Version}"), since: "0.0.5");
        await using var engine = await OnAsync(program);
        await engine.StartAsync("0.0.4", "Flow", null, "older");
        Assert.Equal("old 0.0.4", await OutputAsync(engine, "older"));
        Assert.Equal($"new {engine.ProgramVersion}", await RunAsync(engine));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CurrentUtcDateTime))]
    public async Task Time_is_UTC_stands_still_within_a_turn_and_is_the_same_on_every_replay()
    {
        var seen = new List<DateTime>();
        var program = new SmallProgram().Does<string, string>("Echo", input => input).Flow("Flow", async context =>
        {
            var first = context.CurrentUtcDateTime;
            lock (seen) seen.Add(first);
            Assert.Equal(DateTimeKind.Utc, first.Kind);
            Assert.Equal(first, context.CurrentUtcDateTime);
            await context.CallActivityAsync<string>("Echo", "a");
            Assert.True(context.CurrentUtcDateTime >= first);
            await context.CallActivityAsync<string>("Echo", "b");
            return "done";
        });
        Assert.Equal("done", await RunAsync(program));
        Assert.True(seen.Count > 1, "The code was never replayed.");
        Assert.Single(seen.Distinct());
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.IsReplaying))]
    public async Task Each_step_is_new_once_and_a_replay_ever_after()
    {
        var seen = new List<(string Step, bool Replaying)>();
        var program = new SmallProgram().Does<string, string>("Echo", input => input).Flow("Flow", async context =>
        {
            See("first", context);
            await context.CallActivityAsync<string>("Echo", "a");
            See("second", context);
            await context.CallActivityAsync<string>("Echo", "b");
            See("third", context);
            return "done";
        });
        Assert.Equal("done", await RunAsync(program));
        Assert.Equal(["first", "second", "third"], seen.Where(s => !s.Replaying).Select(s => s.Step));
        Assert.Contains(("first", true), seen);

        void See(string step, TaskOrchestrationContext context)
        {
            lock (seen) seen.Add((step, context.IsReplaying));
        }
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.NewGuid))]
    public async Task A_guid_is_the_same_on_every_replay_and_no_other_of_the_instance_or_of_its_next_start()
    {
        var seen = new List<Guid>();
        var program = new SmallProgram().Does<string, string>("Echo", input => input).Flow("Flow", async context =>
        {
            var (first, second) = (context.NewGuid(), context.NewGuid());
            lock (seen) seen.Add(first);
            await context.CallActivityAsync<string>("Echo", "a");
            return $"{first} {second} {context.NewGuid()}";
        });
        await using var engine = await OnAsync(program);
        var one = (await RunAsync(engine))!.Split(' ');
        Assert.Equal([Guid.Parse(one[0])], seen.Distinct());
        var again = (await RunAsync(engine))!.Split(' ');
        Assert.Equal(6, one.Concat(again).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.SetCustomStatus))]
    [States(typeof(OrchestrationMetadata), nameof(OrchestrationMetadata.SerializedCustomStatus))]
    public async Task The_last_custom_status_of_a_turn_is_seen_stays_and_can_be_taken_back()
    {
        var program = new SmallProgram().Flow<string, string>("Flow", async (context, input) =>
        {
            context.SetCustomStatus("overwritten");
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<string>("go");
            if (input == "take back") context.SetCustomStatus(null);
            return "done";
        });
        await using var engine = await OnAsync(program);
        foreach (var (id, input, end) in new[] { ("one", "leave", "\"waiting\""), ("two", "take back", null) })
        {
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", input, id);
            await AtAsync(engine, "waiting", id);
            await engine.Client.RaiseEventAsync(id, "go", "x");
            Assert.Equal(end, (await EndAsync(engine, id)).SerializedCustomStatus);
        }
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CreateReplaySafeLogger))]
    public async Task A_logger_writes_each_line_once_and_not_on_replay()
    {
        var program = new SmallProgram().Does<string, string>("Echo", input => input).Flow("Flow", async context =>
        {
            var logger = context.CreateReplaySafeLogger("story");
            logger.LogWarning("begins");
            await context.CallActivityAsync<string>("Echo", "a");
            logger.LogWarning("goes on");
            await context.CallActivityAsync<string>("Echo", "b");
            return "done";
        });
        await using var engine = await OnAsync(program);
        await RunAsync(engine);
        Assert.Equal(["story: begins", "story: goes on"], engine.Logged.Where(line => line.StartsWith("story: ", StringComparison.Ordinal)));
    }
}
