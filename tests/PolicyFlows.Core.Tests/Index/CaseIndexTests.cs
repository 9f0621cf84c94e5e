using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Index;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Tests.Cases;

namespace PolicyFlows.Core.Tests.Index;

public sealed class CaseIndexTests
{
    private const string Case = "INC-22222222";

    [Fact]
    public async Task A_case_is_listed_with_its_school_and_its_task_with_its_holder()
    {
        await using var spine = await AskedAsync();
        var index = spine.Get<CaseIndex>();
        await index.PublishAsync(Case);
        var line = Assert.Single(await index.CasesAsync(Spine.School));
        Assert.Equal((Case, "AwaitingDecision", true), (line.CaseId, line.State, line.Open));
        Assert.Equal((Case, "decide-1"), Assert.Single(await index.TasksAsync(Spine.Manager)) is var task ? (task.CaseId, task.TaskId) : default);
    }

    [Fact]
    public async Task What_no_longer_holds_is_removed()
    {
        await using var spine = await AskedAsync();
        var index = spine.Get<CaseIndex>();
        await index.PublishAsync(Case);
        await spine.DecideAsync(Case, Spine.Manager, "decide-1", IncidentRoute.NoAction);
        await index.PublishAsync(Case);
        Assert.Empty(await index.TasksAsync(Spine.Manager));
        Assert.False(Assert.Single(await index.CasesAsync(Spine.School)).Open);
    }

    [Fact]
    public async Task A_named_holder_is_listed_no_task_even_before_it_was_handed_on()
    {
        await using var spine = await AskedAsync();
        await spine.Cases.ChangeAsync(Case, spine.As("program"), async change =>
        {
            change.Note("person.named");
            change.Put(Rows.Case, await change.NeedAsync<IncidentRecord>(Rows.Case) with { NamedPersonIds = [Spine.Manager] });
        });
        await spine.Get<CaseIndex>().PublishAsync(Case);
        Assert.Empty(await spine.Get<CaseIndex>().TasksAsync(Spine.Manager));
    }

    /// <summary>Dies before each commit of a publishing in turn; the next one must leave exactly what holds.</summary>
    [Fact]
    public async Task Dying_at_any_write_leaves_nothing_that_the_next_publishing_forgets()
    {
        for (var step = 1; ; step++)
        {
            await using var spine = await AskedAsync();
            var index = spine.Get<CaseIndex>();
            await index.PublishAsync(Case);
            await spine.Get<TaskActs>().RecuseAsync(Case, null, spine.As(Spine.Manager));
            var left = step;
            spine.Records.BeforeCommit = (_, _) => --left == 0 ? throw new IOException("died") : Task.CompletedTask;
            var died = await Record.ExceptionAsync(() => index.PublishAsync(Case)) is not null;
            spine.Records.BeforeCommit = null;
            await spine.DecideAsync(Case, Spine.Deputy, "decide-1", IncidentRoute.NoAction);
            await index.PublishAsync(Case);
            Assert.Empty(await index.TasksAsync(Spine.Manager));
            Assert.Empty(await index.TasksAsync(Spine.Deputy));
            Assert.Equal("Closed", Assert.Single(await index.CasesAsync(Spine.School)).State);
            if (!died) break;
            Assert.True(step < 20, "Publishing never ends.");
        }
    }

    /// <summary>A publisher that has read the old state pauses before each of its writes while another publishes the new one.</summary>
    [Fact]
    public async Task A_slow_publisher_of_an_old_state_ends_with_the_new_one_wherever_it_paused()
    {
        for (var pause = 1; ; pause++)
        {
            await using var spine = await AskedAsync();
            var index = spine.Get<CaseIndex>();
            var left = pause;
            var paused = false;
            spine.Records.BeforeCommit = async (_, _) =>
            {
                if (--left != 0) return;
                spine.Records.BeforeCommit = null;
                paused = true;
                await spine.DecideAsync(Case, Spine.Manager, "decide-1", IncidentRoute.NoAction);
                await index.PublishAsync(Case);
            };
            await index.PublishAsync(Case);
            if (!paused) break;
            Assert.Empty(await index.TasksAsync(Spine.Manager));
            Assert.Equal("Closed", Assert.Single(await index.CasesAsync(Spine.School)).State);
        }
    }

