using Xunit;
using static PolicyFlows.Durable.Tests.Exec;

namespace PolicyFlows.Durable.Tests.Execution;

public sealed class EventAndTimerTests
{
    [Fact]
    public void Events_of_a_name_are_taken_in_the_order_of_arrival_without_regard_to_case()
    {
        var exec = Of(async c =>
        {
            await c.CallActivityAsync("A");
            return await c.WaitForExternalEvent<string>("Vote") + await c.WaitForExternalEvent<string>("vote") + await c.WaitForExternalEvent<string>("VOTE");
        });
        var end = exec.Then(exec.First(new EventRaised("VOTE", "\"1\""), new EventRaised("other", null)),
            new EventRaised("vote", "\"2\""), new ActivityCompleted(1, null), new EventRaised("vOTE", "\"3\""));
        Assert.Equal("\"123\"", Output(end));
        Assert.Equal((1, 3), (end.BufferedEvents, end.TakenEvents));
    }

    [Fact]
    public void A_cancelled_wait_takes_no_event()
    {
        var exec = Of(async c =>
        {
            using var stop = new CancellationTokenSource();
            var first = c.WaitForExternalEvent<string>("answer", stop.Token);
            await c.CreateTimer(c.CurrentUtcDateTime.AddHours(1), CancellationToken.None);
            stop.Cancel();
            var second = await c.WaitForExternalEvent<string>("answer");
            return $"{first.IsCanceled} {second}";
        });
        var end = exec.Then(exec.First(), new TimerFired(1), new EventRaised("answer", "\"yes\""));
        Assert.Equal("\"True yes\"", Output(end));
    }

    [Fact]
    public void A_wait_with_a_cancelled_token_takes_nothing()
    {
        var exec = Of(async c =>
        {
            await c.CallActivityAsync("A");
            var cancelled = c.WaitForExternalEvent<string>("x", new(canceled: true));
            return $"{cancelled.IsCanceled} {await c.WaitForExternalEvent<string>("x")}";
        });
        Assert.Equal("\"True 1\"", Output(exec.First(new EventRaised("x", "\"1\""), new ActivityCompleted(1, null))));
    }

    [Fact]
    public void The_newest_live_waiter_takes_the_event()
    {
        var exec = Of(async c =>
        {
            using var stop = new CancellationTokenSource();
            var oldest = c.WaitForExternalEvent<string>("x");
            var middle = c.WaitForExternalEvent<string>("x");
            var newest = c.WaitForExternalEvent<string>("x", stop.Token);
            stop.Cancel();
            return $"{await middle} {await oldest} {newest.IsCanceled}";
        });
        Assert.Equal("\"1 2 True\"", Output(exec.First(new EventRaised("x", "\"1\""), new EventRaised("x", "\"2\""))));
    }

    [Fact]
    public void A_cancelled_timer_is_an_action_and_its_late_firing_is_ignored()
    {
        var exec = Of(async c =>
        {
            using var stop = new CancellationTokenSource();
            var timer = c.CreateTimer(c.CurrentUtcDateTime.AddHours(1), stop.Token);
            await c.WaitForExternalEvent<string>("x");
            stop.Cancel();
            await c.WaitForExternalEvent<string>("y");
            return timer.IsCanceled.ToString();
        });
        var second = exec.Then(exec.First(), new EventRaised("x", null), new TimerFired(1));
        Assert.Equal([new CancelTimerAction(1)], second.Actions);
        Assert.Null(second.NextTimer);
        Assert.Equal(1, second.IgnoredEvents);
        Assert.Equal("\"True\"", Output(exec.Then(second, new EventRaised("y", null))));
    }

    [Fact]
    public void Cancelling_a_timer_that_fired_asks_for_nothing()
    {
        var exec = Of(async c =>
        {
            using var stop = new CancellationTokenSource();
            await c.CreateTimer(c.CurrentUtcDateTime.AddHours(1), stop.Token);
            stop.Cancel();
            return await c.WaitForExternalEvent<string>("x");
        });
        Assert.Empty(exec.Then(exec.First(), new TimerFired(1)).Actions);
    }

    [Fact]
    public void A_cancelled_timer_throws_where_it_is_awaited()
    {
        var exec = Of(async c =>
        {
            using var stop = new CancellationTokenSource();
            var timer = c.CreateTimer(c.CurrentUtcDateTime.AddHours(1), stop.Token);
            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => timer);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => c.CreateTimer(c.CurrentUtcDateTime, stop.Token));
            return "ok";
        });
        Assert.Equal("\"ok\"", Output(exec.First()));
    }

    [Fact]
    public void A_timer_in_local_time_is_refused()
    {
        var exec = Of(async c =>
        {
            await Assert.ThrowsAsync<ArgumentException>(() => c.CreateTimer(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Local), CancellationToken.None));
            return "ok";
        });
        Assert.Equal("\"ok\"", Output(exec.First()));
    }

    [Fact]
    public void A_retry_is_a_timer_and_the_same_call_under_a_new_number()
    {
        var exec = Of(c => c.CallActivityAsync<string>("A", 1, new(new(4, TimeSpan.FromMinutes(1), 10, TimeSpan.FromMinutes(5)))));
        var failed = new TaskFailureDetails("E", "m");
        exec.Then(exec.First(), new ActivityFailed(1, failed));
        Assert.Equal(T0.AddMinutes(3 + 1), ((TimerCreated)exec.All[^1]).Due);
        var third = exec.Then(exec.First(), new TimerFired(2));
        Assert.Equal([new ScheduleActivityAction(3, "A", "1")], third.Actions);
        var fourth = exec.Then(third, new ActivityFailed(3, failed));
        var at = fourth.Events.OfType<TurnStarted>().Single().At;
        Assert.Equal([new CreateTimerAction(4, at.AddMinutes(5))], fourth.Actions);
        exec.Then(fourth, new TimerFired(4));
        Assert.Equal(OrchestrationRuntimeStatus.Running, exec.Then(fourth, new ActivityFailed(5, failed)).Status);
        exec.Then(fourth, new TimerFired(6));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, exec.Then(fourth, new ActivityFailed(7, failed)).Status);
    }

    private static string? Output(TurnResult turn) => turn.Actions.OfType<CompleteAction>().Single().Output;
}
