using PolicyFlows.Core.Records;

namespace PolicyFlows.Core.Tests.Records;

/// <summary>What every adapter of the record port does alike. A class per adapter inherits it.</summary>
public abstract class RecordStoreContract
{
    protected abstract IRecordStore Store { get; }

    private Task<IReadOnlyList<string?>> Commit(params RowWrite[] writes) => Store.CommitAsync("p", writes);

    private async Task<string> Insert(string row, string data = "{}") => (await Commit(new RowWrite.Insert(row, data)))[0]!;

    private async Task<IReadOnlyList<string>> Keys(string prefix) => [.. (await Store.RangeAsync("p", prefix)).Rows.Select(row => row.Row)];

    [Fact]
    public async Task An_inserted_row_comes_back_as_it_was_written()
    {
        const string Data = "{\"name\":\"Zoë \u2019\u0000 \U0001F600\",\"n\":1}";
        var tag = await Insert("r", Data);
        Assert.Equal(new StoredRow("p", "r", Data, tag), await Store.GetAsync("p", "r"));
    }

    [Theory]
    [InlineData("p", "other")]
    [InlineData("other", "r")]
    [InlineData("P", "r")]
    [InlineData("p", "R")]
    [InlineData("p", "r ")]
    [InlineData("p", "no/such?key")]
    [InlineData("p", "")]
    public async Task A_row_that_is_not_there_is_null(string partition, string row)
    {
        await Insert("r");
        Assert.Null(await Store.GetAsync(partition, row));
    }

    [Fact]
    public async Task Every_write_changes_the_tag()
    {
        var first = await Insert("r", "1");
        var second = (await Commit(new RowWrite.Replace("r", "2", first)))[0]!;
        var third = (await Commit(new RowWrite.Replace("r", "2", second)))[0]!;
        Assert.Equal(3, new HashSet<string>([first, second, third], StringComparer.Ordinal).Count);
        Assert.Equal(third, (await Store.GetAsync("p", "r"))!.Tag);
    }

    [Fact]
    public async Task A_row_deleted_and_made_again_does_not_get_an_old_tag_back()
    {
        var first = await Insert("r");
        Assert.Null((await Commit(new RowWrite.Delete("r", first)))[0]);
        Assert.Null(await Store.GetAsync("p", "r"));
        var second = await Insert("r");
        Assert.NotEqual(first, second);
        await AssertConflict("r", new RowWrite.Replace("r", "stale", first));
    }

    [Fact]
    public async Task Inserting_a_key_that_exists_is_a_conflict()
    {
        await Insert("r", "first");
        await AssertConflict("r", new RowWrite.Insert("r", "second"));
        Assert.Equal("first", (await Store.GetAsync("p", "r"))!.Data);
    }

    [Fact]
    public async Task Replacing_or_deleting_with_another_tag_is_a_conflict()
    {
        var old = await Insert("r", "1");
        await Commit(new RowWrite.Replace("r", "2", old));
        await AssertConflict("r", new RowWrite.Replace("r", "3", old));
        await AssertConflict("r", new RowWrite.Delete("r", old));
        await AssertConflict("r", new RowWrite.Delete("r", "not a tag"));
        await AssertConflict("r", new RowWrite.Delete("r", ""));
        Assert.Equal("2", (await Store.GetAsync("p", "r"))!.Data);
    }

    [Fact]
    public async Task Replacing_or_deleting_a_row_that_is_gone_is_a_conflict()
    {
        var tag = await Insert("r");
        await Commit(new RowWrite.Delete("r", tag));
        await AssertConflict("r", new RowWrite.Replace("r", "x", tag));
        await AssertConflict("r", new RowWrite.Delete("r", tag));
    }

