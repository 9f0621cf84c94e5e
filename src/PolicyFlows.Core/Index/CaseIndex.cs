using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Index;

/// <summary>A line of a list of cases. Holds no names and no content; who may see the line is asked of the case itself.</summary>
public sealed record CaseLine(string CaseId, CaseType Type, string? SchoolId, DateTimeOffset At, string State, bool Open, IReadOnlyList<ClockFace> Clocks);

/// <summary>A line of a person's own tasks.</summary>
public sealed record TaskLine(string CaseId, string TaskId, TaskKind Kind, string Clause, DateTimeOffset DueAt);

/// <summary>
/// Lists as rows of their own partitions, written after the fact through wake-ups and rebuilt by a command (architecture rule 12).
/// The case remembers what it has published, so that what no longer holds is removed.
/// </summary>
public sealed class CaseIndex(IRecordStore records, CaseStore cases, CaseRosters rosters, BusinessClock clock)
{
    private const int Attempts = 40;

    private sealed record Published(IReadOnlyList<string[]> Rows);

    /// <summary>Partition of the cases of a school.</summary>
    public static string SchoolPartition(string? schoolId) => $"index-school-{schoolId ?? "trust"}";

    /// <summary>Partition of a person's own open tasks.</summary>
    public static string PersonPartition(string personKey) => $"index-person-{personKey}";

