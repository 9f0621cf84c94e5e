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

    /// <summary>
    /// Takes an original out of quarantine, because somebody has decided about the report that it belongs to. Done again it changes nothing;
    /// an original that is gone is no error. Stores without a quarantine have nothing to do.
    /// </summary>
    /// <exception cref="IOException">The store refused, or the bytes are not those that were received; the original stays where it is.</exception>
    Task KeepAsync(string blobId, CancellationToken cancellation = default);

    /// <summary>Sets or lifts a legal hold. While it is set, the bytes cannot be deleted, by the program or past it where the store can see to that.</summary>
    /// <exception cref="IOException">The store refused or cannot hold.</exception>
    Task SetLegalHoldAsync(string blobId, bool hold, CancellationToken cancellation = default);

    /// <summary>Removes the bytes for good (an unsent draft, or a decision by two people). No error if already gone.</summary>
    /// <exception cref="EvidenceHeldException">A legal hold or a retention period of the store is on it; nothing was removed.</exception>
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

/// <summary>Evidence that may not be deleted now.</summary>
public sealed class EvidenceHeldException(string blobId, Exception? inner = null) : Exception($"Evidence '{blobId}' is held and stays.", inner);
