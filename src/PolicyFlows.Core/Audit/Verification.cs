using System.Security.Cryptography;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Incidents;

namespace PolicyFlows.Core.Audit;

/// <summary>What a verification saw.</summary>
/// <param name="First">The first difference, or null.</param>
public sealed record VerificationResult(int Cases, int EvidenceItems, Difference? First);

/// <summary>Checks every chain and every evidence hash of a data folder and stops at the first difference.</summary>
public sealed class Verification(CaseListing listing, CaseStore cases, ChainCheck chains, IEvidenceStore evidence)
{
    private const string Received = "evidence.received";

    /// <summary>Verifies everything.</summary>
    public async Task<VerificationResult> RunAsync(CancellationToken cancellation = default)
    {
        var (count, items) = (0, 0);
        await foreach (var caseId in listing.AllAsync(cancellation: cancellation))
        {
            count++;
            if (await chains.CheckAsync(caseId, cancellation) is { } broken) return new(count, items, broken);
            var entries = (await cases.ListAsync<TimelineEntry>(caseId, Rows.TimelinePrefix, cancellation)).Select(e => e.Value).ToList();
            var kept = await cases.ListAsync<EvidenceItem>(caseId, Rows.EvidencePrefix, cancellation);
            // What the timeline says was received and no row holds was taken away behind the program's back.
            if (entries.FirstOrDefault(e => e.Code == Received && kept.All(k => e.Subject != $"evidence-{k.Value.No}")) is { } lost)
                return new(count, items, new(caseId, Rows.Timeline(lost.No), $"the row of {lost.Subject} is missing"));
            foreach (var (row, item) in kept)
            {
                items++;
                // The row could be changed together with the file; the hash in the chain could not.
                var noted = entries.FirstOrDefault(e => e.Code == Received && e.Subject == $"evidence-{item.No}")?.Fact;
                if (noted != item.Sha256) return new(count, items, new(caseId, row, "names another hash than the timeline"));
                await using var stream = await evidence.OpenAsync(item.BlobId, cancellation);
                if (stream is null) return new(count, items, new(caseId, row, $"the file {item.BlobId} is missing"));
                var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
                if (hash != item.Sha256) return new(count, items, new(caseId, row, $"the file {item.BlobId} was changed after it was received"));
            }
        }

        return new(count, items, null);
    }
}