    /// <summary>Writes the case's lines anew. Whoever publishes the same case at the same time, the last to finish has read everything.</summary>
    /// <exception cref="RecordConflictException">Others kept publishing it; the wake-up stays and is done again.</exception>
    public async Task PublishAsync(string caseId, CancellationToken cancellation = default)
    {
        // Rows that earlier attempts wrote: after a conflict the case may no longer remember them.
        var written = new HashSet<(string Partition, string Row)>();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await PublishOnceAsync(caseId, written, cancellation);
                return;
            }
            catch (RecordConflictException) when (attempt < Attempts)
            {
                // Another publisher stepped in between; what it wrote and what was written here may be mixed, so both are written anew.
            }
        }
    }

    /// <summary>Cases of a school, newest first.</summary>
    public Task<IReadOnlyList<CaseLine>> CasesAsync(string? schoolId, CancellationToken cancellation = default) =>
        ReadAsync<CaseLine>(SchoolPartition(schoolId), cancellation);

    /// <summary>Open tasks of a person by due time.</summary>
    public Task<IReadOnlyList<TaskLine>> TasksAsync(string personKey, CancellationToken cancellation = default) =>
        ReadAsync<TaskLine>(PersonPartition(personKey), cancellation);

    private async Task PublishOnceAsync(string caseId, HashSet<(string Partition, string Row)> written, CancellationToken cancellation)
    {
        // Read before the lines: whoever publishes newer ones meanwhile takes the tag from us.
        var before = await records.GetAsync(caseId, Rows.Published, cancellation);
        var wanted = await LinesAsync(caseId, cancellation);
        List<string[]> old = [.. before is null ? [] : Json.Read<Published>(before.Data)!.Rows, .. written.Select(w => new[] { w.Partition, w.Row })];
        // Announced before written, so that dying in between leaves nothing that nobody remembers.
        var announced = await SetPublishedAsync(caseId, before, old.Concat(wanted.Keys.Select(k => new[] { k.Partition, k.Row })), cancellation);
        written.UnionWith(wanted.Keys);
        foreach (var (key, data) in wanted) await UpsertAsync(key.Partition, key.Row, data, cancellation);
        foreach (var gone in old.Where(o => !wanted.ContainsKey((o[0], o[1])))) await DeleteAsync(gone[0], gone[1], cancellation);
        await SetPublishedAsync(caseId, announced, wanted.Keys.Select(k => new[] { k.Partition, k.Row }), cancellation);
    }

    private async Task<Dictionary<(string Partition, string Row), string>> LinesAsync(string caseId, CancellationToken cancellation)
    {
        var lines = new Dictionary<(string, string), string>();
        if (await cases.GetAsync<CaseCommon>(caseId, Rows.Case, cancellation) is not { } common) return lines;
        var tasks = (await cases.ListAsync<TaskRecord>(caseId, Rows.TaskPrefix, cancellation)).Select(t => t.Value).ToList();
        foreach (var task in tasks.Where(t => t.IsOpen))
            foreach (var holder in task.CurrentHolders.Where(h => !common.NamedPersonIds.Contains(h.PersonKey)))
                lines[(PersonPartition(holder.PersonKey), $"{holder.DueAt.UtcDateTime:yyyyMMddHHmmss}|{caseId}|{task.Id}")] =
                    Json.Write(new TaskLine(caseId, task.Id, task.Kind, task.Clause, holder.DueAt))!;
        if (await LineAsync(caseId, common, tasks, cancellation) is { } line)
            lines[(SchoolPartition(common.SchoolId), $"{long.MaxValue - line.At.UtcTicks:D19}|{caseId}")] = Json.Write(line)!;
        return lines;
    }

    private async Task<CaseLine?> LineAsync(string caseId, CaseCommon common, List<TaskRecord> tasks, CancellationToken cancellation)
    {
        switch (common.Type)
        {
            case CaseType.Incident:
                var incident = await cases.NeedAsync<IncidentRecord>(caseId, Rows.Case, cancellation);
                var takedowns = (await cases.ListAsync<TakedownRecord>(caseId, Rows.TakedownPrefix, cancellation)).Select(t => t.Value).ToList();
                var d = (await rosters.OfAsync(cases, caseId, clock.Now)).Durations;
                List<ClockFace> clocks = [TakedownClocks.Decision(incident, d, clock.Now)];
                foreach (var takedown in takedowns)
                {
                    clocks.Add(TakedownClocks.Sent(takedown, d, clock.Now));
                    if (TakedownClocks.Removed(takedown, d, clock.Now) is { } removed) clocks.Add(removed);
                }

                return new(caseId, common.Type, common.SchoolId, incident.ReportedAt, incident.State.ToString(), incident.State != IncidentState.Closed, clocks);
            case CaseType.Safeguarding:
                var alert = await cases.NeedAsync<Safeguarding.AlertRecord>(caseId, Rows.Case, cancellation);
                var open = tasks.Any(t => t.IsOpen);
                return new(caseId, common.Type, common.SchoolId, alert.SentAt, open ? "Unacknowledged" : "Acknowledged", open, []);
            default:
                return null;
        }
    }

    private async Task<StoredRow> SetPublishedAsync(string caseId, StoredRow? before, IEnumerable<string[]> rows, CancellationToken cancellation)
    {
        var data = Json.Write(new Published([.. rows.DistinctBy(r => r[0] + "\n" + r[1])]))!;
        var tags = await records.CommitAsync(caseId,
            [before is null ? new RowWrite.Insert(Rows.Published, data) : new RowWrite.Replace(Rows.Published, data, before.Tag)], cancellation);
        return new(caseId, Rows.Published, data, tags[0]!);
    }

    private async Task UpsertAsync(string partition, string row, string data, CancellationToken cancellation)
    {
        while (true)
        {
            var old = await records.GetAsync(partition, row, cancellation);
            if (old?.Data == data) return;
            try
            {
                await records.CommitAsync(partition, [old is null ? new RowWrite.Insert(row, data) : new RowWrite.Replace(row, data, old.Tag)], cancellation);
                return;
            }
            catch (RecordConflictException)
            {
                // Read the newer line and write over it: if it was the newer one, the tag of what is published tells, and it is written again.
            }
        }
    }

    private async Task DeleteAsync(string partition, string row, CancellationToken cancellation)
    {
        if (await records.GetAsync(partition, row, cancellation) is not { } old) return;
        try
        {
            await records.CommitAsync(partition, [new RowWrite.Delete(row, old.Tag)], cancellation);
        }
        catch (RecordConflictException)
        {
            // Written anew meanwhile by whoever publishes a newer state.
        }
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string partition, CancellationToken cancellation) where T : class
    {
        var found = new List<T>();
        string? continuation = null;
        do
        {
            var page = await records.RangeAsync(partition, "", continuation, cancellation: cancellation);
            found.AddRange(page.Rows.Select(r => Json.Read<T>(r.Data)!));
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return found;
    }
}
