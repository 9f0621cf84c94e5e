using System.Net;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Transfer;

namespace PolicyFlows.Storage.Blobs;

/// <summary>
/// Evidence on Azure Blob Storage. What arrives goes to the quarantine account, which keeps no versions, no deleted blobs and no backup, so
/// that what must not be kept can be removed for good; once somebody has decided about the report it moves to the evidence account.
/// </summary>
/// <param name="quarantine">Container for what nobody has looked at.</param>
/// <param name="evidence">Container for evidence of cases: immutable where its account is set up so.</param>
public sealed class EvidenceBlobs(BlobContainerClient quarantine, BlobContainerClient evidence, TimeProvider time) : IEvidenceStore, IEvidenceRestore
{
    /// <summary>Name of the container in the quarantine account.</summary>
    public const string QuarantineContainer = "quarantine";

    /// <summary>Name of the container in the evidence account.</summary>
    public const string EvidenceContainer = "evidence";

    /// <summary>Makes the containers where they are missing. No public access.</summary>
    /// <param name="owner">
    /// Mark of the folder whose evidence this is; null on a host that has its accounts for itself. The containers carry it: two folders in one container would
    /// take each other's files for leftovers.
    /// </param>
    /// <param name="change">False to look only: nothing is made, and what is missing is refused.</param>
    /// <exception cref="EvidencePlaceException">Another folder's, or holding files of nobody knows whom, or the service refused.</exception>
    public async Task EnsureAsync(string? owner = null, bool change = true, CancellationToken cancellation = default)
    {
        try
        {
            foreach (var container in new[] { quarantine, evidence }) await ContainerMark.EnsureAsync(container, owner, change, cancellation);
        }
        catch (RequestFailedException failure)
        {
            // Without the cause: the answer of the service may hold what was sent to it.
            throw new EvidencePlaceException($"The storage account for evidence does not let itself be used: it said {failure.Status} {failure.ErrorCode}.");
        }
        catch (Exception failure) when (failure is AuthenticationFailedException or AggregateException)
        {
            throw new EvidencePlaceException("The storage account for evidence does not let itself be used: there is no identity that may, or it does not answer.");
        }
    }

    /// <summary>Whether both containers are there.</summary>
    /// <exception cref="RequestFailedException">The service does not answer, or refuses.</exception>
    public async Task<bool> AreThereAsync(CancellationToken cancellation = default) =>
        (await quarantine.ExistsAsync(cancellation)).Value && (await evidence.ExistsAsync(cancellation)).Value;

