using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Records;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Audit;

/// <summary>The first thing that does not fit.</summary>
public sealed record Difference(string CaseId, string Row, string What);

/// <summary>Follows the chain of a case from its first entry to its head. Needs no secret.</summary>
public sealed class ChainCheck(IRecordStore records)
{
    /// <summary>The first difference, or null. An erased text is no difference; a text that does not fit its hash is.</summary>
    public async Task<Difference?> CheckAsync(string caseId, CancellationToken cancellation = default)
    {
        var head = await records.GetAsync(caseId, Rows.Chain, cancellation);
        var expected = head is null ? new ChainHead(0, Timeline.Genesis(caseId)) : Json.Read<ChainHead>(head.Data)!;
        var previous = Timeline.Genesis(caseId);
        var no = 0;
        string? continuation = null;
        do
        {
            var page = await records.RangeAsync(caseId, Rows.TimelinePrefix, continuation, cancellation: cancellation);
            foreach (var row in page.Rows)
            {
                no++;
                var entry = Json.Read<TimelineEntry>(row.Data)!;
                if (row.Row != Rows.Timeline(no) || entry.No != no) return new(caseId, row.Row, $"entry {no} is missing or out of order");
                if (entry.Previous != previous) return new(caseId, row.Row, "does not follow the entry before");
                if (entry.ComputeHash() != entry.Hash) return new(caseId, row.Row, "was changed after it was written");
                if (await TextDifferenceAsync(caseId, entry, cancellation) is { } text) return text;
                previous = entry.Hash;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
        return no != expected.Count || previous != expected.Head ? new(caseId, Rows.Chain, $"the head names {expected.Count} entries, {no} are there") : null;
    }

    private async Task<Difference?> TextDifferenceAsync(string caseId, TimelineEntry entry, CancellationToken cancellation)
    {
        var row = await records.GetAsync(caseId, Rows.Text(entry.No), cancellation);
        if (row is null) return null;
        return entry.TextHash is null || Timeline.HashText(Json.Read<TimelineText>(row.Data)!) != entry.TextHash
            ? new(caseId, row.Row, "is not the text that was written")
            : null;
    }
}
