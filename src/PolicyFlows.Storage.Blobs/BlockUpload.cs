using System.Buffers;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using PolicyFlows.Core.Evidence;

namespace PolicyFlows.Storage.Blobs;

/// <summary>One blob sent in blocks, hashed on its way. It exists only once it is committed, with all its metadata.</summary>
internal sealed class BlockUpload(BlockBlobClient blob)
{
    // At 4 MiB a block the largest file takes 24; more memory than that no upload needs.
    private const int BlockBytes = 4 * 1024 * 1024;

    private const int ChunkBytes = 80 * 1024;
    private const string Stem = "upload";

    // Ids of one blob all have the same length; a random stem keeps two senders from mixing their blocks.
    private readonly string stem = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly List<string> blocks = [];

    public long Bytes { get; private set; }

    public string Sha256 { get; private set; } = "";

    /// <summary>Reads the content once to its end.</summary>
    /// <exception cref="EvidenceRefusedException">More than <paramref name="maxBytes"/>.</exception>
    public async Task SendAsync(Stream content, long maxBytes, FileTypeInspector? inspector, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            for (var filled = 0; ;)
            {
                var read = await content.ReadAsync(buffer.AsMemory(filled, Math.Min(ChunkBytes, BlockBytes - filled)), cancellation);
                Bytes += read;
                if (Bytes > maxBytes) throw new EvidenceRefusedException(EvidenceRefusal.TooLarge);
                hash.AppendData(buffer, filled, read);
                inspector?.Append(buffer.AsSpan(filled, read));
                filled += read;
                if (filled > 0 && (read == 0 || filled == BlockBytes))
                {
                    await StageAsync(buffer, filled, cancellation);
                    filled = 0;
                }

                if (read == 0) break;
            }

            Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            // Cleared: the pool is shared with the rest of the process.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <returns>False when a blob of that name exists; it stays as it is.</returns>
    public async Task<bool> CommitAsync(BlobFacts facts, CancellationToken cancellation)
    {
        var options = new CommitBlockListOptions
        {
            Metadata = new Dictionary<string, string>(facts.ToMetadata(), StringComparer.Ordinal) { [Stem] = stem },
            // Whoever gets hold of an address still gets a download, never a page.
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/octet-stream", ContentDisposition = "attachment" },
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            await blob.CommitBlockListAsync(blocks, options, cancellation);
            return true;
        }
        catch (RequestFailedException exists) when (exists.ErrorCode == BlobErrorCode.BlobAlreadyExists || exists.ErrorCode == BlobErrorCode.ConditionNotMet)
        {
            // Sent again after a lost answer, it may be our own.
            return (await blob.GetPropertiesAsync(cancellationToken: cancellation)).Value.Metadata.TryGetValue(Stem, out var by) && by == stem;
        }
    }

    private async Task StageAsync(byte[] buffer, int count, CancellationToken cancellation)
    {
        var id = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{stem}-{blocks.Count:00000}"));
        using var block = new MemoryStream(buffer, 0, count, writable: false);
        await blob.StageBlockAsync(id, block, new BlockBlobStageBlockOptions { TransferValidation = new() { ChecksumAlgorithm = Azure.Storage.StorageChecksumAlgorithm.MD5 } }, cancellation);
        blocks.Add(id);
    }
}
