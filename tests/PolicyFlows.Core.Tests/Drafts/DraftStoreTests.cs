using System.Text;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Tests.Cases;

namespace PolicyFlows.Core.Tests.Drafts;

public sealed class DraftStoreTests
{
    [Fact]
    public async Task Twenty_changes_at_once_all_count()
    {
        await using var spine = await Spine.StartAsync();
        var drafts = spine.Get<DraftStore>();
        var key = await drafts.BeginAsync("INC");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => drafts.ChangeAsync(key, d => d with
        {
            Values = new Dictionary<string, string[]>(d.Values, StringComparer.Ordinal) { [$"field{i}"] = [$"{i}"] },
        }))));
        Assert.Equal(20, (await drafts.GetAsync(key))!.Values.Count);
    }

    [Theory, InlineData(null), InlineData(""), InlineData("../x"), InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_key_of_no_draft_finds_nothing(string? key)
    {
        await using var spine = await Spine.StartAsync();
        Assert.Null(await spine.Get<DraftStore>().GetAsync(key));
        Assert.Null(await spine.Get<DraftStore>().ChangeAsync(key, d => d));
        await spine.Get<DraftStore>().DiscardAsync(key);
    }

    [Fact]
    public async Task No_row_holds_the_key_of_a_draft()
    {
        await using var spine = await Spine.StartAsync();
        var key = await spine.Get<DraftStore>().BeginAsync("INC");
        Assert.DoesNotContain((await spine.Records.RangeAsync("drafts", "")).Rows, r => r.Row.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unsent_draft_is_forgotten_with_its_files_90_days_after_its_last_change()
    {
        await using var spine = await Spine.StartAsync();
        var drafts = spine.Get<DraftStore>();
        var key = await WithFileAsync(spine);
        spine.Time.Now = spine.Time.Now.AddDays(60);
        await drafts.ChangeAsync(key, d => d);
        spine.Time.Now = spine.Time.Now.AddDays(89);
        Assert.Equal(0, await drafts.ForgetOldAsync());
        Assert.NotNull(await drafts.GetAsync(key));
        spine.Time.Now = spine.Time.Now.AddDays(1);
        Assert.Equal(1, await drafts.ForgetOldAsync());
        Assert.Null(await drafts.GetAsync(key));
        Assert.Empty(spine.Evidence.All);
        Assert.Equal(0, await drafts.CountAsync());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Files_of_a_draft_that_became_a_case_stay_whether_it_was_marked_or_not(bool marked)
    {
        await using var spine = await Spine.StartAsync();
        var drafts = spine.Get<DraftStore>();
        var key = await WithFileAsync(spine);
        await spine.ReportAsync((await drafts.GetAsync(key))!.Reference);
        if (marked) await drafts.ChangeAsync(key, d => d with { Sent = true });
        spine.Time.Now = spine.Time.Now.AddDays(91);
        Assert.Equal(1, await drafts.ForgetOldAsync());
        Assert.Equal(["blob"], spine.Evidence.All.Keys);
    }

    [Fact]
    public async Task Files_of_a_draft_that_was_marked_but_never_became_a_case_go()
    {
        await using var spine = await Spine.StartAsync();
        var drafts = spine.Get<DraftStore>();
        var key = await WithFileAsync(spine);
        await drafts.ChangeAsync(key, d => d with { Sent = true });
        spine.Time.Now = spine.Time.Now.AddDays(91);
        await drafts.ForgetOldAsync();
        Assert.Empty(spine.Evidence.All);
    }

    [Fact]
    public async Task A_draft_that_is_changed_while_it_is_being_forgotten_stays_with_its_files()
    {
        await using var spine = await Spine.StartAsync();
        var drafts = spine.Get<DraftStore>();
        var key = await WithFileAsync(spine);
        var other = await drafts.BeginAsync("INC");
        spine.Time.Now = spine.Time.Now.AddDays(91);
        spine.Records.BeforeCommit = async (partition, writes) =>
        {
            if (!partition.StartsWith("draft-", StringComparison.Ordinal) || !writes[0].Row.Equals("draft", StringComparison.Ordinal)) return;
            spine.Records.BeforeCommit = null;
            await drafts.ChangeAsync(key, d => d with { Sent = true });
            await drafts.ChangeAsync(other, d => d with { Sent = true });
        };
        await drafts.ForgetOldAsync();
        Assert.True((await drafts.GetAsync(key))!.Sent);
        Assert.Equal(["blob"], spine.Evidence.All.Keys);
    }

    [Fact]
    public async Task Nobody_finds_a_draft_whose_files_are_being_removed_and_the_next_round_finishes()
    {
        await using var spine = await Spine.StartAsync();
        var drafts = spine.Get<DraftStore>();
        var key = await WithFileAsync(spine);
        spine.Time.Now = spine.Time.Now.AddDays(91);
        spine.Records.BeforeCommit = (_, writes) => writes[0] is Core.Records.RowWrite.Delete ? throw new IOException("died") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => drafts.ForgetOldAsync());
        spine.Records.BeforeCommit = null;
        Assert.Null(await drafts.GetAsync(key));
        Assert.Null(await drafts.ChangeAsync(key, d => d with { Sent = true }));
        Assert.Equal(1, await drafts.ForgetOldAsync());
        Assert.Equal(0, await drafts.CountAsync());
    }

    [Fact]
    public async Task Dying_between_the_listing_and_the_draft_leaves_nothing_for_ever()
    {
        await using var spine = await Spine.StartAsync();
        var drafts = spine.Get<DraftStore>();
        spine.Records.BeforeCommit = (partition, _) => partition == "drafts" ? Task.CompletedTask : throw new IOException("died");
        await Assert.ThrowsAsync<IOException>(() => drafts.BeginAsync("INC"));
        spine.Records.BeforeCommit = null;
        spine.Time.Now = spine.Time.Now.AddDays(91);
        Assert.Equal(1, await drafts.ForgetOldAsync());
        Assert.Equal(0, await drafts.CountAsync());
    }

    [Fact]
    public async Task A_discarded_draft_takes_its_files_along_and_a_sent_one_is_not_discarded()
    {
        await using var spine = await Spine.StartAsync();
        var drafts = spine.Get<DraftStore>();
        var key = await WithFileAsync(spine);
        await drafts.ChangeAsync(key, d => d with { Sent = true });
        await drafts.DiscardAsync(key);
        Assert.Equal(["blob"], spine.Evidence.All.Keys);
        await drafts.ChangeAsync(key, d => d with { Sent = false });
        await drafts.DiscardAsync(key);
        Assert.Null(await drafts.GetAsync(key));
        Assert.Empty(spine.Evidence.All);
    }

    private static async Task<string> WithFileAsync(Spine spine)
    {
        var drafts = spine.Get<DraftStore>();
        var key = await drafts.BeginAsync("INC");
        var received = await spine.Evidence.ReceiveAsync("blob", new MemoryStream(Encoding.UTF8.GetBytes("x")), "x.txt", 10);
        await drafts.ChangeAsync(key, d => d with { Files = [new(received, "x.txt", spine.Time.Now)] });
        return key;
    }
}