    [Fact]
    public async Task A_batch_writes_all_its_rows_and_returns_their_tags_in_order()
    {
        var gone = await Insert("gone");
        var changed = await Insert("changed");
        var tags = await Commit(new RowWrite.Delete("gone", gone), new RowWrite.Insert("new", "n"), new RowWrite.Replace("changed", "c", changed));
        Assert.Null(tags[0]);
        Assert.Equal(tags[1], (await Store.GetAsync("p", "new"))!.Tag);
        Assert.Equal(tags[2], (await Store.GetAsync("p", "changed"))!.Tag);
        Assert.Equal(["changed", "new"], await Keys(""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_batch_with_one_conflict_writes_nothing_wherever_the_conflict_stands(int position)
    {
        var kept = await Insert("kept", "old");
        await Insert("taken");
        List<RowWrite> writes = [new RowWrite.Insert("new", "n"), new RowWrite.Replace("kept", "changed", kept)];
        writes.Insert(position, new RowWrite.Insert("taken", "x"));
        await AssertConflict("taken", [.. writes]);
        Assert.Null(await Store.GetAsync("p", "new"));
        Assert.Equal(new StoredRow("p", "kept", "old", kept), await Store.GetAsync("p", "kept"));
    }

    [Fact]
    public async Task The_same_row_in_two_partitions_is_two_rows()
    {
        await Insert("r", "p");
        await Store.CommitAsync("q", [new RowWrite.Insert("r", "q")]);
        Assert.Equal("p", (await Store.GetAsync("p", "r"))!.Data);
        Assert.Equal("q", (await Store.GetAsync("q", "r"))!.Data);
        Assert.Equal(["r"], await Keys(""));
    }

    [Fact]
    public async Task A_range_is_in_ordinal_order_of_the_keys()
    {
        string[] keys = ["a", "B", "b", "A", "a-1", "a1", "a_1", "a~", "a!", "10", "9", "a b", "%", "'"];
        foreach (var key in keys)
        {
            await Insert(key);
        }

        Assert.Equal(keys.Order(StringComparer.Ordinal), await Keys(""));
    }

    [Fact]
    public async Task A_prefix_matches_exactly_the_keys_that_start_so()
    {
        foreach (var key in new[] { "task", "task-1", "task-2", "task~", "taskz", "tas", "tasl", "Task-1", "task_1", "tasj~~~" })
        {
            await Insert(key);
        }

        Assert.Equal(["task", "task-1", "task-2", "task_1", "taskz", "task~"], await Keys("task"));
        Assert.Equal(["task-1", "task-2"], await Keys("task-"));
        Assert.Empty(await Keys("task-3"));
        Assert.Empty(await Keys("%"));
        Assert.Empty(await Keys("task\u0001"));
        Assert.Empty(await Keys("/"));
    }

    [Fact]
    public async Task Pages_join_to_the_whole_range_without_gaps_or_doubles()
    {
        for (var i = 0; i < 25; i++)
        {
            await Insert($"t-{i:00}");
        }

        await Insert("u");
        var read = new List<string>();
        string? continuation = null;
        var pages = 0;
        do
        {
            var page = await Store.RangeAsync("p", "t-", continuation, take: 10);
            read.AddRange(page.Rows.Select(row => row.Row));
            continuation = page.Continuation;
            pages++;
        }
        while (continuation is not null);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"t-{i:00}"), read);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task A_range_that_just_fills_its_page_has_no_continuation()
    {
        for (var i = 0; i < 10; i++)
        {
            await Insert($"t-{i}");
        }

        Assert.Null((await Store.RangeAsync("p", "t-", take: 10)).Continuation);
        Assert.NotNull((await Store.RangeAsync("p", "t-", take: 9)).Continuation);
    }

    [Fact]
    public async Task A_page_never_has_more_than_a_thousand_rows()
    {
        for (var batch = 0; batch < 11; batch++)
        {
            await Store.CommitAsync("p", [.. Enumerable.Range(batch * 100, 100).Select(i => new RowWrite.Insert($"{i:0000}", "{}"))]);
        }

        var page = await Store.RangeAsync("p", "", take: 5_000);
        Assert.Equal(1_000, page.Rows.Count);
        Assert.Equal(100, (await Store.RangeAsync("p", "", page.Continuation)).Rows.Count);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.RangeAsync("p", "", take: 0));
    }

    [Fact]
    public async Task Rows_deleted_between_two_pages_do_not_disturb_the_rest()
    {
        foreach (var key in new[] { "a", "b", "c", "d" })
        {
            await Insert(key);
        }

        var first = await Store.RangeAsync("p", "", take: 2);
        await Commit(new RowWrite.Delete("b", first.Rows[1].Tag));
        var second = await Store.RangeAsync("p", "", first.Continuation, take: 2);
        Assert.Equal(["c", "d"], second.Rows.Select(row => row.Row));
    }

    [Fact]
    public async Task Of_many_who_replace_one_row_at_once_one_wins()
    {
        var tag = await Insert("r", "0");
        var tries = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Task.Run(async () =>
            await Record.ExceptionAsync(() => Commit(new RowWrite.Replace("r", $"{i}", tag), new RowWrite.Insert($"by-{i}", "{}"))))));
        Assert.Equal(1, tries.Count(failure => failure is null));
        Assert.All(tries.Where(failure => failure is not null), failure => Assert.IsType<RecordConflictException>(failure));
        var winner = (await Store.GetAsync("p", "r"))!.Data;
        Assert.Equal([$"by-{winner}", "r"], await Keys(""));
    }

    [Fact]
    public async Task A_batch_over_a_limit_is_refused_and_writes_nothing()
    {
        await Assert.ThrowsAsync<RecordLimitException>(() => Commit([.. Enumerable.Range(0, 101).Select(i => new RowWrite.Insert($"{i}", "{}"))]));
        await Assert.ThrowsAsync<RecordLimitException>(() => Commit(new RowWrite.Insert("ok", "{}"), new RowWrite.Insert("big", new string('a', 32_769))));
        await Assert.ThrowsAsync<RecordLimitException>(() => Commit(new RowWrite.Insert("ok", "{}"), new RowWrite.Insert("a/b", "{}")));
        await Assert.ThrowsAsync<RecordLimitException>(() => Commit(new RowWrite.Insert("ok", "{}"), new RowWrite.Insert("ok", "{}")));
        await Assert.ThrowsAsync<RecordLimitException>(() => Commit([.. Enumerable.Range(0, 100).Select(i => new RowWrite.Insert($"{i}", new string('€', 10_000)))]));
        await Assert.ThrowsAsync<RecordLimitException>(() => Commit());
        Assert.Empty(await Keys(""));
    }

    [Fact]
    public async Task A_batch_at_its_limits_is_taken()
    {
        await Commit([.. Enumerable.Range(0, 100).Select(i => new RowWrite.Insert($"{i}", new string('a', 32_768)))]);
        Assert.Equal(100, (await Keys("")).Count);
        var longest = new string('k', 512);
        await Insert(longest, new string('€', 20_000));
        Assert.Equal(20_000, (await Store.GetAsync("p", longest))!.Data.Length);
    }

    [Fact]
    public async Task A_cancelled_call_writes_nothing()
    {
        using var cancel = new CancellationTokenSource();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CommitAsync("p", [new RowWrite.Insert("r", "{}")], cancel.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.GetAsync("p", "r", cancel.Token));
        Assert.Empty(await Keys(""));
    }

    private async Task AssertConflict(string row, params RowWrite[] writes)
    {
        var conflict = await Assert.ThrowsAsync<RecordConflictException>(() => Commit(writes));
        Assert.Equal(("p", row), (conflict.Partition, conflict.Row));
    }
}
