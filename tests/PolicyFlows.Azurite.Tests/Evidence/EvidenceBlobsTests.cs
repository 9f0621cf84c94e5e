using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using PolicyFlows.Azurite.Tests.Support;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Tests.Evidence;
using PolicyFlows.Storage.Blobs;

namespace PolicyFlows.Azurite.Tests.Evidence;

/// <summary>The contract of the evidence port on Azure Blob Storage, as Azurite plays it. Quarantine and evidence are two accounts.</summary>
public sealed class EvidenceBlobsTests(AzuriteServer azurite) : EvidenceStoreContract, IAsyncLifetime
{
    private BlobContainerClient quarantine = null!;
    private BlobContainerClient evidence = null!;
    private EvidenceBlobs store = null!;

    protected override IEvidenceStore Store => store;

    public async ValueTask InitializeAsync()
    {
        quarantine = new BlobContainerClient(azurite.TakeAccount(), EvidenceBlobs.QuarantineContainer);
        evidence = new BlobContainerClient(azurite.TakeAccount(), EvidenceBlobs.EvidenceContainer);
        store = new EvidenceBlobs(quarantine, evidence, TimeProvider.System);
        await store.EnsureAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_nobody_has_decided_about_lies_in_quarantine_alone_and_what_is_kept_in_evidence_alone()
    {
        await Receive("e-1");
        await AssertLies(["e-1"], []);

        await store.KeepAsync("e-1");

        await AssertLies([], ["e-1"]);
    }

    [Fact]
    public async Task Hash_type_and_time_are_written_with_the_bytes_and_move_with_them()
    {
        var received = await Receive("e-1");
        var before = (await quarantine.GetBlobClient("e-1").GetPropertiesAsync()).Value;
        await store.KeepAsync("e-1");
        var after = (await evidence.GetBlobClient("e-1").GetPropertiesAsync()).Value;

        Assert.Equal(received.Sha256, after.Metadata["sha256"]);
        Assert.Equal("text/plain", after.Metadata["mediatype"]);
        Assert.Equal(before.Metadata["receivedat"], after.Metadata["receivedat"]);
        Assert.Equal(("application/octet-stream", "attachment"), (after.ContentType, after.ContentDisposition));
    }

    [Fact]
    public async Task A_process_killed_in_the_middle_of_a_move_loses_nothing_and_the_next_one_ends_it()
    {
        await Receive("e-1");
        await Copy("e-1", quarantine, evidence);

        Assert.NotNull(await store.OpenAsync("e-1"));
        Assert.Equal(["e-1"], await store.ListAsync().ToListAsync());
        await store.KeepAsync("e-1");

        await AssertLies([], ["e-1"]);
    }

    [Fact]
    public async Task Bytes_that_were_changed_in_quarantine_are_not_taken_as_evidence()
    {
        await Receive("e-1");
        var properties = (await quarantine.GetBlobClient("e-1").GetPropertiesAsync()).Value;
        await quarantine.GetBlobClient("e-1").UploadAsync(new BinaryData(new byte[properties.ContentLength]), new BlobUploadOptions { Metadata = properties.Metadata });

        await Assert.ThrowsAsync<IOException>(() => store.KeepAsync("e-1"));

        await AssertLies(["e-1"], []);
    }

    [Fact]
    public async Task A_hold_that_the_service_refuses_is_an_error_not_a_promise()
    {
        await Receive("e-1");
        Assert.Contains("501", (await Assert.ThrowsAsync<IOException>(() => store.SetLegalHoldAsync("e-1", hold: true))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_file_is_read_and_sent_in_blocks()
    {
        const int Length = 26 * 1024 * 1024;
        var received = await store.ReceiveAsync("e-1", new MemoryStream([.. SampleFiles.Png, .. new byte[Length - SampleFiles.Png.Length]]), "a.png", Length);
        Assert.Equal(Length, received.Bytes);
        await using var content = await store.OpenAsync("e-1");
        Assert.Equal(received.Sha256, Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(content!)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task An_account_that_is_not_there_is_an_error_of_the_store(int retries)
    {
        var nowhere = new BlobClientOptions { Retry = { MaxRetries = retries, Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) } };
        var lost = new EvidenceBlobs(
            new BlobContainerClient(new Uri("http://127.0.0.1:9/none/quarantine"), nowhere), new BlobContainerClient(new Uri("http://127.0.0.1:9/none/evidence"), nowhere), TimeProvider.System);
        await Assert.ThrowsAsync<IOException>(() => lost.ReceiveAsync("e-1", new MemoryStream(SampleFiles.Text), "a.txt", 1_000));
        await Assert.ThrowsAsync<EvidencePlaceException>(() => lost.EnsureAsync());
        Assert.False((await new EvidenceBlobsProbe(lost).ProbeAsync()).Ok);
    }

    private async Task AssertLies(string[] inQuarantine, string[] inEvidence)
    {
        Assert.Equal(inQuarantine, await Names(quarantine));
        Assert.Equal(inEvidence, await Names(evidence));
    }

    private Task<ReceivedEvidence> Receive(string id) => store.ReceiveAsync(id, new MemoryStream(SampleFiles.Text), "a.txt", 1_000_000);

    private static async Task Copy(string id, BlobContainerClient from, BlobContainerClient to)
    {
        var properties = (await from.GetBlobClient(id).GetPropertiesAsync()).Value;
        var content = (await from.GetBlobClient(id).DownloadContentAsync()).Value.Content;
        await to.GetBlobClient(id).UploadAsync(content, new BlobUploadOptions { Metadata = properties.Metadata });
    }

    private static async Task<string[]> Names(BlobContainerClient container) =>
        [.. await container.GetBlobsAsync(new GetBlobsOptions()).Select(blob => blob.Name).ToListAsync()];
}