    /// <inheritdoc/>
    public async Task<ReceivedEvidence> ReceiveAsync(string blobId, Stream content, string claimedFileName, long maxBytes, CancellationToken cancellation = default)
    {
        EvidenceIds.Check(blobId);
        if (!FileTypeInspector.IsNameAllowed(claimedFileName)) throw new EvidenceRefusedException(EvidenceRefusal.TypeNotAllowed);
        var inspector = new FileTypeInspector();
        var upload = new BlockUpload(quarantine.GetBlockBlobClient(blobId));
        try
        {
            if (await FindAsync(blobId, cancellation) is not null) throw Exists(blobId);
            // Blocks that are never committed are no blob: the service drops them after a week.
            await upload.SendAsync(content, maxBytes, inspector, cancellation);
            var received = new ReceivedEvidence(blobId, upload.Sha256, upload.Bytes, inspector.Finish(claimedFileName));
            return await upload.CommitAsync(BlobFacts.Of(received, time.GetUtcNow()), cancellation) ? received : throw Exists(blobId);
        }
        catch (RequestFailedException failure)
        {
            throw new IOException($"The file could not be saved: the storage service said {failure.Status} {failure.ErrorCode}.", failure);
        }
        catch (Exception failure) when (failure is AuthenticationFailedException or AggregateException)
        {
            // Several: one for each try.
            throw new IOException("The file could not be saved: the storage service does not answer, or knows no identity of this program.", failure);
        }
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenAsync(string blobId, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var container in EvidenceIds.IsId(blobId) ? new[] { evidence, quarantine, evidence } : [])
        {
            // The evidence account twice: the file may move between two looks.
            try
            {
                return await container.GetBlobClient(blobId).OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellation);
            }
            catch (RequestFailedException missing) when (IsMissing(missing))
            {
                // The next container has it, or nobody.
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> ReceivedAtAsync(string blobId, CancellationToken cancellation = default) =>
        EvidenceIds.IsId(blobId) && await FindAsync(blobId, cancellation) is { } found ? BlobFacts.Read(found).ReceivedAt : null;

    /// <inheritdoc/>
    public async Task KeepAsync(string blobId, CancellationToken cancellation = default)
    {
        if (!EvidenceIds.IsId(blobId)) return;
        var from = quarantine.GetBlobClient(blobId);
        if (await PropertiesAsync(evidence, blobId, cancellation) is null)
        {
            if (await PropertiesAsync(quarantine, blobId, cancellation) is not { } properties) return;
            var facts = BlobFacts.Read(properties);
            var upload = new BlockUpload(evidence.GetBlockBlobClient(blobId));
            await using (var content = await from.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellation))
                await upload.SendAsync(content, facts.Bytes, inspector: null, cancellation);
            if (upload.Sha256 != facts.Sha256) throw new IOException($"Evidence '{blobId}' is not what was received; it stays in quarantine.");
            // Not committed: another process moved it at the same moment, and what it wrote has the same hash.
            await upload.CommitAsync(facts, cancellation);
        }

        await from.DeleteIfExistsAsync(cancellationToken: cancellation);
    }

    /// <inheritdoc/>
    public async Task<bool> RestoreAsync(ExportedEvidence item, Stream content, CancellationToken cancellation = default)
    {
        EvidenceIds.Check(item.Id);
        if (await FindAsync(item.Id, cancellation) is { } known)
            return BlobFacts.Read(known) == FactsOf(item) ? false : throw new IOException($"Another original has the name '{item.Id}'; it stays as it is.");
        var upload = new BlockUpload((item.Decided ? evidence : quarantine).GetBlockBlobClient(item.Id));
        await upload.SendAsync(content, item.Bytes, inspector: null, cancellation);
        if (upload.Sha256 != item.Sha256) throw new IOException($"Evidence '{item.Id}' is not what the export says; it was not written.");
        return await upload.CommitAsync(FactsOf(item), cancellation);
    }

    /// <inheritdoc/>
    public async Task SetLegalHoldAsync(string blobId, bool hold, CancellationToken cancellation = default)
    {
        if (hold) await KeepAsync(blobId, cancellation);
        try
        {
            await evidence.GetBlobClient(blobId).SetLegalHoldAsync(hold, cancellation);
        }
        catch (RequestFailedException failure)
        {
            throw new IOException($"The legal hold of '{blobId}' could not be {(hold ? "set" : "lifted")}: the storage service said {failure.Status} {failure.ErrorCode}.", failure);
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string blobId, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!EvidenceIds.IsId(blobId)) return;
        try
        {
            await evidence.GetBlobClient(blobId).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
        }
        catch (RequestFailedException held) when (IsHeld(held))
        {
            throw new EvidenceHeldException(blobId, held);
        }

        await quarantine.GetBlobClient(blobId).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // The quarantine first: what moves meanwhile is seen at least once.
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var container in new[] { quarantine, evidence })
        {
            await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions(), cancellation)) ids.Add(blob.Name);
        }

        foreach (var id in ids) yield return id;
    }

    private async Task<BlobProperties?> FindAsync(string blobId, CancellationToken cancellation) =>
        await PropertiesAsync(evidence, blobId, cancellation) ?? await PropertiesAsync(quarantine, blobId, cancellation)
        ?? await PropertiesAsync(evidence, blobId, cancellation);

    private static async Task<BlobProperties?> PropertiesAsync(BlobContainerClient container, string blobId, CancellationToken cancellation)
    {
        try
        {
            return await container.GetBlobClient(blobId).GetPropertiesAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException missing) when (IsMissing(missing))
        {
            return null;
        }
    }

    private static BlobFacts FactsOf(ExportedEvidence item) => new(item.Sha256, item.Bytes, item.MediaType, item.ReceivedAt.ToUniversalTime());

    private static bool IsMissing(RequestFailedException failure) =>
        (HttpStatusCode)failure.Status == HttpStatusCode.NotFound && failure.ErrorCode != BlobErrorCode.ContainerNotFound;

    // BlobImmutableDueToPolicy and BlobImmutableDueToLegalHold (learn.microsoft.com, Blob service error codes).
    private static bool IsHeld(RequestFailedException failure) =>
        (HttpStatusCode)failure.Status == HttpStatusCode.Conflict && failure.ErrorCode?.StartsWith("BlobImmutable", StringComparison.Ordinal) == true;

    private static InvalidOperationException Exists(string blobId) => new($"Evidence '{blobId}' exists; an original is never overwritten.");
}
