using Xunit;

namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>External events: kept, in order, to the newest live waiter.</summary>
public abstract partial class ContractSemantics
{
    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.WaitForExternalEvent))]
    [States(typeof(DurableTaskClient), nameof(DurableTaskClient.RaiseEventAsync))]
    public async Task Events_of_a_name_are_kept_until_somebody_waits_and_come_in_the_order_in_which_they_were_raised()
    {
        var program = new SmallProgram().Flow("Flow", async context =>
        {
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<string>("go");
            return string.Join(' ', await context.WaitForExternalEvent<int>("number"), await context.WaitForExternalEvent<int>("number"), await context.WaitForExternalEvent<int>("number"));
        });
        await using var engine = await OnAsync(program);
        // The first is raised before the first turn, or as near to it as an engine lets one come.
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        await engine.Client.RaiseEventAsync("one", "number", 1);
        await AtAsync(engine, "waiting");
        await engine.Client.RaiseEventAsync("one", "number", 2);
        await engine.Client.RaiseEventAsync("one", "number", 3);
        await engine.Client.RaiseEventAsync("one", "go", "x");
        Assert.Equal("1 2 3", await OutputAsync(engine));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.WaitForExternalEvent))]
    public async Task The_name_of_an_event_is_the_same_in_capitals_and_its_payload_may_be_nothing()
    {
        var program = new SmallProgram().Flow("Flow", async context => $"{await context.WaitForExternalEvent<string?>("Left-INC") ?? "nothing"} {await context.WaitForExternalEvent<Fact?>("fact")}");
        await using var engine = await OnAsync(program);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        var fact = new Fact("a", DayOfWeek.Monday, new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc));
        await engine.Client.RaiseEventAsync("one", "left-inc");
        await engine.Client.RaiseEventAsync("one", "FACT", fact);
        Assert.Equal($"nothing {fact}", await OutputAsync(engine));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.WaitForExternalEvent))]
    public async Task An_event_goes_to_the_newest_waiter_of_its_name()
    {
        var program = new SmallProgram().Flow("Flow", async context =>
        {
            var (older, newer) = (context.WaitForExternalEvent<string>("go"), context.WaitForExternalEvent<string>("go"));
            context.SetCustomStatus("waiting");
            return $"newer {await newer}, older {await older}";
        });
        await using var engine = await OnAsync(program);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        await AtAsync(engine, "waiting");
        await engine.Client.RaiseEventAsync("one", "go", "1");
        await engine.Client.RaiseEventAsync("one", "go", "2");
        Assert.Equal("newer 1, older 2", await OutputAsync(engine));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.WaitForExternalEvent))]
    public async Task A_cancelled_wait_takes_no_event_it_is_kept_for_the_next_one()
    {
        var program = new SmallProgram().Flow("Flow", async context =>
        {
            using var giveUp = new CancellationTokenSource();
            var given = context.WaitForExternalEvent<string>("go", giveUp.Token);
            giveUp.Cancel();
            context.SetCustomStatus("gave up");
            await context.WaitForExternalEvent<string>("looked");
            return $"{await OutcomeOf(given)}, {await context.WaitForExternalEvent<string>("go")}, {await context.WaitForExternalEvent<string>("go")}";
        });
        await using var engine = await OnAsync(program);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        await AtAsync(engine, "gave up");
        await engine.Client.RaiseEventAsync("one", "go", "1");
        await engine.Client.RaiseEventAsync("one", "looked", "x");
        await engine.Client.RaiseEventAsync("one", "go", "2");
        Assert.Equal("cancelled, 1, 2", await OutputAsync(engine));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.WaitForExternalEvent))]
    public async Task When_the_newest_wait_is_cancelled_an_older_one_takes_the_event()
    {
        var program = new SmallProgram().Flow("Flow", async context =>
        {
            using var giveUp = new CancellationTokenSource();
            var (older, newer) = (context.WaitForExternalEvent<string>("go"), context.WaitForExternalEvent<string>("go", giveUp.Token));
            giveUp.Cancel();
            context.SetCustomStatus("waiting");
            return $"{await older}, {await OutcomeOf(newer)}";
        });
        await using var engine = await OnAsync(program);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        await AtAsync(engine, "waiting");
        await engine.Client.RaiseEventAsync("one", "go", "1");
        Assert.Equal("1, cancelled", await OutputAsync(engine));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.WaitForExternalEvent))]
    public async Task A_wait_with_a_cancelled_token_is_cancelled_even_if_an_event_is_there()
    {
        var program = new SmallProgram().Flow("Flow", async context =>
        {
            await context.WaitForExternalEvent<string>("go");
            using var cancelled = new CancellationTokenSource();
            cancelled.Cancel();
            return $"{await OutcomeOf(context.WaitForExternalEvent<string>("kept", cancelled.Token))}, {await context.WaitForExternalEvent<string>("kept")}";
        });
        await using var engine = await OnAsync(program);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        await engine.Client.RaiseEventAsync("one", "kept", "still here");
        await engine.Client.RaiseEventAsync("one", "go", "x");
        Assert.Equal("cancelled, still here", await OutputAsync(engine));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.WaitForExternalEvent), nameof(TaskOrchestrationContext.CreateTimer))]
    public async Task A_question_waits_for_its_answer_between_reminders_and_misses_none()
    {
        var answered = "no";
        await using var engine = await OnAsync(new SmallProgram()
            .Does<string, string>("Look", _ => Volatile.Read(ref answered))
            .Flow<double, string>("Flow", async (context, hour) =>
            {
                for (var look = 1; ; look++)
                {
                    var seen = await context.CallActivityAsync<string>("Look", "x");
                    if (seen != "no") return seen;
                    using var change = new CancellationTokenSource();
                    using var elapsed = new CancellationTokenSource();
                    var left = context.WaitForExternalEvent<string?>("left", change.Token);
                    var reminder = context.CreateTimer(context.CurrentUtcDateTime.AddMilliseconds(look < 3 ? hour : 1_000_000 * hour), elapsed.Token);
                    if (look == 3) context.SetCustomStatus("reminded");
                    await Task.WhenAny(left, reminder);
                    change.Cancel();
                    elapsed.Cancel();
                }
            }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", engine.Hour.TotalMilliseconds, "one");
        await AtAsync(engine, "reminded");
        Volatile.Write(ref answered, "yes");
        await engine.Client.RaiseEventAsync("one", "left");
        Assert.Equal("yes", await OutputAsync(engine));
    }

    [Fact]
    [States(typeof(DurableTaskClient), nameof(DurableTaskClient.RaiseEventAsync))]
    [States(typeof(InstanceNotFoundException), nameof(InstanceNotFoundException.Message))]
    public async Task An_event_for_an_unknown_instance_is_an_error_and_for_a_finished_one_nothing()
    {
        await using var engine = await OnAsync(new SmallProgram().Flow("Flow", _ => Task.FromResult("done")));
        var unknown = await Assert.ThrowsAsync<InstanceNotFoundException>(() => engine.Client.RaiseEventAsync("nobody", "go", "x"));
        Assert.Contains("nobody", unknown.Message, StringComparison.Ordinal);
        await RunAsync(engine);
        await engine.Client.RaiseEventAsync("one", "go", "x");
        Assert.Equal("done", await OutputAsync(engine));
    }
}
