using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace PolicyFlows.Storage.Blobs;

/// <summary>Says on a container whose evidence it holds.</summary>
internal static class ContainerMark
{
    private const string Owner = "policyflowsfolder";

    /// <summary>Makes the container where it is missing, and marks it where an owner is given and nobody's files are in it.</summary>
    /// <param name="change">False to look only: what is missing is then refused.</param>
    /// <exception cref="EvidencePlaceException">It is not this owner's.</exception>
    public static async Task EnsureAsync(BlobContainerClient container, string? owner, bool change, CancellationToken cancellation)
    {
        // Asked first: who may write to a container need not be allowed to make one.
        if (!await container.ExistsAsync(cancellation))
        {
            if (!change) throw new EvidencePlaceException($"The container '{container.Name}' is missing from the account for evidence.");
            await container.CreateIfNotExistsAsync(PublicAccessType.None, owner is null ? null : Mark(owner), cancellationToken: cancellation);
        }

        var found = await FindAsync(container, cancellation);
        if (found is null && owner is not null && change)
        {
            if (await container.GetBlobsAsync(new GetBlobsOptions(), cancellation).AnyAsync(cancellation))
                throw new EvidencePlaceException($"The container '{container.Name}' holds files and does not say whose. Name an account in which it is empty or not there.");
            await container.SetMetadataAsync(Mark(owner), cancellationToken: cancellation);
            found = await FindAsync(container, cancellation);
        }

        if (found != owner) throw new EvidencePlaceException($"The container '{container.Name}' holds the evidence of another folder of PolicyFlows. Name an account of its own for each.");
    }

    private static async Task<string?> FindAsync(BlobContainerClient container, CancellationToken cancellation) =>
        (await container.GetPropertiesAsync(cancellationToken: cancellation)).Value.Metadata.TryGetValue(Owner, out var found) ? found : null;

    private static Dictionary<string, string> Mark(string owner) => new(StringComparer.Ordinal) { [Owner] = owner };
}
