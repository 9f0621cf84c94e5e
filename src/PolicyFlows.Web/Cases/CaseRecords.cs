using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Web.Cases;

/// <summary>The rows of a case that its pages draw from, read once.</summary>
public sealed record CaseRecords(
    IReadOnlyDictionary<string, TaskRecord> Tasks, IReadOnlyList<TargetRecord> Targets, IReadOnlyList<TakedownRecord> Takedowns,
    IReadOnlyList<EvidenceItem> Evidence, IReadOnlyList<ReporterMessage> Messages, IReadOnlyList<OutboxRow> Mails,
    IReadOnlyList<Core.Cases.TimelineEntry> Timeline, IReadOnlyDictionary<int, string> Texts)
{
    /// <summary>The takedown of a target, or null.</summary>
    public TakedownRecord? TakedownOf(int no) => Takedowns.FirstOrDefault(t => t.No == no);

    /// <summary>Reads a case.</summary>
    public static async Task<CaseRecords> ReadAsync(CaseStore cases, string caseId, CancellationToken cancellation)
    {
        return new(
            (await ListAsync<TaskRecord>(Rows.TaskPrefix)).ToDictionary(t => t.Id, StringComparer.Ordinal),
            await ListAsync<TargetRecord>(Rows.TargetPrefix), await ListAsync<TakedownRecord>(Rows.TakedownPrefix),
            await ListAsync<EvidenceItem>(Rows.EvidencePrefix), await ListAsync<ReporterMessage>(Rows.MessagePrefix),
            await ListAsync<OutboxRow>(Rows.OutPrefix), await ListAsync<Core.Cases.TimelineEntry>(Rows.TimelinePrefix),
            (await cases.ListAsync<TimelineText>(caseId, Rows.TextPrefix, cancellation))
                .ToDictionary(t => int.Parse(t.Row[Rows.TextPrefix.Length..], System.Globalization.CultureInfo.InvariantCulture), t => t.Value.Text));

        async Task<IReadOnlyList<T>> ListAsync<T>(string prefix) where T : class =>
            [.. (await cases.ListAsync<T>(caseId, prefix, cancellation)).Select(row => row.Value)];
    }
}
