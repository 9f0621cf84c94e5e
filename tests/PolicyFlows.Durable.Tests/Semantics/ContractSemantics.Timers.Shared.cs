using Xunit;

namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>Timers.</summary>
public abstract partial class ContractSemantics
{
    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CreateTimer))]
    public async Task A_timer_ends_when_it_is_due_or_a_little_later()
    {
        await using var engine = await OnAsync(new SmallProgram().Flow<double, string>("Flow", async (context, hour) =>
        {
            var began = context.CurrentUtcDateTime;
            await context.CreateTimer(began.AddMilliseconds(2 * hour), CancellationToken.None);
            return $"{(context.CurrentUtcDateTime - began).Ticks}";
        }));
        var elapsed = TimeSpan.FromTicks(long.Parse((await RunAsync(engine, engine.Hour.TotalMilliseconds))!, System.Globalization.CultureInfo.InvariantCulture));
        InTime(engine, engine.Hour * 2, elapsed);
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CreateTimer))]
    public async Task A_timer_that_is_overdue_ends_at_once_and_a_time_without_a_kind_is_UTC()
    {
        var program = new SmallProgram().Flow("Flow", async context =>
        {
            await context.CreateTimer(context.CurrentUtcDateTime.AddDays(-1), CancellationToken.None);
            await context.CreateTimer(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Unspecified), CancellationToken.None);
            return "done";
        });
        Assert.Equal("done", await RunAsync(program));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CreateTimer))]
    public async Task A_timer_in_local_time_is_refused()
    {
        var program = new SmallProgram().Flow("Flow", async context =>
        {
            try
            {
                await context.CreateTimer(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Local), CancellationToken.None);
            }
            catch (ArgumentException)
            {
                return "refused";
            }

            return "taken";
        });
        Assert.Equal("refused", await RunAsync(program));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CreateTimer))]
    public async Task A_cancelled_timer_ends_as_cancelled_and_holds_up_nothing()
    {
        var program = new SmallProgram().Flow("Flow", async context =>
        {
            using var before = new CancellationTokenSource();
            before.Cancel();
            var outcome = await OutcomeOf(context.CreateTimer(context.CurrentUtcDateTime.AddDays(2), before.Token));
            using var losing = new CancellationTokenSource();
            var timer = context.CreateTimer(context.CurrentUtcDateTime.AddDays(2), losing.Token);
            context.SetCustomStatus("waiting");
            var change = context.WaitForExternalEvent<string>("go");
            var won = await Task.WhenAny(change, timer) == change;
            losing.Cancel();
            return $"{outcome}, {won}, {await OutcomeOf(timer)}";
        });
        await using var engine = await OnAsync(program);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", null, "one");
        await AtAsync(engine, "waiting");
        await engine.Client.RaiseEventAsync("one", "go", "x");
        Assert.Equal("cancelled, True, cancelled", await OutputAsync(engine));
    }

    [Fact]
    [States(typeof(TaskOrchestrationContext), nameof(TaskOrchestrationContext.CreateTimer))]
    public async Task Of_two_timers_the_one_that_is_due_first_ends_first()
    {
        await using var engine = await OnAsync(new SmallProgram().Flow<double, string>("Flow", async (context, hour) =>
        {
            var late = context.CreateTimer(context.CurrentUtcDateTime.AddMilliseconds(3 * hour), CancellationToken.None);
            var soon = context.CreateTimer(context.CurrentUtcDateTime.AddMilliseconds(hour), CancellationToken.None);
            var first = await Task.WhenAny(late, soon) == soon ? "soon" : "late";
            await late;
            return first;
        }));
        Assert.Equal("soon", await RunAsync(engine, engine.Hour.TotalMilliseconds));
    }

    private static async Task<string> OutcomeOf(Task task)
    {
        try
        {
            await task;
            return "done";
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }
    }
}
