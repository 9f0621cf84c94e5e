using System.Xml.Linq;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace PolicyFlows.Storage.Blobs.Keys;

/// <summary>Keys behind cookies and form tokens, one blob each, so that every worker reads what another wrote. Nothing is ever overwritten or removed here.</summary>
/// <param name="pause">Waits; for tests.</param>
public sealed class BlobKeyRing(BlobContainerClient container, Action<TimeSpan>? pause = null) : IXmlRepository
{
    /// <summary>Name of the container.</summary>
    public const string ContainerName = "keys";

    private const string Ending = ".xml", FirstMaker = "first-maker";

    // Longer than making a key takes; whoever began and did not end it is not waited for any longer.
    private const int Looks = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        container.CreateIfNotExists();
        var all = Read();
        if (all.Count > 0 || MakesTheFirst()) return all;

        // Workers that start together would each make a first key and use it for a day without reading the others'.
        for (var look = 0; look < Looks && all.Count == 0; look++)
        {
            (pause ?? Thread.Sleep)(BetweenLooks);
            all = Read();
        }

        return all;
    }

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        container.CreateIfNotExists();
        var content = element.ToString(SaveOptions.DisableFormatting);
        var blob = container.GetBlobClient(friendlyName + Ending);
        try
        {
            blob.Upload(BinaryData.FromString(content), overwrite: false);
        }
        catch (RequestFailedException taken) when (taken.Status == 409 && blob.DownloadContent().Value.Content.ToString() == content)
        {
            // The answer of an earlier try was lost on its way: it is stored.
        }
    }

    private List<XElement> Read() =>
    [
        .. container.GetBlobs().Where(blob => blob.Name.EndsWith(Ending, StringComparison.Ordinal))
            .Select(blob => XElement.Parse(container.GetBlobClient(blob.Name).DownloadContent().Value.Content.ToString())),
    ];

    private bool MakesTheFirst()
    {
        try
        {
            container.GetBlobClient(FirstMaker).Upload(BinaryData.FromString(""), new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } });
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            return false;
        }
    }
}