    [Fact]
    public async Task Ten_publishers_at_once_end_right()
    {
        await using var spine = await AskedAsync();
        var index = spine.Get<CaseIndex>();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(async () =>
        {
            if (i == 5) await spine.DecideAsync(Case, Spine.Manager, "decide-1", IncidentRoute.NoAction);
            await index.PublishAsync(Case);
        })));
        await index.PublishAsync(Case);
        Assert.Empty(await index.TasksAsync(Spine.Manager));
        Assert.Equal("Closed", Assert.Single(await index.CasesAsync(Spine.School)).State);
    }

    [Fact]
    public async Task A_store_that_always_conflicts_is_an_error_and_no_endless_loop()
    {
        await using var spine = await AskedAsync();
        spine.Records.BeforeCommit = (partition, writes) => writes[0].Row == Rows.Published ? throw new RecordConflictException(partition, Rows.Published) : Task.CompletedTask;
        await Assert.ThrowsAsync<RecordConflictException>(() => spine.Get<CaseIndex>().PublishAsync(Case));
    }

    [Fact]
    public async Task Cases_are_listed_newest_first_and_tasks_by_due_time()
    {
        await using var spine = await Spine.StartAsync();
        foreach (var reference in new[] { "INC-B", "INC-A", "INC-C" })
        {
            await spine.ReportAsync(reference);
            await spine.TurnAsync(reference);
            await spine.Get<CaseIndex>().PublishAsync(reference);
            spine.Time.Now = spine.Time.Now.AddMinutes(1);
        }

        Assert.Equal(["INC-C", "INC-A", "INC-B"], (await spine.Get<CaseIndex>().CasesAsync(Spine.School)).Select(c => c.CaseId));
        Assert.Equal(["INC-B", "INC-A", "INC-C"], (await spine.Get<CaseIndex>().TasksAsync(Spine.Manager)).Select(c => c.CaseId));
    }

    [Fact]
    public async Task Lines_hold_no_names_and_no_content()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync(story: "canary-story", colleague: Spine.Colleague);
        await spine.TurnAsync();
        await spine.Get<CaseIndex>().PublishAsync(Case);
        var lines = new List<StoredRow>();
        foreach (var partition in new[] { CaseIndex.SchoolPartition(Spine.School), CaseIndex.PersonPartition(Spine.Manager), CaseIndex.PersonPartition(Spine.Colleague) })
            lines.AddRange((await spine.Records.RangeAsync(partition, "")).Rows);
        Assert.Equal(4, lines.Count);
        Assert.All(lines, l => Assert.DoesNotMatch("canary|Penhallick|Varnholt|Ashdown|polygon", l.Data));
    }

    [Fact]
    public async Task A_case_with_as_many_targets_as_it_takes_is_still_listed()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync();
        await spine.Cases.ChangeAsync(Case, spine.As("program"), change =>
        {
            change.Note("test");
            for (var no = 1; no <= Core.Takedowns.TargetDesk.MostWithFound; no++)
            {
                change.Put(Rows.Takedown(no), new Core.Takedowns.TakedownRecord
                {
                    No = no, Ground = Core.Hosts.Ground.Other, ClockStart = change.Now, OpenedAt = change.Now, FirstRung = Core.Takedowns.Rung.Host,
                    Requests = [new(Core.Takedowns.Rung.Host, change.Now, "p-101", null)],
                });
            }

            return Task.CompletedTask;
        });
        await spine.Get<CaseIndex>().PublishAsync(Case);
        Assert.Equal(121, Assert.Single(await spine.Get<CaseIndex>().CasesAsync(Spine.School)).Clocks.Count);
    }

    private static async Task<Spine> AskedAsync()
    {
        var spine = await Spine.StartAsync();
        await spine.ReportAsync();
        await spine.TurnAsync();
        return spine;
    }
}
