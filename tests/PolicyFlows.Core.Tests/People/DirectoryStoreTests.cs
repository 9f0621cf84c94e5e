using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;

namespace PolicyFlows.Core.Tests.People;

public sealed class DirectoryStoreTests
{
    private readonly InMemoryRecordStore _records = new();

    [Fact]
    public async Task A_new_folder_has_no_directory()
    {
        var store = new DirectoryStore(_records);
        Assert.Null(await store.LoadAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.RequireAsync());
    }

    [Fact]
    public async Task What_was_created_is_read_back_by_another_store()
    {
        await new DirectoryStore(_records).CreateAsync(DemonstrationSeed.Create());
        var read = await new DirectoryStore(_records).RequireAsync();
        var seed = DemonstrationSeed.Create();
        Assert.Equal(PolicyFlows.Durable.Json.Write(seed.People), PolicyFlows.Durable.Json.Write(read.People));
        Assert.Equal(PolicyFlows.Durable.Json.Write(seed.Schools), PolicyFlows.Durable.Json.Write(read.Schools));
        Assert.Equal(PolicyFlows.Durable.Json.Write(seed.Settings), PolicyFlows.Durable.Json.Write(read.Settings));
    }

    [Fact]
    public async Task A_directory_is_created_once()
    {
        var store = new DirectoryStore(_records);
        await store.CreateAsync(DemonstrationSeed.Create());
        await Assert.ThrowsAsync<RecordConflictException>(() => store.CreateAsync(DemonstrationSeed.Create()));
    }

    [Fact]
    public async Task A_directory_of_more_than_one_batch_is_whole_or_not_there_and_a_broken_off_try_is_completed()
    {
        var seed = DemonstrationSeed.Create();
        var many = new TrustDirectory(seed.Settings, seed.Schools, Enumerable.Range(1000, 250).Select(number => new Person { Id = $"p-{number}", Name = $"Person {number}" }), []);
        var failing = new FailingStore(_records, commitsUntilFailure: 2);
        await Assert.ThrowsAsync<IOException>(() => new DirectoryStore(failing).CreateAsync(many));
        Assert.Null(await new DirectoryStore(_records).LoadAsync());

        await new DirectoryStore(_records).CreateAsync(many);
        Assert.Equal(250, (await new DirectoryStore(_records).RequireAsync()).People.Count);
    }

    [Fact]
    public async Task While_nothing_changed_the_same_picture_is_returned_and_a_change_is_told_once()
    {
        var store = new DirectoryStore(_records);
        await store.CreateAsync(DemonstrationSeed.Create());
        var told = 0;
        store.Changed += (_, _) => told++;
        var first = await store.RequireAsync();
        Assert.Same(first, await store.RequireAsync());
        Assert.Equal(1, told);

        var absence = new Absence { Id = "a-1", PersonId = DemonstrationSeed.Manager, SubstituteId = DemonstrationSeed.Substitute, From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.UnixEpoch.AddDays(1) };
        await new DirectoryStore(_records).SaveAsync(new DirectoryChange { Absences = [absence] });
        var second = await store.RequireAsync();
        Assert.Equal([absence], second.Absences);
        Assert.Empty(first.Absences);
        Assert.Equal(2, told);
    }

    [Fact]
    public async Task Rows_are_changed_and_absences_removed_together_with_their_timeline_entry()
    {
        var store = new DirectoryStore(_records);
        await store.CreateAsync(DemonstrationSeed.Create());
        await store.SaveAsync(new DirectoryChange { Absences = [new Absence { Id = "a-1", PersonId = DemonstrationSeed.Manager, From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.UnixEpoch.AddDays(1) }] });

        var directory = await store.RequireAsync();
        var changed = await store.SaveAsync(
            new DirectoryChange
            {
                People = [directory.Person(DemonstrationSeed.Teacher)! with { Name = "Alice Newname" }, new Person { Id = "p-999", Name = "New" }],
                Settings = directory.Settings with { TrustName = "Renamed" },
                RemovedAbsenceIds = ["a-1", "a-unknown"],
            },
            _ => [new RowWrite.Insert("log:1", "{}")]);

        Assert.Equal("Alice Newname", changed.NameOf(DemonstrationSeed.Teacher));
        Assert.NotNull(changed.Person("p-999"));
        Assert.Equal("Renamed", changed.Settings.TrustName);
        Assert.Empty(changed.Absences);
        Assert.NotNull(await _records.GetAsync(DirectoryStore.Partition, "log:1"));
    }

