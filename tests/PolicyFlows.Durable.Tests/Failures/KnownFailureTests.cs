using PolicyFlows.Storage;
using Xunit;
using static PolicyFlows.Durable.OrchestrationRuntimeStatus;

namespace PolicyFlows.Durable.Tests.Failures;

/// <summary>
/// Failures that other durable engines had in the field, one test each. The numbers, and those that have no test because the failure cannot
/// occur here, are in docs/decisions/0002-engine-failures.md.
/// </summary>
public sealed class KnownFailureTests : IDisposable
{
    private readonly TempSqlite sqlite = new();
    private readonly FaultyStore store;
    private readonly Engine engine;

    public KnownFailureTests()
    {
        store = new(sqlite.Store);
        engine = new(store);
    }

    public void Dispose() => sqlite.Dispose();

    [Fact]
    public async Task Failure_01_a_message_for_an_unknown_instance_is_refused_and_a_start_is_never_without_its_first_message()
    {
        engine.Registry.Flow("Flow", _ => Task.FromResult("done"));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => engine.RaiseAsync("x"));
        await engine.StartAsync("Flow");
        sqlite.Reopen();
        Assert.IsType<ExecutionStarted>(Assert.Single(sqlite.Store.Load(sqlite.Store.FindKey("one")!.Value, engine.Clock.Now)!.Messages).Read());
    }

    [Fact]
    public async Task Failure_02_two_workers_race_and_every_turn_is_committed_once()
    {
        engine.Registry.Work<int, int>("Add", i => i + 1).Flow<int, int>("Sum", async (c, i) =>
        {
            for (var n = 0; n < 5; n++) i = await c.CallActivityAsync<int>("Add", i);
            return i;
        });
        for (var i = 0; i < 20; i++) await engine.StartAsync("Sum", $"i{i:D2}", i);
        using var stop = new CancellationTokenSource();
        Task[] workers = [engine.Worker.RunAsync(stop.Token), engine.NewWorker().RunAsync(stop.Token)];
        await sqlite.Store.UntilAsync(() => engine.Store.List(new([Completed])).Count == 20);

        await stop.CancelAsync();
        await Task.WhenAll(workers);
        Assert.Equal(20 * 6, store.Accepted);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal($"{i + 5}", engine.Get($"i{i:D2}").SerializedOutput);
            ReplayCuts.Check(engine, $"i{i:D2}");
        }
    }

    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.After)]
    public async Task Failure_03_status_and_history_never_disagree(Fault fault)
    {
        engine.Registry.Work<int, int>("A", i => i).Flow("Flow", async c => $"{await c.CallActivityAsync<int>("A", 1)}");
        var commits = 0;
        store.Next = _ => commits++ % 2 == 0 ? fault : Fault.None;
        await engine.StartAsync("Flow");
        for (var worker = engine.Worker; ; worker = engine.NewWorker())
        {
            var error = await Record.ExceptionAsync(() => worker.RunUntilIdleAsync());
            Assert.Equal(engine.Get().IsCompleted, engine.History().Any(e => e is ExecutionCompleted));
            if (error is null) break;
        }

        Assert.Equal("1", engine.Output());
        ReplayCuts.Check(engine, "one");
    }

    [Fact]
    public async Task Failure_04_an_event_raised_before_the_first_turn_is_kept()
    {
        engine.Registry.Flow("Flow", c => c.WaitForExternalEvent<string>("x"));
        await engine.StartAsync("Flow");
        Assert.Equal(Pending, engine.Get().RuntimeStatus);
        await engine.RaiseAsync("x", "early");
        await engine.RunAsync();
        Assert.Equal("early", engine.Output());
    }

    [Fact]
    public async Task Failure_05_a_timed_out_waiter_does_not_eat_the_next_event()
    {
        engine.Registry.Flow("Flow", async c =>
        {
            for (var round = 1; ; round++)
            {
                using var stop = new CancellationTokenSource();
                var timer = c.CreateTimer(c.CurrentUtcDateTime.AddHours(24), stop.Token);
                var answer = c.WaitForExternalEvent<string>("answer", stop.Token);
                var first = await Task.WhenAny(timer, answer);
                stop.Cancel();
                if (first == answer) return $"round {round}: {await answer}";
            }
        });
        await engine.StartAsync("Flow");
        await engine.RunAsync();
        for (var i = 0; i < 3; i++) await engine.AdvanceAsync(TimeSpan.FromHours(24));
        await engine.RaiseAsync("answer", "yes");
        await engine.RunAsync();
        Assert.Equal("round 4: yes", engine.Output());
        ReplayCuts.Check(engine, "one");
    }

    [Fact]
    public async Task Failure_07_events_of_one_name_keep_their_order_even_if_the_clock_goes_back_between_them()
    {
        engine.Registry.Flow("Flow", async c =>
        {
            var said = "";
            for (var i = 0; i < 5; i++) said += await c.WaitForExternalEvent<int>("n");
            return said;
        });
        await engine.StartAsync("Flow");
        for (var i = 0; i < 5; i++)
        {
            await engine.RaiseAsync("N", i);
            engine.Clock.Advance(TimeSpan.FromHours(i == 2 ? -1 : 1));
        }

        await engine.RunAsync();
        Assert.Equal("01234", engine.Output());
    }

    [Fact]
    public async Task Failure_08_a_result_is_accepted_once_even_if_the_activity_ran_twice()
    {
        var runs = 0;
        engine.Registry.Work<int, int>("A", _ => ++runs).Flow("Flow", async c => $"{await c.CallActivityAsync<int>("A", 0)}");
        await engine.StartAsync("Flow");
        var lost = true;
        store.Next = commit => commit.CompletedTasks.Count > 0 && lost && !(lost = false) ? Fault.Before : Fault.None;
        await Assert.ThrowsAsync<IOException>(engine.RunAsync);
        await engine.NewWorker().RunUntilIdleAsync();
        Assert.Equal(("2", 2), (engine.Output(), runs));
        Assert.Single(engine.History().OfType<ActivityCompleted>());
    }

    [Fact]
    public async Task Failure_09_a_second_completion_of_one_task_is_refused_by_the_store()
    {
        engine.Registry.Flow("Flow", async c => $"{await c.CallActivityAsync<int>("A", 0)}{await c.WaitForExternalEvent<string>("x")}").Work<int, int>("A", i => i);
        await engine.StartAsync("Flow");
        ActivityTask? task = null;
        engine.Worker.TurnCommitted = _ =>
        {
            task ??= store.ReadReady(engine.Clock.Now, default, 1).Tasks[0];
            return Task.CompletedTask;
        };
        await engine.RunAsync();
        var loaded = store.Load(task!.Key, engine.Clock.Now)!;
        Assert.False(await store.CommitAsync(new(task.Key, loaded.HistoryCount, Running, engine.Clock.Now) { CompletedTasks = [task.Seq] }));
        Assert.Single(engine.History().OfType<ActivityCompleted>());
    }

    [Fact]
    public async Task Failure_10_changed_code_parks_the_instance_and_does_not_fail_it()
    {
        engine.Registry.Flow("Flow", async c => $"{await c.CallActivityAsync<int>("A", 0)}{await c.WaitForExternalEvent<string>("x")}").Work<int, int>("A", i => i);
        await engine.StartAsync("Flow");
        await engine.RunAsync();
        await engine.RaiseAsync("x", "!");
        await engine.NewWorker(new DurableTaskRegistry().Flow("Flow", c => c.WaitForExternalEvent<string>("x"))).RunUntilIdleAsync();
        Assert.Equal((Blocked, false), (engine.Get().RuntimeStatus, engine.Get().IsCompleted));
        await engine.Client.RetryInstanceAsync("one");
        await engine.RunAsync();
        Assert.Equal("0!", engine.Output());
    }

    [Fact]
    public async Task Failure_11_a_timer_of_400_days_is_one_row_and_fires_on_time()
    {
        engine.Registry.Flow("Flow", async c =>
        {
            await c.CreateTimer(c.CurrentUtcDateTime.AddDays(400), CancellationToken.None);
            return "";
        });
        await engine.StartAsync("Flow");
        await engine.RunAsync();
        Assert.Equal(engine.Clock.Now.AddDays(400), engine.Worker.NextDue);
        await engine.AdvanceAsync(TimeSpan.FromDays(400) - TimeSpan.FromTicks(1));
        Assert.False(engine.Get().IsCompleted);
        await engine.AdvanceAsync(TimeSpan.FromTicks(1));
        Assert.True(engine.Get().IsCompleted);
        Assert.Equal(2, engine.History().OfType<TurnStarted>().Count());
    }

    [Fact]
    public async Task Failure_12_a_history_without_end_fails_with_a_clear_error_and_others_go_on()
    {
        engine.Registry.Work<int, int>("A", i => i).Flow("Endless", async c =>
        {
            while (true) await c.CallActivityAsync<int>("A", 1);
        }).Flow("Fine", async c => $"{await c.CallActivityAsync<int>("A", 1)}");
        await engine.StartAsync("Endless", "endless");
        await engine.StartAsync("Fine");
        await engine.RunAsync();
        Assert.Equal(("HistoryLimitExceeded", Failed), (engine.Get("endless").FailureDetails!.ErrorType, engine.Get("endless").RuntimeStatus));
        Assert.InRange(engine.History("endless").Count, 990, 1_003); // the turn that would pass the limit is the last
        Assert.Equal("1", engine.Output());
    }

    [Fact]
    public async Task Failure_13_an_activity_that_kills_the_process_is_parked_after_five_tries_and_others_go_on()
    {
        var tries = 0;
        using var entered = new SemaphoreSlim(0);
        engine.Registry.WorkAsync<int, int>("Kill", (_, _) =>
        {
            tries++;
            entered.Release();
            return new TaskCompletionSource<int>().Task; // a worker that never comes back is a dead one
        }).Work<int, int>("Fine", i => i)
            .Flow("Poison", async c => $"{await c.CallActivityAsync<int>("Kill", 1)}").Flow("Flow", async c => $"{await c.CallActivityAsync<int>("Fine", 1)}");
        await engine.StartAsync("Poison", "poison");
        await engine.StartAsync("Flow");
        for (var deaths = 0; deaths < 6; deaths++)
        {
            _ = engine.NewWorker().RunUntilIdleAsync();
            await entered.WaitAsync();
        }

        await engine.NewWorker().RunUntilIdleAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(Blocked, engine.Get("poison").RuntimeStatus);
        Assert.Contains("activity 'Kill' was tried at least 5 times", engine.Get("poison").FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("1", engine.Output());
        Assert.Equal(6, tries); // the first, which no earlier process had begun, is not counted
    }

    [Fact]
    public async Task Failure_13_a_turn_that_breaks_the_engine_is_parked_after_five_tries_and_others_go_on()
    {
        engine.Registry.Flow("Flow", c => c.WaitForExternalEvent<string>("x"));
        await engine.StartAsync("Flow", "poison");
        await engine.StartAsync("Flow");
        await engine.RunAsync();
        await sqlite.ExecuteAsync("""UPDATE durable_history SET payload = '[{"type":"fromTheFuture"}]' WHERE instance = ?1""", store.FindKey("poison")!);
        await engine.RaiseAsync("x", "1", "poison");
        await engine.RaiseAsync("x", "1");
        await engine.RunAsync();
        Assert.Equal("1", engine.Output());
        Assert.Equal(Blocked, engine.Get("poison").RuntimeStatus);
        Assert.Contains("turn was tried at least 5 times", engine.Get("poison").FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(EventDelivery.Delivered, await store.RaiseAsync("poison", new("x", null), engine.Clock.Now));
    }

    [Fact]
    public async Task Failure_14_an_open_timer_does_not_keep_a_finished_instance_alive()
    {
        engine.Registry.Flow("Flow", async c =>
        {
            var timer = c.CreateTimer(c.CurrentUtcDateTime.AddHours(24), CancellationToken.None);
            await Task.WhenAny(timer, c.WaitForExternalEvent<string>("x"));
            return "done";
        });
        await engine.StartAsync("Flow");
        await engine.RunAsync();
        await engine.RaiseAsync("x");
        await engine.RunAsync();
        Assert.Equal((Completed, null), (engine.Get().RuntimeStatus, engine.Worker.NextDue));
        var turns = store.Accepted;
        await engine.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(turns, store.Accepted);
    }

    [Fact]
    public async Task Failure_15_a_timer_does_not_reopen_a_terminated_instance()
    {
        engine.Registry.Flow("Flow", async c =>
        {
            await c.CreateTimer(c.CurrentUtcDateTime.AddHours(1), CancellationToken.None);
            return "woken";
        });
        await engine.StartAsync("Flow");
        await engine.RunAsync();
        engine.Clock.Advance(TimeSpan.FromHours(2));
        store.Next = commit =>
        {
            // The turn of the due timer is computed; before it is written somebody terminates.
            store.TerminateAsync("one", "closed", engine.Clock.Now).GetAwaiter().GetResult();
            return Fault.None;
        };
        await engine.RunAsync();
        Assert.Equal((Terminated, null), (engine.Get().RuntimeStatus, engine.Get().SerializedOutput));
        Assert.IsType<ExecutionTerminated>(engine.History()[^1]);
    }

    [Fact]
    public async Task Failure_16_work_is_found_even_if_no_signal_ever_comes()
    {
        engine.Registry.Work<int, int>("A", i => i).Flow("Flow", async c => $"{await c.CallActivityAsync<int>("A", 1)}{await c.WaitForExternalEvent<string>("x")}");
        store.TellsListeners = false;
        using var stop = new CancellationTokenSource();
        var loop = engine.Worker.RunAsync(stop.Token);
        await engine.StartAsync("Flow");
        await engine.RaiseAsync("x", "!");
        await sqlite.Store.UntilAsync(() => engine.Get().IsCompleted);

        await stop.CancelAsync();
        await loop;
        Assert.Equal("1!", engine.Output());
    }

    [Fact]
    public async Task Failure_17_of_many_starts_under_one_id_one_counts()
    {
        var runs = 0;
        engine.Registry.Work<int, int>("A", _ => ++runs).Flow<string, string>("Flow", async (c, input) => $"{input}{await c.CallActivityAsync<int>("A", 0)}");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => engine.StartAsync("Flow", input: $"start{i}-")));
        await engine.RunAsync();
        Assert.Equal(1, runs);
        Assert.Equal(2, store.Accepted);
    }

    [Fact]
    public void Failure_18_a_second_process_cannot_open_the_store()
    {
        using var folder = new TempFolder();
        using var first = SqliteFile.Open(folder.File("store.db"));
        Assert.Throws<StorageInUseException>(() => SqliteFile.Open(folder.File("store.db")));
    }

    [Fact]
    public async Task Failure_19_after_a_failed_commit_nothing_remembered_is_trusted()
    {
        var commits = 0;
        store.Next = _ => (commits++ % 4) switch { 1 => Fault.Before, 3 => Fault.After, _ => Fault.None };
        engine.Registry.Work<int, int>("Add", i => i + 1).Flow("Flow", async c =>
        {
            var i = 0;
            for (var n = 0; n < 10; n++) i = await c.CallActivityAsync<int>("Add", i);
            return $"{i}";
        });
        await engine.StartAsync("Flow");
        using var stop = new CancellationTokenSource();
        var loop = engine.Worker.RunAsync(stop.Token);
        await sqlite.Store.UntilAsync(() => engine.Get().IsCompleted);

        await stop.CancelAsync();
        await loop;
        Assert.Equal("10", engine.Output());
        Assert.Equal(11, engine.History().OfType<TurnStarted>().Count());
        ReplayCuts.Check(engine, "one");
    }

    [Fact]
    public async Task Failure_20_many_callers_at_once_meet_no_locked_database()
    {
        engine.Registry.Work<int, int>("A", i => i).Flow("Flow", async c => $"{await c.CallActivityAsync<int>("A", 1)}{await c.WaitForExternalEvent<string>("x")}");
        using var stop = new CancellationTokenSource();
        var loop = engine.Worker.RunAsync(stop.Token);
        await System.Threading.Tasks.Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            await engine.StartAsync("Flow", $"i{i:D3}");
            await engine.RaiseAsync("x", "!", $"i{i:D3}");
            Assert.NotNull(engine.Store.Find($"i{i:D3}"));
        });
        await sqlite.Store.UntilAsync(() => engine.Store.List(new([Completed], PageSize: 200)).Count == 200);

        await stop.CancelAsync();
        await loop;
        Assert.Null(engine.Worker.Health.StoreFailure);
    }
}
