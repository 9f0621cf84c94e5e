using Azure.Identity;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Storage;
using PolicyFlows.Storage.Blobs;

namespace PolicyFlows.Server.Hosting;

/// <summary>The evidence store of a data folder: its own files, or the Azure Blob Storage that it was made with.</summary>
public static class EvidenceOfFolder
{
    /// <summary>Opens it. For a folder opened for reading nothing is made or marked.</summary>
    /// <param name="place">What the settings say; null for files in the folder.</param>
    /// <exception cref="DataFolderException">The evidence of the folder lies elsewhere.</exception>
    /// <exception cref="EvidencePlaceException">The account cannot be used, or holds the evidence of another folder.</exception>
    public static async Task<IEvidenceStore> OpenAsync(DataFolder folder, EvidencePlace? place)
    {
        folder.RequireEvidenceAt(place?.Name);
        if (place is null) return folder.Evidence;
        var blobs = place.Open(new DefaultAzureCredential(), TimeProvider.System);
        await blobs.EnsureAsync(OwnerMark(folder), change: folder.Database.CanWrite);
        return blobs;
    }

    /// <summary>Names the folder to whoever sees the containers and says nothing of its key; the same after it was put back from a backup.</summary>
    private static string OwnerMark(DataFolder folder) => Convert.ToHexStringLower(new ServerKey(folder.ServerKey.Span).Mac("owner of evidence"))[..32];
}