    [Fact]
    public async Task Rows_in_the_first_stored_form_are_read()
    {
        await _records.CommitAsync(DirectoryStore.Partition,
        [
            new RowWrite.Insert("settings", """{"v":1,"trustName":"T","childrensServicesOutOfHours":{"name":"n","number":"1","hours":"h","source":"s"},"administrator":{"name":"a","email":"a@b.example","telephone":"1"},"policy":{"title":"p","version":"1","approvedOn":"2020-11-01","revisionDueOn":"2021-11-30"}}"""),
            new RowWrite.Insert("school:s-1", """{"v":1,"id":"s-1","name":"School","telephone":"1"}"""),
            new RowWrite.Insert("person:p-1", """{"v":1,"id":"p-1","name":"One","email":"one@b.example","schoolIds":["s-1"],"roles":[{"role":"DeputySeniorManager","schoolId":"s-1","order":2}],"active":true}"""),
            new RowWrite.Insert("absence:a-1", """{"v":1,"id":"a-1","personId":"p-1","from":"2026-11-23T08:00:00+00:00","to":"2026-11-24T08:00:00+00:00","substituteId":null}"""),
            new RowWrite.Insert("version", """{"number":1,"v":1}"""),
        ]);
        var directory = await new DirectoryStore(_records).RequireAsync();
        Assert.Equal([new RoleAt(Role.DeputySeniorManager, "s-1", 2)], directory.Person("p-1")!.Roles);
        Assert.Equal("School", directory.School("s-1")!.Name);
        Assert.Null(Assert.Single(directory.Absences).SubstituteId);
    }

    [Fact]
    public async Task Of_two_changes_at_once_one_is_told_to_read_again()
    {
        await new DirectoryStore(_records).CreateAsync(DemonstrationSeed.Create());
        var other = new DirectoryStore(_records);
        var interfering = new InterferingStore(_records, () => other.SaveAsync(new DirectoryChange { People = [new Person { Id = "p-998", Name = "First" }] }));
        await Assert.ThrowsAsync<RecordConflictException>(() => new DirectoryStore(interfering).SaveAsync(new DirectoryChange { People = [new Person { Id = "p-999", Name = "Second" }] }));
        var directory = await other.RequireAsync();
        Assert.NotNull(directory.Person("p-998"));
        Assert.Null(directory.Person("p-999"));
    }

    [Fact]
    public async Task A_change_that_lands_while_the_rows_are_read_is_not_half_seen()
    {
        await new DirectoryStore(_records).CreateAsync(DemonstrationSeed.Create());
        var other = new DirectoryStore(_records);
        var interfering = new InterferingStore(_records, () => other.SaveAsync(new DirectoryChange { People = [new Person { Id = "p-998", Name = "Late" }] }), onRange: true);
        Assert.NotNull((await new DirectoryStore(interfering).RequireAsync()).Person("p-998"));
    }

    private sealed class FailingStore(IRecordStore inner, int commitsUntilFailure) : IRecordStore
    {
        private int _left = commitsUntilFailure;

        public Task<StoredRow?> GetAsync(string partition, string row, CancellationToken cancellation = default) => inner.GetAsync(partition, row, cancellation);

        public Task<RowPage> RangeAsync(string partition, string prefix, string? continuation = null, int take = 1000, CancellationToken cancellation = default) =>
            inner.RangeAsync(partition, prefix, continuation, take, cancellation);

        public Task<IReadOnlyList<string?>> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellation = default) =>
            _left-- > 0 ? inner.CommitAsync(partition, writes, cancellation) : throw new IOException("The disk is full.");
    }

    /// <summary>Lets something else happen once, right after the first range or right before the first commit.</summary>
    private sealed class InterferingStore(IRecordStore inner, Func<Task> interfere, bool onRange = false) : IRecordStore
    {
        private bool _done;

        public Task<StoredRow?> GetAsync(string partition, string row, CancellationToken cancellation = default) => inner.GetAsync(partition, row, cancellation);

        public async Task<RowPage> RangeAsync(string partition, string prefix, string? continuation = null, int take = 1000, CancellationToken cancellation = default)
        {
            var page = await inner.RangeAsync(partition, prefix, continuation, take, cancellation);
            await OnceAsync(onRange);
            return page;
        }

        public async Task<IReadOnlyList<string?>> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellation = default)
        {
            await OnceAsync(!onRange);
            return await inner.CommitAsync(partition, writes, cancellation);
        }

        private async Task OnceAsync(bool now)
        {
            if (now && !_done)
            {
                _done = true;
                await interfere();
            }
        }
    }
}
