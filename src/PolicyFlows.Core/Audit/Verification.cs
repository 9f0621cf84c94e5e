using System.Security.Cryptography;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Records;

namespace PolicyFlows.Core.Audit;

/// <summary>What a verification saw.</summary>
/// <param name="First">The first difference, or null.</param>
/// <param name="Unowned">Files that no case and no draft names. Not a difference: an upload that was cut off between its last byte and its record leaves one.</param>
public sealed record VerificationResult(int Cases, int EvidenceItems, Difference? First, IReadOnlyList<string> Unowned);

/// <summary>Checks every chain and every evidence hash of a data folder and stops at the first difference.</summary>
public sealed class Verification(CaseListing listing, CaseStore cases, ChainCheck chains, IEvidenceStore evidence, IRecordStore records)
{
    /// <summary>Verifies everything.</summary>
    public async Task<VerificationResult> RunAsync(CancellationToken cancellation = default)
    {
        var (count, items) = (0, 0);
        // Files first, then drafts, then cases: what comes in or changes hands beside a running server is then not taken for a leftover.
        var unowned = await evidence.ListAsync(cancellation).ToHashSetAsync(StringComparer.Ordinal, cancellation);
        await foreach (var file in DraftStore.FilesAsync(records, cancellation)) unowned.Remove(file);
        await foreach (var caseId in listing.AllAsync(cancellation: cancellation))
        {
            count++;
            if (await chains.CheckAsync(caseId, cancellation) is { } broken) return new(count, items, broken, []);
            var entries = (await cases.ListAsync<TimelineEntry>(caseId, Rows.TimelinePrefix, cancellation)).Select(e => e.Value).ToList();
            var kept = await cases.ListAsync<EvidenceItem>(caseId, Rows.EvidencePrefix, cancellation);
            // What the timeline says was received and no row holds was taken away behind the program's back.
            if (EvidenceHolders.LostItem(entries, kept.Select(k => k.Value)) is { } lost)
                return new(count, items, new(caseId, Rows.Timeline(lost.No), $"the row of {lost.Subject} is missing"), []);
            foreach (var (row, item) in kept)
            {
                items++;
                unowned.Remove(item.BlobId);
                // The row could be changed together with the file; the hash in the chain could not.
                var noted = entries.FirstOrDefault(e => e.Code == EvidenceHolders.Received && e.Subject == $"evidence-{item.No}")?.Fact;
                if (noted != item.Sha256) return new(count, items, new(caseId, row, "names another hash than the timeline"), []);
                await using var stream = await evidence.OpenAsync(item.BlobId, cancellation);
                if (stream is null) return new(count, items, new(caseId, row, $"the file {item.BlobId} is missing"), []);
                var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
                if (hash != item.Sha256) return new(count, items, new(caseId, row, $"the file {item.BlobId} was changed after it was received"), []);
            }
        }

        return new(count, items, null, [.. unowned.Order(StringComparer.Ordinal)]);
    }
}
