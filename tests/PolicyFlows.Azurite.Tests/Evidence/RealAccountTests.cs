using Azure.Identity;
using Azure.Storage.Blobs;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Tests.Evidence;
using PolicyFlows.Storage.Blobs;

namespace PolicyFlows.Azurite.Tests.Evidence;

/// <summary>
/// What Azurite cannot play: legal hold. POLICYFLOWS_BLOB_ACCOUNT is the https address of an account with version-level immutability
/// and a container named evidence, which the caller's own identity may write to. It is left as it was found.
/// </summary>
public sealed class RealAccountTests
{
    [Fact]
    public async Task What_is_held_cannot_be_deleted_until_the_hold_is_lifted()
    {
        var account = Environment.GetEnvironmentVariable("POLICYFLOWS_BLOB_ACCOUNT");
        if (account is null) Assert.Skip("A legal hold needs a real account: set POLICYFLOWS_BLOB_ACCOUNT to its https address.");
        var service = new BlobServiceClient(new Uri(account), new DefaultAzureCredential());
        var store = new EvidenceBlobs(
            service.GetBlobContainerClient(EvidenceBlobs.QuarantineContainer), service.GetBlobContainerClient(EvidenceBlobs.EvidenceContainer), TimeProvider.System);
        await store.EnsureAsync();
        var id = $"test-{Guid.NewGuid():n}";
        await store.ReceiveAsync(id, new MemoryStream(SampleFiles.Text), "a.txt", 1_000_000);
        try
        {
            await store.SetLegalHoldAsync(id, hold: true);
            await Assert.ThrowsAsync<EvidenceHeldException>(() => store.DeleteAsync(id));
            Assert.NotNull(await store.OpenAsync(id));
        }
        finally
        {
            await store.SetLegalHoldAsync(id, hold: false);
            await store.DeleteAsync(id);
        }

        Assert.Null(await store.OpenAsync(id));
    }
}
