using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace PolicyFlows.Functions.Hosting;

/// <summary>Clients of storage accounts.</summary>
internal static class StorageClients
{
    /// <summary>A table account.</summary>
    public static TableServiceClient Tables(string account, TokenCredential credential) =>
        AsAddress(account) is { } address ? new TableServiceClient(address, credential) : new TableServiceClient(account);

    /// <summary>A container of a blob account.</summary>
    public static BlobContainerClient Container(string account, string name, TokenCredential credential) =>
        (AsAddress(account) is { } address ? new BlobServiceClient(address, credential) : new BlobServiceClient(account)).GetBlobContainerClient(name);

    /// <summary>A container given by its own address, or by a connection string and a name.</summary>
    public static BlobContainerClient ContainerAt(string place, string name, TokenCredential credential) =>
        AsAddress(place) is { } address && new BlobUriBuilder(address) is { BlobContainerName.Length: > 0 } parts
            ? new BlobContainerClient(new BlobUriBuilder(address) { BlobContainerName = parts.BlobContainerName, BlobName = "" }.ToUri(), credential)
            : Container(place, name, credential);

    private static Uri? AsAddress(string account) => account.StartsWith("https://", StringComparison.Ordinal) ? new Uri(account) : null;
}
