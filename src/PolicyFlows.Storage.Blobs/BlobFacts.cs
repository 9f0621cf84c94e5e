using System.Globalization;
using Azure.Storage.Blobs.Models;
using PolicyFlows.Core.Evidence;

namespace PolicyFlows.Storage.Blobs;

/// <summary>What stands beside the bytes. Written with them and never after, because an immutable blob's metadata is immutable too.</summary>
internal sealed record BlobFacts(string Sha256, long Bytes, string MediaType, DateTimeOffset ReceivedAt)
{
    private const string Hash = "sha256";
    private const string Type = "mediatype";
    private const string At = "receivedat";

    public static BlobFacts Of(ReceivedEvidence received, DateTimeOffset at) => new(received.Sha256, received.Bytes, received.MediaType, at);

    public static BlobFacts Read(BlobProperties properties) => new(
        properties.Metadata[Hash], properties.ContentLength, properties.Metadata[Type],
        DateTimeOffset.Parse(properties.Metadata[At], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));

    public Dictionary<string, string> ToMetadata() => new(StringComparer.Ordinal)
    {
        [Hash] = Sha256, [Type] = MediaType, [At] = ReceivedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
    };
}
