using System.Collections.Concurrent;
using Xunit;
using static PolicyFlows.Durable.OrchestrationRuntimeStatus;

namespace PolicyFlows.Durable.Tests.Worker;

/// <summary>The production loop. Tests wait for committed turns, never for a length of time.</summary>
public sealed class DispatchLoopTests : IDisposable
{
    private readonly TempSqlite sqlite = new();
    private readonly FaultyStore store;
    private readonly Engine engine;
    private readonly CancellationTokenSource stop = new();

    public DispatchLoopTests()
    {
        store = new(sqlite.Store);
        engine = new(store);
    }

    public void Dispose()
    {
        stop.Dispose();
        sqlite.Dispose();
    }

    [Fact]
    public async Task Many_instances_run_side_by_side_and_each_ends_once()
    {
        engine.Registry.Work<int, int>("Add", i => i + 1).Flow<int, int>("Sum", async (c, i) =>
        {
            for (var n = 0; n < 5; n++) i = await c.CallActivityAsync<int>("Add", i);
            return i;
        });
        for (var i = 0; i < 100; i++) await engine.StartAsync("Sum", $"i{i:D3}", i);
        await RunUntilAsync(() => engine.Store.List(new([Completed])).Count == 100);
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal($"{i + 5}", engine.Get($"i{i:D3}").SerializedOutput));
        Assert.Equal(600, store.Accepted);
    }

    [Fact]
    public async Task Results_that_arrive_during_a_turn_go_into_the_next_one_together()
    {
        engine.Registry.Work<int, int>("A", i => i).Flow("Fan", async c =>
            $"{(await Task.WhenAll(Enumerable.Range(0, 200).Select(i => c.CallActivityAsync<int>("A", i)))).Sum()}");
        await engine.StartAsync("Fan");
        await RunUntilAsync(() => engine.Get().IsCompleted);
        Assert.Equal("19900", engine.Output());
        Assert.InRange(store.Accepted, 2, 150);
        ReplayCuts.Check(engine, "one");
    }

    [Fact]
    public async Task A_clock_moved_by_a_person_is_noticed_without_any_signal()
    {
        engine.Registry.Flow("Sleep", async c =>
        {
            await c.CreateTimer(c.CurrentUtcDateTime.AddDays(7), CancellationToken.None);
            return "";
        });
        await engine.StartAsync("Sleep");
        await RunUntilAsync(() => engine.Get().RuntimeStatus == Running && engine.Get().NextTimer is not null, moveBy: TimeSpan.FromDays(7), then: () => engine.Get().IsCompleted);
    }

    [Fact]
    public async Task No_more_activities_run_at_once_than_the_settings_say()
    {
        var limited = new Engine(store, settings: new("1.0.0") { MaxConcurrentActivities = 3 });
        var (now, most) = (0, 0);
        limited.Registry.WorkAsync<int, int>("A", async (_, i) =>
        {
            var running = Interlocked.Increment(ref now);
            lock (stop) most = Math.Max(most, running);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return i;
        }).Flow("Fan", async c => $"{(await Task.WhenAll(Enumerable.Range(0, 50).Select(i => c.CallActivityAsync<int>("A", i)))).Length}");
        await limited.StartAsync("Fan");
        var loop = limited.Worker.RunAsync(stop.Token);
        await UntilAsync(() => limited.Get().IsCompleted);
        await StopAsync(loop);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task A_hung_activity_fails_after_its_time_and_its_late_answer_is_thrown_away()
    {
        var hurried = new Engine(store, settings: new("1.0.0") { ActivityTimeout = TimeSpan.FromMilliseconds(50), PollInterval = TimeSpan.FromMilliseconds(20) });
        var answer = new TaskCompletionSource<string>();
        hurried.Registry.WorkAsync<string, string>("Hang", (_, _) => answer.Task).Flow("Caller", async c =>
        {
            var told = "";
            try
            {
                await c.CallActivityAsync<string>("Hang");
            }
            catch (TaskFailedException e)
            {
                told = e.FailureDetails.ErrorType;
            }

            return told + await c.WaitForExternalEvent<string>("go");
        });
        await hurried.StartAsync("Caller");
        var loop = hurried.Worker.RunAsync(stop.Token);
        await UntilAsync(() => hurried.Get().WaitingFor == "event go");
        answer.SetResult("late");
        await hurried.RaiseAsync("go", "!");
        await UntilAsync(() => hurried.Get().IsCompleted);
        await StopAsync(loop);
        Assert.Equal("System.TimeoutException!", hurried.Output());
    }

    [Fact]
    public async Task A_result_survives_failed_commits_without_running_the_activity_again()
    {
        var runs = 0;
        var failures = 0;
        store.Next = commit => commit.CompletedTasks.Count > 0 && failures++ < 3 ? Fault.Before : Fault.None;
        engine.Registry.Work<string, int>("Mail", _ => Interlocked.Increment(ref runs)).Flow("Caller", async c => $"{await c.CallActivityAsync<int>("Mail")}");
        await engine.StartAsync("Caller");
        await RunUntilAsync(() => engine.Get().IsCompleted);
        Assert.Equal(("1", 1), (engine.Output(), runs));
        Assert.Null(engine.Worker.Health.StoreFailure);
    }

    [Fact]
    public async Task While_the_store_fails_no_activity_is_set_off()
    {
        var single = new Engine(store, settings: new("1.0.0") { MaxConcurrentActivities = 1, PollInterval = TimeSpan.FromMilliseconds(20) });
        var runs = new ConcurrentQueue<int>();
        var (failed, stillFailing, hold) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var failures = 0;
        var broken = true;
        store.Next = commit =>
        {
            if (!Volatile.Read(ref broken) || commit.CompletedTasks.Count == 0) return Fault.None;
            failures++;
            if (failures == 3) failed.SetResult();
            if (failures == 6) stillFailing.SetResult();
            return Fault.Before;
        };
        single.Registry.WorkAsync<int, int>("A", async (_, i) =>
        {
            runs.Enqueue(i);
            if (i == 2) await hold.Task; // may have begun before the failure was known; the third may not
            return i;
        }).Flow("Fan", async c => $"{(await Task.WhenAll(Enumerable.Range(1, 3).Select(i => c.CallActivityAsync<int>("A", i)))).Sum()}");
        await single.StartAsync("Fan");
        var loop = single.Worker.RunAsync(stop.Token);
        await failed.Task;
        Assert.Equal("The disk is full.", single.Worker.Health.StoreFailure);
        hold.SetResult();
        await stillFailing.Task;
        Assert.DoesNotContain(3, runs);
        Volatile.Write(ref broken, false);
        await UntilAsync(() => single.Get().IsCompleted);
        await StopAsync(loop);
        Assert.Equal([1, 2, 3], runs);
        Assert.Equal("6", single.Output());
    }

    [Fact]
    public async Task Stopping_waits_for_the_activity_in_flight_and_keeps_its_result()
    {
        var (entered, answer) = (new TaskCompletionSource(), new TaskCompletionSource<string>());
        var runs = 0;
        engine.Registry.WorkAsync<string, string>("Slow", (_, _) =>
        {
            Interlocked.Increment(ref runs);
            entered.SetResult();
            return answer.Task;
        }).Flow("Caller", c => c.CallActivityAsync<string>("Slow"));
        await engine.StartAsync("Caller");
        var loop = engine.Worker.RunAsync(stop.Token);
        await entered.Task;
        await stop.CancelAsync();
        Assert.False(loop.IsCompleted);
        answer.SetResult("kept");
        await loop;
        Assert.Equal(("kept", 1), (engine.Output(), runs));
        Assert.False(engine.Worker.Health.Running);
    }

    [Fact]
    public async Task A_wipe_forgets_what_was_waiting_in_memory_and_new_starts_run()
    {
        var tight = new Engine(store, settings: new("1.0.0") { MaxConcurrentActivities = 1, PollInterval = TimeSpan.FromMilliseconds(20) });
        var (entered, answer) = (new TaskCompletionSource(), new TaskCompletionSource<string>());
        var seen = new ConcurrentQueue<string>();
        tight.Registry.WorkAsync<string, string>("A", async (_, id) =>
        {
            seen.Enqueue(id);
            if (id != "held") return id;
            entered.SetResult();
            return await answer.Task;
        }).Flow<string, string>("Caller", (c, id) => c.CallActivityAsync<string>("A", id));
        await tight.StartAsync("Caller", "held", "held");
        var loop = tight.Worker.RunAsync(stop.Token);
        await entered.Task;
        await tight.StartAsync("Caller", "queued", "queued");
        await UntilAsync(() => tight.Get("queued").WaitingFor == "activity A");
        await tight.Store.WipeAsync();
        await tight.StartAsync("Caller", "new", "new");
        answer.SetResult("for nobody");
        await UntilAsync(() => tight.Store.Find("new") is { IsCompleted: true });
        await StopAsync(loop);
        Assert.Equal(["held", "new"], seen);
        Assert.Equal(["new"], tight.Store.List(new()).Select(m => m.InstanceId));
    }

    [Fact]
    public async Task After_reads_that_failed_inherited_work_goes_on()
    {
        engine.Registry.Work<int, int>("A", i => i).Flow("Flow", async c => $"{await c.CallActivityAsync<int>("A", 7)}");
        await engine.StartAsync("Flow");
        store.Next = _ => Fault.After; // one turn is written, and its worker dies of not knowing
        await Assert.ThrowsAsync<IOException>(() => engine.NewWorker().RunUntilIdleAsync());
        store.Next = _ => Fault.None;
        var reads = 0;
        store.ReadFails = () => Interlocked.Increment(ref reads) is > 1 and < 8;
        await RunUntilAsync(() => engine.Get().IsCompleted);
        Assert.Equal("7", engine.Output());
        Assert.Null(engine.Worker.Health.StoreFailure);
    }

    [Fact]
    public async Task A_loop_that_is_stopped_and_started_again_does_nothing_twice()
    {
        var single = new Engine(store, settings: new("1.0.0") { MaxConcurrentActivities = 1, PollInterval = TimeSpan.FromMilliseconds(20) });
        var (entered, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        var runs = new ConcurrentQueue<int>();
        single.Registry.WorkAsync<int, int>("A", async (_, i) =>
        {
            runs.Enqueue(i);
            entered.TrySetResult();
            await answer.Task;
            return i;
        }).Flow("Fan", async c =>
        {
            await Task.WhenAll(Enumerable.Range(1, 5).Select(i => c.CallActivityAsync<int>("A", i)));
            return await c.WaitForExternalEvent<string>("x");
        });
        await single.StartAsync("Fan");
        var loop = single.Worker.RunAsync(stop.Token);
        await entered.Task;
        await stop.CancelAsync();
        answer.SetResult();
        await loop;
        await single.RunAsync();
        using var again = new CancellationTokenSource();
        loop = single.Worker.RunAsync(again.Token);
        await single.RaiseAsync("x", "end");
        await UntilAsync(() => single.Get().IsCompleted);
        await again.CancelAsync();
        await loop;
        Assert.Equal([1, 2, 3, 4, 5], runs);
    }

    private async Task RunUntilAsync(Func<bool> done, TimeSpan? moveBy = null, Func<bool>? then = null)
    {
        var loop = engine.Worker.RunAsync(stop.Token);
        await UntilAsync(done);
        if (moveBy is { } by) engine.Clock.Advance(by);
        if (then is not null) await UntilAsync(then);
        await StopAsync(loop);
    }

    private async Task StopAsync(Task loop)
    {
        await stop.CancelAsync();
        await loop;
    }

    private Task UntilAsync(Func<bool> done) => sqlite.Store.UntilAsync(done);
}
