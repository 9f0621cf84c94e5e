using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;

namespace PolicyFlows.Core.Evidence;

/// <summary>Takes evidence of a case out of quarantine. Dying in between only means that the rest is done by the next drain.</summary>
public sealed class EvidenceKeeper(CaseStore cases, IEvidenceStore evidence)
{
    /// <summary>Keeps every item that the case holds.</summary>
    /// <exception cref="IOException">The store refused, or an item is not what was received; it stays in quarantine.</exception>
    public async Task KeepAsync(string caseId, CancellationToken cancellation = default)
    {
        foreach (var item in await cases.ListAsync<EvidenceItem>(caseId, Rows.EvidencePrefix, cancellation))
            await evidence.KeepAsync(item.Value.BlobId, cancellation);
    }
}
