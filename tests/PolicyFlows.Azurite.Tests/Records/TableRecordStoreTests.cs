using Azure.Core;
using Azure.Data.Tables;
using PolicyFlows.Azurite.Tests.Support;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tests.Records;
using PolicyFlows.Storage.Tables;

namespace PolicyFlows.Azurite.Tests.Records;

/// <summary>The contract of the record port on Azure Table Storage, as Azurite plays it.</summary>
public sealed class TableRecordStoreTests(AzuriteServer azurite) : RecordStoreContract, IAsyncLifetime
{
    private readonly LostAnswer network = new();
    private TableServiceClient account = null!;
    private TableRecordStore store = null!;

    protected override IRecordStore Store => store;

    public async ValueTask InitializeAsync()
    {
        var options = new TableClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) } };
        options.AddPolicy(network, HttpPipelinePosition.PerRetry);
        account = new TableServiceClient(azurite.TakeAccount(), options);
        store = await TableRecordStore.OpenAsync(account);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_not_in_conflict_with_itself()
    {
        var old = (await store.CommitAsync("p", [new RowWrite.Insert("old", "1"), new RowWrite.Insert("gone", "1")]));
        network.LoseNext();
        var before = network.Sendings;

        var tags = await store.CommitAsync("p", [new RowWrite.Delete("gone", old[1]!), new RowWrite.Insert("new", "2"), new RowWrite.Replace("old", "2", old[0]!)]);

        Assert.Equal(2, network.Sendings - before);
        Assert.Null(tags[0]);
        Assert.Equal(new StoredRow("p", "new", "2", tags[1]!), await store.GetAsync("p", "new"));
        Assert.Equal(new StoredRow("p", "old", "2", tags[2]!), await store.GetAsync("p", "old"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"*\"")]
    public async Task A_tag_that_means_any_is_a_conflict(string any)
    {
        await store.CommitAsync("p", [new RowWrite.Insert("r", "1")]);

        await Assert.ThrowsAsync<RecordConflictException>(() => store.CommitAsync("p", [new RowWrite.Replace("r", "2", any)]));
        await Assert.ThrowsAsync<RecordConflictException>(() => store.CommitAsync("p", [new RowWrite.Delete("r", any)]));

        Assert.Equal("1", (await store.GetAsync("p", "r"))!.Data);
    }

    [Fact]
    public async Task A_second_process_finds_what_the_first_wrote()
    {
        await store.CommitAsync("p", [new RowWrite.Insert("r", "1")]);

        var second = await TableRecordStore.OpenAsync(account);

        Assert.Equal("1", (await second.GetAsync("p", "r"))!.Data);
    }
}
