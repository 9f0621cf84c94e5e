using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Records;

namespace PolicyFlows.Core.Evidence;

/// <summary>Who holds which file of the evidence store: the drafts and the cases. Reads all of them.</summary>
public sealed class EvidenceHolders(IRecordStore records, CaseListing listing, CaseStore cases)
{
    /// <summary>Timeline code of an item that was received; its fact is the file's hash.</summary>
    public const string Received = "evidence.received";

    /// <summary>
    /// Ids of all files that are held. Drafts are read before cases: a file passes from the one to the other, so one that changes hands
    /// meanwhile is seen at least once.
    /// </summary>
    public async Task<IReadOnlySet<string>> AllAsync(CancellationToken cancellation = default)
    {
        var held = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var file in DraftStore.FilesAsync(records, cancellation)) held.Add(file);
        await foreach (var caseId in listing.AllAsync(cancellation: cancellation))
            held.UnionWith((await cases.ListAsync<EvidenceItem>(caseId, Rows.EvidencePrefix, cancellation)).Select(e => e.Value.BlobId));
        return held;
    }

    /// <summary>The first case whose timeline tells of an item that no row holds any more, or null: somebody took the row away behind the program's back.</summary>
    public async Task<string?> FirstWithLostItemAsync(CancellationToken cancellation = default)
    {
        await foreach (var caseId in listing.AllAsync(cancellation: cancellation))
        {
            var entries = await cases.ListAsync<TimelineEntry>(caseId, Rows.TimelinePrefix, cancellation);
            var items = await cases.ListAsync<EvidenceItem>(caseId, Rows.EvidencePrefix, cancellation);
            if (LostItem(entries.Select(e => e.Value), items.Select(i => i.Value)) is not null) return caseId;
        }

        return null;
    }

    /// <summary>The first entry about an item that was received and is not among <paramref name="items"/>, or null.</summary>
    public static TimelineEntry? LostItem(IEnumerable<TimelineEntry> entries, IEnumerable<EvidenceItem> items)
    {
        var known = items.Select(i => $"evidence-{i.No}").ToHashSet(StringComparer.Ordinal);
        return entries.FirstOrDefault(e => e.Code == Received && !known.Contains(e.Subject ?? ""));
    }
}
