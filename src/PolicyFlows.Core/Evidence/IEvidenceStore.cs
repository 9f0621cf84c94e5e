namespace PolicyFlows.Core.Evidence;

/// <summary>Bytes of evidence, untouched. Names are the store's own; nothing of what the sender called the file reaches a path.</summary>
public interface IEvidenceStore
{
    /// <summary>
    /// Streams bytes in, hashing while receiving. Returns only when file and folder are flushed to disk.
    /// </summary>
    /// <param name="blobId">Chosen by the caller: lower-case letters, digits and '-'.</param>
    /// <param name="content">Read to its end once.</param>
    /// <param name="maxBytes">Refuse beyond this many bytes.</param>
    /// <exception cref="EvidenceRefusedException">Empty, too large, or the type by content is not allowed; nothing is kept.</exception>
    /// <exception cref="IOException">The disk refused; nothing is kept.</exception>
    Task<ReceivedEvidence> ReceiveAsync(string blobId, Stream content, string claimedFileName, long maxBytes, CancellationToken cancellation = default);

    /// <summary>Opens the original for reading, or null if there is none.</summary>
    Task<Stream?> OpenAsync(string blobId, CancellationToken cancellation = default);

    /// <summary>System time at which the last byte of an original was written, or null if there is none.</summary>
    Task<DateTimeOffset?> ReceivedAtAsync(string blobId, CancellationToken cancellation = default);

    /// <summary>Removes the bytes for good (an unsent draft, or a decision by two people). No error if already gone.</summary>
    Task DeleteAsync(string blobId, CancellationToken cancellation = default);

    /// <summary>Ids of all stored originals, for verification.</summary>
    IAsyncEnumerable<string> ListAsync(CancellationToken cancellation = default);
}

/// <summary>What was received.</summary>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="MediaType">By content, of the allow-list.</param>
public sealed record ReceivedEvidence(string BlobId, string Sha256, long Bytes, string MediaType);

/// <summary>Why a file was refused, for the message beside the field.</summary>
public enum EvidenceRefusal { Empty, TooLarge, TypeNotAllowed, ContentDoesNotMatchName }

/// <summary>A file that is not taken.</summary>
public sealed class EvidenceRefusedException(EvidenceRefusal reason) : Exception($"The file was refused: {reason}.")
{
    /// <summary>Why.</summary>
    public EvidenceRefusal Reason { get; } = reason;
}
