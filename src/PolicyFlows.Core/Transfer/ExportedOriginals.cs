using PolicyFlows.Core.Evidence;

namespace PolicyFlows.Core.Transfer;

/// <summary>The originals of an export, to be verified with the means of the program. Nothing can be written.</summary>
internal sealed class ExportedOriginals(ExportFolder folder) : IEvidenceStore
{
    private readonly Dictionary<string, ExportedEvidence> items = folder.Manifest.Evidence.ToDictionary(e => e.Id, StringComparer.Ordinal);

    public Task<Stream?> OpenAsync(string blobId, CancellationToken cancellation = default) =>
        Task.FromResult(items.TryGetValue(blobId, out var item) ? folder.OpenEvidence(item) : null);

    public Task<DateTimeOffset?> ReceivedAtAsync(string blobId, CancellationToken cancellation = default) =>
        Task.FromResult(items.TryGetValue(blobId, out var item) ? item.ReceivedAt : (DateTimeOffset?)null);

    // Asked case by case: files of the others would seem to be nobody's.
    public IAsyncEnumerable<string> ListAsync(CancellationToken cancellation = default) => AsyncEnumerable.Empty<string>();

    public Task<ReceivedEvidence> ReceiveAsync(string blobId, Stream content, string claimedFileName, long maxBytes, CancellationToken cancellation = default) => throw ReadOnly();

    public Task KeepAsync(string blobId, CancellationToken cancellation = default) => throw ReadOnly();

    public Task SetLegalHoldAsync(string blobId, bool hold, CancellationToken cancellation = default) => throw ReadOnly();

    public Task DeleteAsync(string blobId, CancellationToken cancellation = default) => throw ReadOnly();

    private static InvalidOperationException ReadOnly() => new("An export is only read.");
}
