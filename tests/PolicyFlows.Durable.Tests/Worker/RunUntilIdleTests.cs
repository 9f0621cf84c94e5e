using Xunit;

namespace PolicyFlows.Durable.Tests.Worker;

public sealed class RunUntilIdleTests
{
    private readonly Engine engine = new();

    [Fact]
    public async Task Activities_run_one_after_the_other_and_the_output_is_kept()
    {
        engine.Registry.Work<string, string>("Hello", name => $"Hello {name}!").Flow("Hello2", async c =>
            await c.CallActivityAsync<string>("Hello", "A") + await c.CallActivityAsync<string>("Hello", "B"));
        await engine.StartAsync("Hello2");
        await engine.RunAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, engine.Get().RuntimeStatus);
        Assert.Equal("Hello A!Hello B!", engine.Output());
    }

    [Fact]
    public async Task A_timer_fires_when_the_clock_reaches_it_and_not_before()
    {
        engine.Registry.Flow("Sleep", async c =>
        {
            await c.CreateTimer(c.CurrentUtcDateTime.AddHours(24), CancellationToken.None);
            return c.CurrentUtcDateTime.ToString("O");
        });
        await engine.StartAsync("Sleep");
        await engine.RunAsync();
        Assert.Equal(engine.Clock.Now.AddHours(24), engine.Worker.NextDue);
        Assert.Equal(engine.Clock.Now.AddHours(24), engine.Get().NextTimer);
        await engine.AdvanceAsync(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Assert.Equal(OrchestrationRuntimeStatus.Running, engine.Get().RuntimeStatus);
        await engine.AdvanceAsync(TimeSpan.FromTicks(1));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, engine.Get().RuntimeStatus);
        Assert.Null(engine.Worker.NextDue);
    }

    [Fact]
    public async Task A_failed_activity_is_retried_by_timers_that_grow()
    {
        var calls = new List<DateTimeOffset>();
        engine.Registry.Work<int, int>("Shaky", i =>
        {
            calls.Add(engine.Clock.Now);
            return calls.Count < 3 ? throw new InvalidOperationException("not yet") : i;
        }).Flow("Retry", async c => (await c.CallActivityAsync<int>("Shaky", 7, new(new(3, TimeSpan.FromMinutes(1), 2)))).ToString());
        var start = engine.Clock.Now;
        await engine.StartAsync("Retry");
        await engine.RunAsync();
        Assert.Equal("timer", engine.Get().WaitingFor);
        await engine.AdvanceAsync(TimeSpan.FromMinutes(1));
        await engine.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("7", engine.Output());
        Assert.Equal([start, start.AddMinutes(1), start.AddMinutes(3)], calls);
    }

    [Fact]
    public async Task A_failure_after_the_last_try_reaches_the_code_as_data()
    {
        engine.Registry.Work<int, int>("Bad", _ => throw new InvalidDataException("wrong", new FormatException("deep"))).Flow("Caller", async c =>
        {
            try
            {
                return (await c.CallActivityAsync<int>("Bad", 1)).ToString();
            }
            catch (TaskFailedException e)
            {
                return $"{e.TaskName} {e.FailureDetails.ErrorType} {e.FailureDetails.ErrorMessage} {e.FailureDetails.InnerFailure?.ErrorType}";
            }
        });
        await engine.StartAsync("Caller");
        await engine.RunAsync();
        Assert.Equal("Bad System.IO.InvalidDataException wrong System.FormatException", engine.Output());
    }

    [Fact]
    public async Task After_an_outage_messages_are_played_in_the_order_of_their_time()
    {
        engine.Registry.Flow("Watch", async c =>
        {
            var told = new List<string>();
            async Task Note(string name, Task task)
            {
                await task;
                told.Add(name);
            }

            var start = c.CurrentUtcDateTime;
            await Task.WhenAll(
                Note("48h", c.CreateTimer(start.AddHours(48), CancellationToken.None)), Note("24h", c.CreateTimer(start.AddHours(24), CancellationToken.None)),
                Note("event at 36h", c.WaitForExternalEvent<string>("x")), Note("12h", c.CreateTimer(start.AddHours(12), CancellationToken.None)));
            return string.Join(", ", told);
        });
        await engine.StartAsync("Watch");
        await engine.RunAsync();
        engine.Clock.Advance(TimeSpan.FromHours(36));
        await engine.RaiseAsync("x");
        await engine.AdvanceAsync(TimeSpan.FromDays(3));
        Assert.Equal("12h, 24h, event at 36h, 48h", engine.Output());
    }

    [Fact]
    public async Task A_clock_that_goes_back_does_not_turn_time_back_within_an_instance()
    {
        engine.Registry.Work<int, int>("A", i => i).Flow("Flow", async c =>
        {
            var before = c.CurrentUtcDateTime;
            await c.WaitForExternalEvent<string>("x");
            return (c.CurrentUtcDateTime - before).ToString();
        });
        await engine.StartAsync("Flow");
        await engine.RunAsync();
        engine.Clock.Advance(TimeSpan.FromHours(-2));
        await engine.RaiseAsync("x");
        await engine.RunAsync();
        Assert.Equal("00:00:00", engine.Output());
    }

    [Fact]
    public async Task A_child_runs_under_the_chosen_id_and_answers_its_parent()
    {
        engine.Registry.Flow<int, int>("Child", (_, i) => Task.FromResult(i * 2))
            .Flow("Parent", async c => (await c.CallSubOrchestratorAsync<int>("Child", 21, new("kid"))).ToString());
        await engine.StartAsync("Parent");
        await engine.RunAsync();
        Assert.Equal("42", engine.Output());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, engine.Get("kid").RuntimeStatus);
    }

    [Fact]
    public async Task An_event_and_a_cancelled_timer_end_a_wait()
    {
        engine.Registry.Flow("Wait", async c =>
        {
            using var stop = new CancellationTokenSource();
            var timer = c.CreateTimer(c.CurrentUtcDateTime.AddDays(1), stop.Token);
            var decision = c.WaitForExternalEvent<string>("decision");
            if (await Task.WhenAny(timer, decision) == timer) return "late";
            stop.Cancel();
            return await decision;
        });
        await engine.StartAsync("Wait");
        await engine.RunAsync();
        Assert.Equal("event decision, timer", engine.Get().WaitingFor);
        await engine.RaiseAsync("DECISION", "yes");
        await engine.RunAsync();
        Assert.Equal("yes", engine.Output());
        Assert.Null(engine.Worker.NextDue);
    }
}
