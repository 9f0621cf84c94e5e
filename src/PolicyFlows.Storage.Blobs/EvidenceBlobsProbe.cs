using PolicyFlows.Core.Operations;

namespace PolicyFlows.Storage.Blobs;

/// <summary>Both containers of evidence answer.</summary>
public sealed class EvidenceBlobsProbe(EvidenceBlobs blobs) : IHealthProbe
{
    private const string Part = "evidence";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <inheritdoc/>
    public async Task<HealthPart> ProbeAsync(CancellationToken cancellation = default)
    {
        try
        {
            return await blobs.AreThereAsync(cancellation).WaitAsync(Patience, cancellation) ? new(Part, true) : new(Part, false, "A container for evidence is missing.");
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // What the service or the identity said may hold an address or more.
            return new(Part, false, "Evidence storage does not answer.");
        }
    }
}
