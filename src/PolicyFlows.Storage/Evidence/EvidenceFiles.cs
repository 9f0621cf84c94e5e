using System.Buffers;
using System.Security.Cryptography;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Files;

namespace PolicyFlows.Storage;

/// <summary>
/// Evidence as one file each in one folder. A file gets its name only when every byte is on the disk; what a crash leaves
/// has a temporary name and is removed at the next start.
/// </summary>
public sealed class EvidenceFiles : IEvidenceStore
{
    private const int ChunkBytes = 80 * 1024;
    private const string Suffix = ".bin";
    private const string HoldSuffix = ".hold";

    private readonly string folder;
    private readonly EvidenceDisk disk;
    private readonly bool isOwner;

    /// <summary>Uses a folder that no other process writes to, makes it if need be, and removes leftovers of a crash.</summary>
    public EvidenceFiles(string folder)
        : this(folder, new EvidenceDisk())
    {
    }

    internal EvidenceFiles(string folder, EvidenceDisk disk, bool isOwner = true)
    {
        this.folder = folder;
        this.disk = disk;
        this.isOwner = isOwner;
        if (isOwner)
        {
            Directory.CreateDirectory(folder);
            DurableFiles.RemoveLeftovers(folder);
        }
    }

    /// <summary>The originals of a folder that another process may be writing to; receiving and deleting are refused.</summary>
    public static EvidenceFiles OpenForReading(string folder) => new(folder, new EvidenceDisk(), isOwner: false);

    /// <inheritdoc/>
    public async Task<ReceivedEvidence> ReceiveAsync(string blobId, Stream content, string claimedFileName, long maxBytes, CancellationToken cancellation = default)
    {
        RefuseUnlessOwner();
        EvidenceIds.Check(blobId);
        var path = PathOf(blobId)!;
        if (!FileTypeInspector.IsNameAllowed(claimedFileName))
        {
            throw new EvidenceRefusedException(EvidenceRefusal.TypeNotAllowed);
        }

        if (File.Exists(path))
        {
            throw new InvalidOperationException($"Evidence '{blobId}' exists; an original is never overwritten.");
        }

        var temporary = $"{path}.{Guid.NewGuid():n}{DurableFiles.TemporarySuffix}";
        try
        {
            var received = await WriteAsync(temporary, blobId, content, claimedFileName, maxBytes, cancellation);
            OnDisk(() => disk.Rename(temporary, path));
            try
            {
                OnDisk(() => disk.FlushFolder(folder));
            }
            catch
            {
                Remove(path);
                throw;
            }

            return received;
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string blobId, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<Stream?>(PathOf(blobId) is { } path
                ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, ChunkBytes, FileOptions.Asynchronous | FileOptions.SequentialScan)
                : null);
        }
        catch (FileNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset?> ReceivedAtAsync(string blobId, CancellationToken cancellation = default) => Task.FromResult<DateTimeOffset?>(
        // One look: a missing file is told by the info, not by a time of its own (which would be the year 1601).
        PathOf(blobId) is { } path && new FileInfo(path) is { Exists: true } file ? new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero) : null);

    /// <inheritdoc/>
    public Task KeepAsync(string blobId, CancellationToken cancellation = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task SetLegalHoldAsync(string blobId, bool hold, CancellationToken cancellation = default)
    {
        RefuseUnlessOwner();
        cancellation.ThrowIfCancellationRequested();
        if (PathOf(blobId) is not { } path || !File.Exists(path)) throw new FileNotFoundException($"There is no evidence '{blobId}' to hold.");
        var mark = path + HoldSuffix;
        if (hold == File.Exists(mark)) return Task.CompletedTask;
        if (hold) OnDisk(() => DurableFiles.Write(mark, default));
        else
        {
            OnDisk(() =>
            {
                File.Delete(mark);
                disk.FlushFolder(folder);
            });
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string blobId, CancellationToken cancellation = default)
    {
        RefuseUnlessOwner();
        cancellation.ThrowIfCancellationRequested();
        if (PathOf(blobId) is { } path && File.Exists(path))
        {
            if (File.Exists(path + HoldSuffix)) throw new EvidenceHeldException(blobId);
            File.Delete(path);
            OnDisk(() => disk.FlushFolder(folder));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListAsync(CancellationToken cancellation = default) =>
        Directory.EnumerateFiles(folder, "*" + Suffix).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal).ToAsyncEnumerable();

    private async Task<ReceivedEvidence> WriteAsync(string temporary, string blobId, Stream content, string claimedFileName, long maxBytes, CancellationToken cancellation)
    {
        var inspector = new FileTypeInspector();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            Stream file = null!;
            OnDisk(() => file = disk.Create(temporary));
            await using var opened = file;
            long bytes = 0;
            for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
            {
                bytes += read;
                if (bytes > maxBytes)
                {
                    throw new EvidenceRefusedException(EvidenceRefusal.TooLarge);
                }

                hash.AppendData(buffer, 0, read);
                inspector.Append(buffer.AsSpan(0, read));
                OnDisk(() => file.Write(buffer, 0, read));
            }

            var mediaType = inspector.Finish(claimedFileName);
            OnDisk(() => disk.FlushFile(file));
            return new ReceivedEvidence(blobId, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes, mediaType);
        }
        finally
        {
            // Cleared: the pool is shared with the rest of the process.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private void RefuseUnlessOwner()
    {
        if (!isOwner)
        {
            throw new InvalidOperationException("This folder was opened for reading only.");
        }
    }

    private string? PathOf(string blobId) => EvidenceIds.IsId(blobId) ? Path.Combine(folder, blobId + Suffix) : null;

    private static void OnDisk(Action work)
    {
        try
        {
            work();
        }
        catch (IOException failure) when (DiskSpace.IsFull(failure))
        {
            throw new StorageFullException(failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageFailedException($"The file could not be saved: {failure.Message}", failure);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to report; a start removes temporary names, verify names orphans.
        }
    }
}
