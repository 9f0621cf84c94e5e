using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Tests.Cases;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tests.Work;

public sealed class WakeupTests
{
    [Fact]
    public async Task More_than_a_page_of_wake_ups_is_drained_to_the_end()
    {
        await using var spine = await Spine.StartAsync();
        foreach (var batch in Enumerable.Range(0, 1500).Chunk(100))
            await spine.Records.CommitAsync("INC-1", [.. batch.Select(i => Row(i, i < 1200 ? Wakeup.Mail($"m{i}", Core.Mail.MailLane.Other) : Wakeup.Start("Flow", $"i{i}", "x")))]);
        await spine.Get<WakeupDrain>().DrainAsync("INC-1");
        Assert.Equal(300, spine.Engine.Started.Count);
        Assert.Equal(1200, spine.Get<Core.Mail.MailPump>().Count);
    }

    [Fact]
    public async Task A_row_that_fails_stays_and_the_others_are_done()
    {
        await using var spine = await Spine.StartAsync();
        spine.Engine.Poison.Add("i1");
        await spine.Records.CommitAsync("INC-1", [Row(0, "{ broken"), Row(1, Wakeup.Start("Flow", "i1", "x")), Row(2, Wakeup.Start("Flow", "i2", "x"))]);
        var failure = await Assert.ThrowsAsync<AggregateException>(() => spine.Get<WakeupDrain>().DrainAsync("INC-1"));
        Assert.Equal(2, failure.InnerExceptions.Count);
        Assert.Equal(["i2"], spine.Engine.Started);
        Assert.Equal(["wake|00000000-00", "wake|00000001-00"], await spine.RowsAsync("INC-1", Rows.WakePrefix));
    }

    [Fact]
    public async Task Draining_twice_at_once_starts_the_same_id_and_ends_without_rows()
    {
        await using var spine = await Spine.StartAsync();
        await spine.Records.CommitAsync("INC-1", [Row(1, Wakeup.Start("Flow", "i1", "x")), Row(2, Wakeup.Start("Flow", "i2", "x"))]);
        var drain = spine.Get<WakeupDrain>();
        await Task.WhenAll(drain.DrainAsync("INC-1"), drain.DrainAsync("INC-1"));
        Assert.Equal(["i1", "i2"], spine.Engine.Started.Distinct().Order());
        Assert.Empty(await spine.RowsAsync("INC-1", Rows.WakePrefix));
    }

    [Fact]
    public async Task Dying_between_the_deed_and_the_removal_of_its_row_only_does_it_twice()
    {
        await using var spine = await Spine.StartAsync();
        await spine.Records.CommitAsync("INC-1", [Row(1, Wakeup.Start("Flow", "i1", "x"))]);
        spine.Records.BeforeCommit = (_, _) => throw new IOException("died");
        await Assert.ThrowsAsync<AggregateException>(() => spine.Get<WakeupDrain>().DrainAsync("INC-1"));
        spine.Records.BeforeCommit = null;
        await spine.Get<WakeupDrain>().DrainAsync("INC-1");
        Assert.Equal(["i1", "i1"], spine.Engine.Started);
        Assert.Empty(await spine.RowsAsync("INC-1", Rows.WakePrefix));
    }

    [Fact]
    public async Task Every_instance_that_serves_a_task_is_told_and_one_that_is_gone_is_no_error()
    {
        await using var spine = await Spine.StartAsync();
        var servers = spine.Get<TaskServers>();
        foreach (var instance in new[] { "old", "gone", "new", "old" }) await servers.SetAsync("INC-1", "decide-1", instance);
        Assert.Equal(["new", "gone", "old"], await servers.GetAsync("INC-1", "decide-1"));
        spine.Engine.Instances["old"] = spine.Engine.Instances["new"] = OrchestrationRuntimeStatus.Running;
        await spine.Records.CommitAsync("INC-1", [Row(1, Wakeup.Look("decide-1", 3))]);
        await spine.Get<WakeupDrain>().DrainAsync("INC-1");
        Assert.Equal(["new left-INC-1~decide-1-3", "old left-INC-1~decide-1-3"], spine.Engine.Raised);
    }

    [Fact]
    public async Task Ten_instances_that_look_at_once_all_end_up_known_up_to_five()
    {
        await using var spine = await Spine.StartAsync();
        var servers = spine.Get<TaskServers>();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => servers.SetAsync("INC-1", "t", $"i{i}"))));
        Assert.Equal(5, (await servers.GetAsync("INC-1", "t")).Distinct().Count());
    }

    [Fact]
    public async Task The_sweep_goes_on_behind_a_case_and_an_instance_that_fail_and_says_so()
    {
        await using var spine = await Spine.StartAsync();
        spine.Engine.Poison.UnionWith(["INC-1.a", "INC-2.a"]);
        foreach (var reference in new[] { "INC-1", "INC-2", "INC-3" })
            await spine.Cases.ChangeAsync(reference, spine.As("program"), change => change.StartAsync("Flow", $"{reference}.a", "x"));
        var sweep = spine.Get<Sweep>();
        Assert.Equal(1, await sweep.RunAsync());
        Assert.Contains("INC-3.a", spine.Engine.Started);
        Assert.Equal("case INC-1: AggregateException", sweep.Trouble);
        spine.Engine.Poison.Clear();
        Assert.Equal(3, await sweep.RunAsync());
        Assert.Null(sweep.Trouble);
    }

    [Fact]
    public async Task The_sweep_starts_what_is_due_oldest_first_and_leaves_what_lives_or_waits_for_an_operator()
    {
        await using var spine = await Spine.StartAsync();
        foreach (var (id, days) in new[] { ("young", -1), ("old", -9), ("future", 1), ("live", -5), ("blocked", -5), ("failed", -3) })
            await spine.Cases.ChangeAsync($"INC-{id}", spine.As("program"), change => change.StartAsync("Flow", id, "x", spine.Time.Now.AddDays(days)));
        foreach (var id in new[] { "young", "old", "live", "blocked", "failed" }) await spine.Get<WakeupDrain>().DrainAsync($"INC-{id}");
        spine.Engine.Started.Clear();
        spine.Engine.Instances["live"] = OrchestrationRuntimeStatus.Running;
        spine.Engine.Instances["blocked"] = OrchestrationRuntimeStatus.Blocked;
        spine.Engine.Instances["failed"] = OrchestrationRuntimeStatus.Failed;
        await spine.Get<Sweep>().RunAsync();
        Assert.Equal(["old", "failed", "young"], spine.Engine.Started);
        spine.Time.Now = spine.Time.Now.AddDays(30);
        spine.Engine.Started.Clear();
        await spine.Get<Sweep>().RunAsync();
        Assert.Contains("future", spine.Engine.Started);
    }

    private static RowWrite Row(int no, Wakeup wakeup) => Row(no, Json.Write(wakeup)!);

    private static RowWrite Row(int no, string data) => new RowWrite.Insert($"{Rows.WakePrefix}{no:D8}-00", data);
}
