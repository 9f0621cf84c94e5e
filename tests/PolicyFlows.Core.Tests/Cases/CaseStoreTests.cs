using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Tests.Cases;

public sealed class CaseStoreTests
{
    private sealed record Thing(string Text);

    [Fact]
    public async Task An_act_without_an_entry_does_not_meet_the_wake_ups_of_the_act_before()
    {
        await using var spine = await Spine.StartAsync();
        await spine.Cases.ChangeAsync("INC-1", spine.As("program"), change =>
        {
            change.Note("first");
            change.Wake(Wakeup.Index());
            return Task.CompletedTask;
        });
        await spine.Cases.ChangeAsync("INC-1", spine.As("program"), change => change.StartAsync("Flow", "INC-1.flow", "case"));
        await spine.Cases.ChangeAsync("INC-1", spine.As("program"), change => change.StartAsync("Flow", "INC-1.other", "case"));
        Assert.Equal(["wake|00000001-00", "wake|00000002-00", "wake|00000003-00"], await spine.RowsAsync("INC-1", Rows.WakePrefix));
    }

    [Fact]
    public async Task A_conflict_decides_everything_again_and_numbers_entries_after_the_other_act()
    {
        await using var spine = await Spine.StartAsync();
        await NoteAsync(spine, "before");
        var tries = 0;
        spine.Records.BeforeCommit = async (partition, _) =>
        {
            if (partition != "INC-1" || tries++ > 0) return;
            spine.Records.BeforeCommit = null;
            await NoteAsync(spine, "other");
        };
        await spine.Cases.ChangeAsync("INC-1", spine.As("program"), change =>
        {
            change.Note("mine-1");
            change.Note("mine-2");
            return Task.CompletedTask;
        });
        Assert.Equal(["before", "other", "mine-1", "mine-2"], await spine.CodesAsync("INC-1"));
        Assert.Null(await spine.Get<Core.Audit.ChainCheck>().CheckAsync("INC-1"));
    }

    [Fact]
    public async Task A_store_that_conflicts_39_times_is_written_the_40th_and_40_times_is_an_error_that_wrote_nothing()
    {
        await using var spine = await Spine.StartAsync();
        var left = 39;
        spine.Records.BeforeCommit = (partition, _) => partition == "INC-1" && left-- > 0 ? throw new RecordConflictException(partition, "chain") : Task.CompletedTask;
        await NoteAsync(spine, "late");
        left = 40;
        await Assert.ThrowsAsync<RecordConflictException>(() => NoteAsync(spine, "never"));
        Assert.Equal(["late"], await spine.CodesAsync("INC-1"));
    }

    [Fact]
    public async Task Twenty_acts_at_once_are_all_written_in_one_chain()
    {
        await using var spine = await Spine.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => NoteAsync(spine, $"act-{i}"))));
        Assert.Equal(20, (await spine.CodesAsync("INC-1")).Distinct().Count());
        Assert.Null(await spine.Get<Core.Audit.ChainCheck>().CheckAsync("INC-1"));
    }

    [Fact]
    public async Task A_list_shows_what_the_act_itself_put_and_removed()
    {
        await using var spine = await Spine.StartAsync();
        await spine.Cases.ChangeAsync("INC-1", spine.As("program"), change =>
        {
            change.Note("n");
            change.Put("thing|b", new Thing("b"));
            change.Put("thing|a", new Thing("a"));
            return Task.CompletedTask;
        });
        await spine.Cases.ChangeAsync("INC-1", spine.As("program"), async change =>
        {
            await change.ListAsync<Thing>("thing|");
            change.Note("n");
            change.Remove("thing|a");
            change.Put("thing|b", new Thing("changed"));
            change.Put("thing|c", new Thing("c"));
            Assert.Equal(["changed", "c"], (await change.ListAsync<Thing>("thing|")).Select(t => t.Text));
        });
        Assert.Equal(["changed", "c"], (await spine.Cases.ListAsync<Thing>("INC-1", "thing|")).Select(t => t.Value.Text));
    }

    [Fact]
    public async Task An_act_that_changes_records_without_an_entry_is_refused()
    {
        await using var spine = await Spine.StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => spine.Cases.ChangeAsync("INC-1", spine.As("program"), change =>
        {
            change.Put("thing|a", new Thing("a"));
            return Task.CompletedTask;
        }));
    }

    [Fact]
    public async Task Work_that_is_started_and_ended_in_one_act_leaves_no_row()
    {
        await using var spine = await Spine.StartAsync();
        await spine.Cases.ChangeAsync("INC-1", spine.As("program"), async change =>
        {
            await change.StartAsync("Flow", "INC-1.flow", "case", spine.Time.Now.AddDays(1));
            await change.EndAsync("INC-1.flow");
            await change.EndAsync("INC-1.never");
        });
        Assert.Empty(await spine.RowsAsync("INC-1", Rows.WorkPrefix));
    }

    [Fact]
    public async Task A_case_is_listed_before_its_first_row_is_written()
    {
        await using var spine = await Spine.StartAsync();
        spine.Records.BeforeCommit = (partition, _) => partition == "INC-1" ? throw new IOException("died") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => NoteAsync(spine, "n"));
        Assert.NotNull(await spine.Records.GetAsync("cases", "INC-1"));
    }

    [Fact]
    public async Task A_mail_of_one_key_is_queued_once_also_within_one_act()
    {
        await using var spine = await Spine.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            await spine.Cases.ChangeAsync("INC-1", spine.As("program"), async change =>
            {
                change.Note("n");
                var first = await change.MailAsync(Mail("a"));
                Assert.Equal(change.IsNew, first);
                Assert.False(await change.MailAsync(Mail("a")));
            });
        }

        Assert.Single(await spine.RowsAsync("INC-1", Rows.OutPrefix));
    }

    [Fact]
    public async Task A_text_of_100_kB_is_refused_whole()
    {
        await using var spine = await Spine.StartAsync();
        await Assert.ThrowsAsync<RecordLimitException>(() => spine.Cases.ChangeAsync("INC-1", spine.As("program"), change =>
        {
            change.Note("n", text: new string('x', 100_000));
            return Task.CompletedTask;
        }));
        Assert.Empty(await spine.CodesAsync("INC-1"));
    }

    private static Core.Mail.OutboxRow Mail(string key) => new() { Key = key, Lane = Core.Mail.MailLane.Other, Kind = Core.Mail.MailKind.Receipt, To = "p-101", QueuedAt = default };

    private static Task NoteAsync(Spine spine, string code) => spine.Cases.ChangeAsync("INC-1", spine.As("program"), change =>
    {
        change.Note(code);
        return Task.CompletedTask;
    });
}
