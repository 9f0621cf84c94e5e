using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;

namespace PolicyFlows.Core.Evidence;

/// <summary>Notes on the timeline who took a copy of an original. Written before the bytes leave, so that none leaves unnoted.</summary>
public sealed class CustodyDesk(CaseStore cases, IEvidenceStore evidence)
{
    /// <summary>Opens the original for a download and notes it; null when the case has no such item or its file is gone.</summary>
    public async Task<(EvidenceItem Item, Stream Content)?> DownloadAsync(string caseId, int no, ProcessContext context, CancellationToken cancellation = default)
    {
        if (no < 1 || await cases.GetAsync<EvidenceItem>(caseId, Rows.Evidence(no), cancellation) is not { } item) return null;
        if (await evidence.OpenAsync(item.BlobId, cancellation) is not { } content) return null;
        try
        {
            await cases.ChangeAsync(caseId, context, change =>
            {
                change.Note("evidence.downloaded", "8.2", $"evidence-{no}", fact: item.Sha256);
                return Task.CompletedTask;
            }, cancellation);
            return (item, content);
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }
}
