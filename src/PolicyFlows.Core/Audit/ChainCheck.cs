using System.Text.Json;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Records;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Audit;

/// <summary>The first thing that does not fit.</summary>
public sealed record Difference(string CaseId, string Row, string What);

/// <summary>
/// Follows the chain of a case from its first entry to its head. Needs no secret, and therefore proves no more than that the rows fit one
/// another: whoever rewrites entries and head together, or cuts the newest entries off and sets the head back, is found only by comparing with
/// a day's head that had left the building before (<see cref="DaySeal"/>, architecture rule 9).
/// </summary>
public sealed class ChainCheck(IRecordStore records)
{
    private const string Unreadable = "cannot be read";

    /// <summary>The first difference, or null. An erased text is no difference; a text that does not fit its hash is, and so is a row that cannot be read.</summary>
    public async Task<Difference?> CheckAsync(string caseId, CancellationToken cancellation = default)
    {
        var head = await records.GetAsync(caseId, Rows.Chain, cancellation);
        var expected = head is null ? new ChainHead(0, Timeline.Genesis(caseId)) : Read<ChainHead>(head);
        if (expected is null) return new(caseId, Rows.Chain, Unreadable);
        var previous = Timeline.Genesis(caseId);
        var no = 0;
        string? continuation = null;
        do
        {
            var page = await records.RangeAsync(caseId, Rows.TimelinePrefix, continuation, cancellation: cancellation);
            foreach (var row in page.Rows)
            {
                no++;
                if (Read<TimelineEntry>(row) is not { } entry) return new(caseId, row.Row, Unreadable);
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
        return entry.TextHash is null || Read<TimelineText>(row) is not { } text || Timeline.HashText(text) != entry.TextHash
            ? new(caseId, row.Row, "is not the text that was written")
            : null;
    }

    private static T? Read<T>(StoredRow row) where T : class
    {
        try
        {
            return Json.Read<T>(row.Data);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
