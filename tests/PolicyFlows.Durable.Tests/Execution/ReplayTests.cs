using Xunit;
using static PolicyFlows.Durable.OrchestrationRuntimeStatus;
using static PolicyFlows.Durable.Tests.Exec;

namespace PolicyFlows.Durable.Tests.Execution;

public sealed class ReplayTests
{
    private static readonly Exec Two = Of(async c => await c.CallActivityAsync<string>("A", 1) + await c.CallActivityAsync<string>("B", 2));

    [Fact]
    public void The_first_turn_asks_for_the_first_activity()
    {
        var turn = Two.First();
        Assert.Equal([new ScheduleActivityAction(1, "A", "1")], turn.Actions);
        Assert.Equal([new TurnStarted(T0), Start(), new ActivityScheduled(1, "A", Hash(1))], turn.Events);
        Assert.Equal((Running, "activity A"), (turn.Status, turn.WaitingFor));
    }

    [Fact]
    public void A_later_turn_asks_only_for_what_is_new()
    {
        var turn = Two.Run([new TurnStarted(T0), Start(), new ActivityScheduled(1, "A", Hash(1))], T0, new ActivityCompleted(1, "\"a\""));
        Assert.Equal([new ScheduleActivityAction(2, "B", "2")], turn.Actions);
    }

    [Fact]
    public void The_end_carries_the_output()
    {
        HistoryEvent[] history =
        [
            new TurnStarted(T0), Start(), new ActivityScheduled(1, "A", Hash(1)),
            new TurnStarted(T0), new ActivityCompleted(1, "\"a\""), new ActivityScheduled(2, "B", Hash(2)),
        ];
        var turn = Two.Run(history, T0, new ActivityCompleted(2, "\"b\""));
        Assert.Equal([new CompleteAction(Completed, "\"ab\"", null)], turn.Actions);
        Assert.Equal(Completed, turn.Status);
        Assert.Equal(new ExecutionCompleted(Completed, Hash("ab")), turn.Events[^1]);
        Assert.Null(turn.WaitingFor);
    }

    [Fact]
    public void Code_that_throws_fails_with_type_message_and_inner_failure()
    {
        var exec = Of(async c =>
        {
            await c.CallActivityAsync("A");
            return "";
        });
        var turn = exec.First(new ActivityFailed(1, new("Outer", "m", null, new("Inner", "n"))));
        Assert.Equal(Failed, turn.Status);
        var failure = turn.Actions.OfType<CompleteAction>().Single().Failure!;
        Assert.Equal(typeof(TaskFailedException).FullName, failure.ErrorType);
        Assert.Equal(("Outer", "Inner"), (failure.InnerFailure!.ErrorType, failure.InnerFailure.InnerFailure!.ErrorType));
    }

    [Fact]
    public void Time_stands_still_within_a_turn_and_is_the_recorded_one_on_replay()
    {
        var seen = new List<DateTime>();
        var exec = Of(async c =>
        {
            seen.Add(c.CurrentUtcDateTime);
            await c.CallActivityAsync("A");
            seen.Add(c.CurrentUtcDateTime);
            return "";
        });
        var first = exec.First();
        exec.Run(first.Events, T0.AddHours(1), new ActivityCompleted(1, null));
        Assert.Equal([T0.UtcDateTime, T0.UtcDateTime, T0.AddHours(1).UtcDateTime], seen);
        Assert.All(seen, t => Assert.Equal(DateTimeKind.Utc, t.Kind));
    }

    [Fact]
    public void Guids_are_the_same_on_replay_and_differ_between_calls_and_executions()
    {
        var drawn = new List<Guid>();
        Task<string> Code(TaskOrchestrationContext c)
        {
            drawn.AddRange([c.NewGuid(), c.NewGuid()]);
            return Task.FromResult("");
        }

        Of(Code).First();
        Of(Code).First();
        new Exec { Registry = new DurableTaskRegistry().Flow("Flow", Code), Key = 2 }.First();
        Assert.Equal(drawn[..2], drawn[2..4]);
        Assert.Equal(4, drawn.Distinct().Count());
    }

    [Fact]
    public void WhenAny_and_WhenAll_go_on_in_the_order_of_history()
    {
        var exec = Of(async c =>
        {
            var order = new List<string>();
            async Task Note(string name) => order.Add(await c.CallActivityAsync<string>(name));
            Task[] all = [Note("A"), Note("B"), Note("C")];
            var first = await Task.WhenAny(all);
            order.Add($"first was {Array.IndexOf(all, first)}");
            await Task.WhenAll(all);
            return string.Join(' ', order);
        });
        var end = exec.Then(exec.First(), new ActivityCompleted(3, "\"c\""), new ActivityCompleted(1, "\"a\""), new ActivityCompleted(2, "\"b\""));
        Assert.Equal("\"c first was 2 a b\"", end.Actions.OfType<CompleteAction>().Single().Output);
    }

