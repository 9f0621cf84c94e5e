using Xunit;
using static PolicyFlows.Durable.OrchestrationRuntimeStatus;

namespace PolicyFlows.Durable.Tests.Store;

/// <summary>What every store must do; run on each.</summary>
public abstract class StoreContract
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    protected abstract IOrchestrationStore Store { get; }

    [Fact]
    public async Task A_started_instance_is_pending_and_ready_with_its_start_message()
    {
        await StartAsync("a");
        var key = Key("a");
        Assert.Equal([key], Store.ReadReady(T0, default, 10).Instances);
        var loaded = Store.Load(key, T0)!;
        Assert.Equal(Pending, loaded.Status);
        Assert.Equal("a", loaded.InstanceId);
        Assert.Empty(loaded.ReadHistory());
        Assert.IsType<ExecutionStarted>(Assert.Single(loaded.Messages).Read());
        var seen = Store.Find("a")!;
        Assert.Equal(("Flow", "1.0.0", "7", T0, T0), (seen.Name, seen.Version, seen.SerializedInput, seen.CreatedAt, seen.LastUpdatedAt));
    }

    [Fact]
    public async Task A_second_start_of_a_live_instance_changes_nothing()
    {
        Assert.True(await StartAsync("a"));
        var key = Key("a");
        Assert.False(await StartAsync("a"));
        Assert.Equal(key, Key("a"));
        Assert.Single(Store.Load(key, T0)!.Messages);
    }

    [Fact]
    public async Task A_finished_instance_is_started_anew_under_another_key()
    {
        await StartAsync("a");
        var old = Key("a");
        await CommitAsync("a", Completed, c => c with { Output = "1" });
        Assert.True(await StartAsync("a"));
        Assert.NotEqual(old, Key("a"));
        Assert.Null(Store.Load(old, T0));
        Assert.Null(Store.Find("a")!.SerializedOutput);
        Assert.Equal(Pending, Store.Find("a")!.RuntimeStatus);
    }

    [Fact]
    public async Task Keys_and_marks_are_not_used_again_after_a_wipe()
    {
        await StartAsync("a");
        var (key, marks) = (Key("a"), Store.ReadReady(T0, default, 10).Marks);
        await Store.WipeAsync();
        Assert.Null(Store.Find("a"));
        Assert.Empty(Store.ReadReady(T0, default, 10).Instances);
        await StartAsync("a");
        Assert.True(Key("a") > key);
        Assert.Equal([Key("a")], Store.ReadReady(T0, marks, 10).Instances);
    }

    [Fact]
    public async Task Events_are_delivered_dropped_or_refused()
    {
        await StartAsync("a");
        Assert.Equal(EventDelivery.Delivered, await Store.RaiseAsync("a", new("x", "1"), T0));
        Assert.Equal(EventDelivery.UnknownInstance, await Store.RaiseAsync("b", new("x", "1"), T0));
        await CommitAsync("a", Completed);
        Assert.Equal(EventDelivery.AlreadyFinished, await Store.RaiseAsync("a", new("x", "2"), T0));
        Assert.Empty(Store.Load(Key("a"), T0)!.Messages);
    }

    [Fact]
    public async Task A_commit_consumes_exactly_what_it_read()
    {
        await StartAsync("a");
        await Store.RaiseAsync("a", new("x", "1"), T0);
        var read = Store.Load(Key("a"), T0)!;
        await Store.RaiseAsync("a", new("x", "2"), T0);
        Assert.True(await Store.CommitAsync(Turn(read, Running)));
        Assert.Equal([new EventRaised("x", "2")], Store.Load(Key("a"), T0)!.Messages.Select(m => m.Read()));
    }

    [Fact]
    public async Task History_comes_back_whole_or_from_a_number_on()
    {
        await StartAsync("a");
        HistoryEvent[] first = [new TurnStarted(T0), new EventRaised("Ä\"<", "{\"a\":1}"), new TimerCreated(1, T0.AddTicks(1))];
        HistoryEvent[] second = [new TurnStarted(T0.AddDays(1)), new ActivityFailed(2, new("T", "m", "s", new("I", "n")))];
        await CommitAsync("a", Running, c => c with { Append = first });
        await CommitAsync("a", Running, c => c with { Append = second });
        Assert.Equal([.. first, .. second], Store.Load(Key("a"), T0)!.ReadHistory());
        Assert.Equal(second, Store.Load(Key("a"), T0, 3)!.ReadHistory());
        Assert.Empty(Store.Load(Key("a"), T0, 5)!.History);
        Assert.Equal(5, Store.Load(Key("a"), T0)!.HistoryCount);
    }

    [Fact]
    public async Task A_commit_on_an_older_history_is_refused_whole()
    {
        await StartAsync("a");
        var read = Store.Load(Key("a"), T0)!;
        Assert.True(await Store.CommitAsync(Turn(read, Running) with { Append = [new TurnStarted(T0)] }));
        Assert.False(await Store.CommitAsync(Turn(read, Running) with { Append = [new TurnStarted(T0)], Tasks = [new(1, "A", null)] }));
        Assert.Equal(1, Store.Load(Key("a"), T0)!.HistoryCount);
        Assert.Empty(Store.ReadReady(T0, default, 10).Tasks);
    }

    [Fact]
    public async Task A_commit_with_a_result_of_a_task_that_is_gone_is_refused_whole()
    {
        await StartAsync("a");
        await CommitAsync("a", Running, c => c with { Append = [new TurnStarted(T0)], Tasks = [new(1, "A", "1"), new(2, "B", null)] });
        var tasks = Store.ReadReady(T0, default, 10).Tasks;
        Assert.Equal([("A", "1", 1), ("B", null, 2)], tasks.Select(t => (t.Name, t.Input, t.N)));
        var read = Store.Load(Key("a"), T0)!;
        Assert.True(await Store.CommitAsync(Turn(read, Running) with { CompletedTasks = [tasks[0].Seq] }));
        Assert.False(await Store.CommitAsync(Turn(read, Running) with { CompletedTasks = [tasks[1].Seq, tasks[0].Seq] }));
        Assert.Equal([tasks[1]], Store.ReadReady(T0, default, 10).Tasks);
    }

    [Fact]
    public async Task Timers_are_seen_when_due_and_dropped_when_cancelled()
    {
        await StartAsync("a");
        await CommitAsync("a", Running, c => c with { Timers = [new(1, T0.AddHours(2)), new(2, T0.AddHours(1))], NextTimer = T0.AddHours(1) });
        Assert.Empty(Store.ReadReady(T0, default, 10).Instances);
        Assert.Equal(T0.AddHours(1), Store.ReadReady(T0, default, 10).NextDue);
        Assert.Equal(T0.AddHours(1), Store.Find("a")!.NextTimer);
        var at = T0.AddHours(1);
        Assert.Equal([Key("a")], Store.ReadReady(at, Store.ReadMarks(), 10).Instances);
        Assert.Equal([new TimerFired(2)], Store.Load(Key("a"), at)!.Messages.Select(m => m.Read()));
        Assert.Equal(T0.AddHours(2), Store.ReadReady(at, default, 10).NextDue);
        await Store.CommitAsync(Turn(Store.Load(Key("a"), at)!, Running) with { CancelledTimers = [1] });
        Assert.Empty(Store.Load(Key("a"), T0.AddDays(1))!.Messages);
        Assert.Null(Store.ReadReady(T0, default, 10).NextDue);
    }

    [Fact]
    public async Task The_end_drops_timers_tasks_and_messages()
    {
        await StartAsync("a");
        await CommitAsync("a", Running, c => c with { Timers = [new(1, T0.AddHours(1))], Tasks = [new(2, "A", null)] });
        var late = Store.ReadReady(T0, default, 10).Tasks[0];
        await CommitAsync("a", Failed, c => c with { Failure = new("E", "why"), CustomStatus = "\"s\"" });
        var after = Store.ReadReady(T0.AddDays(1), default, 10);
        Assert.Empty(after.Instances);
        Assert.Empty(after.Tasks);
        Assert.Equal(new TaskFailureDetails("E", "why"), Store.Find("a")!.FailureDetails);
        Assert.False(await Store.CommitAsync(Turn(Store.Load(Key("a"), T0)!, Running) with { CompletedTasks = [late.Seq] }));
    }

    [Fact]
    public async Task Ended_stays_ended()
    {
        await StartAsync("a");
        var read = Store.Load(Key("a"), T0)!;
        Assert.True(await Store.TerminateAsync("a", "asked", T0.AddMinutes(1)));
        Assert.False(await Store.CommitAsync(Turn(read, Completed)));
        Assert.False(await Store.CommitAsync(Turn(Store.Load(Key("a"), T0)!, Completed)));
        Assert.False(await Store.TerminateAsync("a", "again", T0));
        Assert.False(await Store.RetryAsync("a", T0));
        Assert.Equal(Terminated, Store.Find("a")!.RuntimeStatus);
        Assert.Equal([new ExecutionTerminated(T0.AddMinutes(1), "asked")], Store.Load(Key("a"), T0)!.ReadHistory());
    }

    [Fact]
    public async Task A_child_is_made_with_the_turn_and_its_end_reaches_the_parent()
    {
        await StartAsync("a");
        await CommitAsync("a", Running, c => c with { Children = [Child("kid", c.Key, 1)] });
        Assert.Equal(Pending, Store.Find("kid")!.RuntimeStatus);
        await CommitAsync("kid", Completed, c => c with { ToParent = (Key("a"), new ChildCompleted(1, "5")) });
        Assert.Equal([new ChildCompleted(1, "5")], Store.Load(Key("a"), T0)!.Messages.Select(m => m.Read()));
    }

    [Fact]
    public async Task A_child_whose_id_is_alive_is_a_failure_message_and_a_finished_one_is_replaced()
    {
        await StartAsync("a");
        await StartAsync("kid");
        await CommitAsync("a", Running, c => c with { Children = [Child("kid", c.Key, 1)] });
        Assert.IsType<ChildFailed>(Assert.Single(Store.Load(Key("a"), T0)!.Messages).Read());
        await CommitAsync("kid", Completed);
        await CommitAsync("a", Running, c => c with { Children = [Child("kid", c.Key, 2)] });
        Assert.Empty(Store.Load(Key("a"), T0)!.Messages);
        Assert.Equal(Pending, Store.Find("kid")!.RuntimeStatus);
    }

    [Fact]
    public async Task A_terminated_child_tells_its_parent_and_an_ended_parent_is_told_nothing()
    {
        await StartAsync("a");
        await CommitAsync("a", Running, c => c with { Children = [Child("k1", c.Key, 1), Child("k2", c.Key, 2)] });
        await Store.TerminateAsync("k1", "why", T0);
        Assert.Equal([new ChildFailed(1, new("Terminated", "why"))], Store.Load(Key("a"), T0)!.Messages.Select(m => m.Read()));
        await Store.TerminateAsync("a", "done", T0);
        await Store.TerminateAsync("k2", "why", T0);
        Assert.Empty(Store.Load(Key("a"), T0)!.Messages);
    }

    [Fact]
    public async Task A_parked_instance_keeps_everything_and_takes_events_and_results_until_it_is_released()
    {
        await StartAsync("a");
        await CommitAsync("a", Running, c => c with { Append = [new TurnStarted(T0)], Tasks = [new(1, "A", null), new(2, "B", null)] });
        var tasks = Store.ReadReady(T0, default, 10).Tasks;
        await Store.RaiseAsync("a", new("x", null), T0);
        await Park("a", c => c with { Failure = new("ReplayMismatch", "m"), CompletedTasks = [tasks[0].Seq], Deliver = [new ActivityCompleted(1, "1")] });
        var parked = Store.ReadReady(T0, default, 10);
        Assert.Empty(parked.Instances);
        Assert.Empty(parked.Tasks);
        Assert.Equal("m", Store.Find("a")!.FailureDetails!.ErrorMessage);
        Assert.Equal(EventDelivery.Delivered, await Store.RaiseAsync("a", new("y", null), T0));
        await Park("a", c => c with { CompletedTasks = [tasks[1].Seq], Deliver = [new ActivityCompleted(2, "2")] });
        Assert.Equal("m", Store.Find("a")!.FailureDetails!.ErrorMessage);
        Assert.False(await Store.CommitAsync(Turn(Store.Load(Key("a"), T0)!, Running)));

        Assert.True(await Store.RetryAsync("a", T0));
        Assert.Equal(Running, Store.Find("a")!.RuntimeStatus);
        Assert.Null(Store.Find("a")!.FailureDetails);
        Assert.Equal(
            [new EventRaised("x", null), new ActivityCompleted(1, "1"), new EventRaised("y", null), new ActivityCompleted(2, "2")],
            Store.Load(Key("a"), T0)!.Messages.Select(m => m.Read()));
        Assert.Equal([Key("a")], Store.ReadReady(T0, default, 10).Instances);
    }

    [Fact]
    public async Task Tries_are_counted_and_cleared_by_a_turn_or_a_retry()
    {
        await StartAsync("a");
        Assert.Equal(1, await Store.CountAttemptAsync(Key("a"), null));
        Assert.Equal(2, await Store.CountAttemptAsync(Key("a"), null));
        await CommitAsync("a", Running, c => c with { Tasks = [new(1, "A", null)] });
        Assert.Equal(1, await Store.CountAttemptAsync(Key("a"), null));
        var task = Store.ReadReady(T0, default, 10).Tasks[0];
        Assert.Equal(1, await Store.CountAttemptAsync(task.Key, task.Seq));
        Assert.Equal(2, await Store.CountAttemptAsync(task.Key, task.Seq));
        await Park("a", c => c);
        await Store.RetryAsync("a", T0);
        Assert.Equal(1, await Store.CountAttemptAsync(task.Key, task.Seq));
        Assert.Equal(1, await Store.CountAttemptAsync(Key("a"), null));
        Assert.Equal(0, await Store.CountAttemptAsync(task.Key, task.Seq + 100));
    }

    [Fact]
    public async Task Ready_work_comes_in_order_and_in_pages()
    {
        foreach (var id in new[] { "c", "a", "b" }) await StartAsync(id);
        var first = Store.ReadReady(T0, default, 2);
        Assert.Equal([Key("c"), Key("a")], first.Instances);
        var second = Store.ReadReady(T0, first.Marks, 2);
        Assert.Equal([Key("b")], second.Instances);
        Assert.Empty(Store.ReadReady(T0, second.Marks, 2).Instances);
        await Store.RaiseAsync("a", new("x", null), T0);
        Assert.Equal([Key("a")], Store.ReadReady(T0, second.Marks, 2).Instances);
    }

    [Fact]
    public async Task Due_timers_of_many_instances_come_in_the_order_of_their_time()
    {
        foreach (var (id, hours) in new[] { ("a", 3), ("b", 1), ("c", 2) })
        {
            await StartAsync(id);
            await CommitAsync(id, Running, c => c with { Timers = [new(1, T0.AddHours(hours))] });
        }

        Assert.Equal([Key("b"), Key("c"), Key("a")], Store.ReadReady(T0.AddDays(1), Store.ReadMarks(), 10).Instances);
    }

    [Fact]
    public async Task Purge_forgets_finished_instances_only()
    {
        await StartAsync("a");
        Assert.False(await Store.PurgeAsync("a"));
        await CommitAsync("a", Completed);
        Assert.True(await Store.PurgeAsync("a"));
        Assert.Null(Store.Find("a"));
        Assert.False(await Store.PurgeAsync("a"));
    }

    [Fact]
    public async Task Lists_filter_by_status_and_prefix_and_page_by_id()
    {
        foreach (var id in new[] { "case/2", "case/1", "task/1", "case/3", "ca%" }) await StartAsync(id);
        await CommitAsync("case/3", Completed);
        Assert.Equal(["ca%", "case/1", "case/2", "case/3", "task/1"], Ids(new()));
        Assert.Equal(["case/1", "case/2"], Ids(new([Pending], "case/")));
        Assert.Equal(["case/2", "case/3"], Ids(new(null, "case/", "case/1")));
        Assert.Equal(["ca%", "case/1"], Ids(new(PageSize: 2)));
        Assert.Equal(["ca%"], Ids(new(null, "ca%")));
        Assert.Empty(Ids(new([])));
    }

    [Fact]
    public async Task Kinds_of_live_instances_are_named_once()
    {
        await StartAsync("a");
        await StartAsync("b");
        await Store.StartAsync(new("c", new("Other", "2.0.0", null)), T0);
        await Store.StartAsync(new("d", new("Gone", "2.0.0", null)), T0);
        await CommitAsync("d", Completed);
        await Park("c", c => c);
        Assert.Equal([("Flow", "1.0.0"), ("Other", "2.0.0")], Store.LiveKinds());
    }

    [Fact]
    public async Task Listeners_hear_of_work_and_resets_until_they_leave()
    {
        var heard = new List<StoreChange>();
        using (Store.Subscribe(heard.Add))
        {
            await StartAsync("a");
            await Store.WipeAsync();
        }

        await StartAsync("a");
        Assert.Equal([StoreChange.Work, StoreChange.Reset], heard);
    }

    private static NewChild Child(string id, long parent, int n) =>
        new(new(id, new("Flow", "1.0.0", null, parent, n)), new(n, new("InstanceIdTaken", id)));

    private static TurnCommit Turn(InstanceSnapshot read, OrchestrationRuntimeStatus status) =>
        new(read.Key, read.HistoryCount, status, T0) { ConsumedMessages = [.. read.Messages.Select(m => m.Seq)] };

    private Task<bool> StartAsync(string id) => Store.StartAsync(new(id, new("Flow", "1.0.0", "7")), T0);

    private long Key(string id) => Store.FindKey(id)!.Value;

    private IEnumerable<string> Ids(OrchestrationQuery query) => Store.List(query).Select(m => m.InstanceId);

    private async Task CommitAsync(string id, OrchestrationRuntimeStatus status, Func<TurnCommit, TurnCommit>? with = null)
    {
        var commit = Turn(Store.Load(Key(id), T0)!, status);
        Assert.True(await Store.CommitAsync(with?.Invoke(commit) ?? commit));
    }

    private async Task Park(string id, Func<TurnCommit, TurnCommit> with)
    {
        var read = Store.Load(Key(id), T0)!;
        Assert.True(await Store.CommitAsync(with(new(read.Key, read.HistoryCount, Blocked, T0))));
    }
}

public sealed class InMemoryStoreTests : StoreContract
{
    protected override IOrchestrationStore Store { get; } = new InMemoryOrchestrationStore();
}

public sealed class SqliteStoreTests : StoreContract, IDisposable
{
    private readonly TempSqlite sqlite = new();

    protected override IOrchestrationStore Store => sqlite.Store;

    public void Dispose() => sqlite.Dispose();
}
