using Xunit;
using static PolicyFlows.Durable.OrchestrationRuntimeStatus;
using static PolicyFlows.Durable.Tests.Exec;

namespace PolicyFlows.Durable.Tests.Execution;

public sealed class MismatchTests
{
    private static readonly DateTimeOffset Due = T0.AddHours(1);

    public static TheoryData<string> Kinds => ["name", "input", "kind", "missing", "inserted", "due", "child id", "cancel", "end", "reordered"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Code_that_asks_for_something_else_than_history_has_is_parked(string kind)
    {
        var (recorded, code) = Case(kind);
        var turn = Of(code).Run([new TurnStarted(T0), Start(), .. recorded], T0, new EventRaised("go", null));
        Assert.Equal(Blocked, turn.Status);
        Assert.StartsWith("Turn 1: ", turn.BlockedReason, StringComparison.Ordinal);
        Assert.Empty(turn.Events);
        Assert.Empty(turn.Actions);
    }

    [Fact]
    public void The_reason_names_both_sides()
    {
        var (recorded, code) = Case("name");
        var turn = Of(code).Run([new TurnStarted(T0), Start(), .. recorded], T0, new EventRaised("go", null));
        Assert.Equal(
            $"Turn 1: history has activity 1 'Old' (input {Hash(1)}), the code asks for activity 1 'New' (input {Hash(1)}).", turn.BlockedReason);
    }

    [Fact]
    public void An_action_inserted_in_an_earlier_turn_is_found_at_once()
    {
        HistoryEvent[] history =
        [
            new TurnStarted(T0), Start(), new ActivityScheduled(1, "A", null),
            new TurnStarted(T0), new ActivityCompleted(1, null),
        ];
        var turn = Of(async c =>
        {
            await c.CallActivityAsync("A");
            _ = c.CallActivityAsync("Inserted");
            return await c.WaitForExternalEvent<string>("go");
        }).Run(history, T0, new EventRaised("go", null));
        Assert.StartsWith("Turn 2: the code asks for activity 2 'Inserted'", turn.BlockedReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_for_foreign_work_is_parked()
    {
        Assert.Contains("did not make", Of(async c =>
        {
            await c.CallActivityAsync("A");
            await new TaskCompletionSource().Task;
            return "";
        }).First(new ActivityCompleted(1, null)).BlockedReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Coming_back_from_another_thread_during_the_turn_is_parked()
    {
        var turn = Of(c =>
        {
            var foreign = new TaskCompletionSource();
            async Task Side() => await foreign.Task;
            _ = Side();
            var thread = new Thread(foreign.SetResult);
            thread.Start();
            thread.Join();
            return c.CallActivityAsync<string>("A");
        }).First();
        Assert.Contains("continuation came from another thread", turn.BlockedReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaving_the_engines_thread_is_parked_even_if_the_code_swallows_the_error()
    {
        var turn = Of(async c =>
        {
            await c.CallActivityAsync("A").ConfigureAwait(false);
            try
            {
                _ = c.NewGuid();
            }
            catch (ReplayMismatchException)
            {
                return "swallowed";
            }

            return "";
        }).First(new ActivityCompleted(1, null));
        Assert.Equal(Blocked, turn.Status);
        Assert.Contains("ConfigureAwait", turn.BlockedReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Using_the_context_from_another_thread_is_parked()
    {
        var turn = Of(c =>
        {
            var thread = new Thread(() => Record.Exception(() => c.CurrentUtcDateTime));
            thread.Start();
            thread.Join();
            return Task.FromResult("");
        }).First();
        Assert.Equal(Blocked, turn.Status);
    }

    [Fact]
    public void Cancelling_a_token_from_another_thread_is_parked()
    {
        var turn = Of(c =>
        {
            var source = new CancellationTokenSource();
            var wait = c.WaitForExternalEvent<string>("x", source.Token);
            var thread = new Thread(source.Cancel);
            thread.Start();
            thread.Join();
            return wait;
        }).First();
        Assert.Equal(Blocked, turn.Status);
    }

    [Fact]
    public void The_callers_synchronization_context_is_put_back()
    {
        var mine = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(mine);
        Of(_ => throw new InvalidOperationException()).First();
        Assert.Same(mine, SynchronizationContext.Current);
    }

    private static (ActionEvent[] Recorded, Func<TaskOrchestrationContext, Task<string>> Code) Case(string kind) => kind switch
    {
        "name" => ([new ActivityScheduled(1, "Old", Hash(1))], Wait(c => _ = c.CallActivityAsync("New", 1))),
        "input" => ([new ActivityScheduled(1, "A", Hash(1))], Wait(c => _ = c.CallActivityAsync("A", 2))),
        "kind" => ([new ActivityScheduled(1, "A", null)], Wait(c => _ = c.CreateTimer(Due.UtcDateTime, CancellationToken.None))),
        "missing" => ([new ActivityScheduled(1, "A", null)], Wait(_ => { })),
        "inserted" => ([], Wait(c => _ = c.CallActivityAsync("A"))),
        "due" => ([new TimerCreated(1, Due)], Wait(c => _ = c.CreateTimer(Due.UtcDateTime.AddTicks(1), CancellationToken.None))),
        "child id" => ([new ChildScheduled(1, "K", "a", null)], Wait(c => _ = c.CallSubOrchestratorAsync<string>("K", null, new("b")))),
        "cancel" => ([new TimerCreated(1, Due)], Wait(c =>
        {
            using var stop = new CancellationTokenSource();
            _ = c.CreateTimer(Due.UtcDateTime, stop.Token);
            stop.Cancel();
        })),
        "end" => ([new ActivityScheduled(1, "A", null)], c =>
        {
            _ = c.CallActivityAsync("A");
            return Task.FromResult("");
        }),
        _ => ([new ActivityScheduled(1, "A", null), new ActivityScheduled(2, "B", null)], Wait(c =>
        {
            _ = c.CallActivityAsync("B");
            _ = c.CallActivityAsync("A");
        })),
    };

    private static Func<TaskOrchestrationContext, Task<string>> Wait(Action<TaskOrchestrationContext> act) => c =>
    {
        act(c);
        return c.WaitForExternalEvent<string>("go");
    };
}