    [Fact]
    public void A_second_result_of_one_activity_is_counted_and_ignored()
    {
        var turn = Two.First(new ActivityCompleted(1, "\"a\""), new ActivityCompleted(1, "\"x\""), new ActivityCompleted(2, "\"b\""));
        Assert.Equal("\"ab\"", turn.Actions.OfType<CompleteAction>().Single().Output);
        Assert.Equal(1, turn.IgnoredEvents);
    }

    [Fact]
    public void What_comes_after_the_end_in_one_turn_changes_nothing()
    {
        var exec = Of(c =>
        {
            async Task Side()
            {
                await c.WaitForExternalEvent<string>("late");
                await c.CallActivityAsync("never");
            }

            _ = Side();
            return c.WaitForExternalEvent<string>("end");
        });
        var turn = exec.First(new EventRaised("end", "\"e\""), new EventRaised("late", null));
        Assert.IsType<CompleteAction>(Assert.Single(turn.Actions));
    }

    [Fact]
    public void A_result_that_does_not_fit_the_asked_type_fails_the_code()
    {
        var exec = Of(async c => (await c.CallActivityAsync<int>("A")).ToString());
        Assert.Equal(Failed, exec.First(new ActivityCompleted(1, "\"text\"")).Status);
    }

    [Fact]
    public void The_newest_class_that_is_not_newer_than_the_stamp_runs()
    {
        var exec = new Exec
        {
            Registry = new DurableTaskRegistry()
                .Flow<string, string>("Flow", (_, _) => Task.FromResult("old"), "1.0.0")
                .Flow<string, string>("Flow", (c, _) => Task.FromResult($"new for {c.Version}"), "1.4.0"),
        };
        string? Output(string version) => exec.Run([], T0, Start(version: version)).Actions.OfType<CompleteAction>().Single().Output;
        Assert.Equal("\"old\"", Output("1.3.9"));
        Assert.Equal("\"new for 1.4.0\"", Output("1.4.0"));
        Assert.Equal("\"new for 1.10.0\"", Output("1.10.0"));
        Assert.Contains("No registered class", exec.Run([], T0, Start(version: "0.9.0")).BlockedReason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_custom_status_and_the_open_awaits_are_reported()
    {
        var exec = Of(async c =>
        {
            c.SetCustomStatus(new { Step = 1 });
            var timer = c.CreateTimer(c.CurrentUtcDateTime.AddDays(2), CancellationToken.None);
            var child = c.CallSubOrchestratorAsync<string>("Kid", 1, new("kid.1"));
            await Task.WhenAll(timer, child, c.WaitForExternalEvent<string>("Answer"));
            return "";
        });
        var turn = exec.First();
        Assert.Equal("""{"step":1}""", turn.CustomStatus);
        Assert.Equal("event Answer, timer, child Kid 'kid.1'", turn.WaitingFor);
        Assert.Equal(T0.AddDays(2), turn.NextTimer);
        Assert.Equal([new CreateTimerAction(1, T0.AddDays(2)), new ScheduleChildAction(2, "Kid", "kid.1", "1")], turn.Actions);
    }

    [Fact]
    public void A_history_that_would_grow_too_long_fails_with_a_clear_error()
    {
        var exec = Of(async c =>
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => c.CallActivityAsync("A")));
            return "";
        }, new("1.0.0") { MaxHistoryEvents = 21 });
        var turn = exec.First();
        Assert.Equal(Failed, turn.Status);
        Assert.Equal("HistoryLimitExceeded", Assert.Single(turn.Actions.OfType<CompleteAction>()).Failure!.ErrorType);
        Assert.Equal([new TurnStarted(T0), Start(), new ExecutionCompleted(Failed, null)], turn.Events);
    }

    [Theory]
    [InlineData("input")]
    [InlineData("output")]
    [InlineData("child")]
    [InlineData("status")]
    public void A_payload_over_the_limit_fails_with_a_clear_error(string where)
    {
        var big = new string('é', 60);
        var exec = Of(async c =>
        {
            if (where == "input") await c.CallActivityAsync("A", big);
            if (where == "child") await c.CallSubOrchestratorAsync<string>("A", big, new("x"));
            if (where == "status") c.SetCustomStatus(big);
            return big;
        }, new("1.0.0") { MaxPayloadBytes = 100 });
        var failure = Assert.IsType<CompleteAction>(Assert.Single(exec.First().Actions)).Failure!;
        Assert.Equal(typeof(PayloadTooLargeException).FullName, failure.ErrorType);
        Assert.Contains("the limit is 100", failure.ErrorMessage, StringComparison.Ordinal);
    }
}
