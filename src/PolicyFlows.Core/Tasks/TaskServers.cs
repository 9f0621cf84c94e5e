using System.Text.Json.Serialization;
using PolicyFlows.Core.Records;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tasks;

/// <summary>
/// Which orchestration instances serve a task: mostly one; two when a parent was started again from its record while an older child lived on.
/// Each is told, for only one of them has a parent that waits. A technical fact outside the timeline: lost, it costs one timer's wait.
/// </summary>
public sealed class TaskServers(IRecordStore records)
{
    // Older ones are gone, or wake by their timers.
    private const int MostKept = 5;

    private sealed record Server(string InstanceId, IReadOnlyList<string>? Earlier = null)
    {
        [JsonIgnore]
        public IReadOnlyList<string> All => [InstanceId, .. Earlier ?? []];
    }

    /// <summary>Remembers the instance.</summary>
    public async Task SetAsync(string caseId, string taskId, string instanceId)
    {
        var row = "serve|" + taskId;
        while (true)
        {
            var old = await records.GetAsync(caseId, row);
            var known = old is null ? [] : Json.Read<Server>(old.Data)!.All;
            if (known.Contains(instanceId)) return;
            var data = Json.Write(new Server(instanceId, [.. known.Take(MostKept - 1)]))!;
            try
            {
                await records.CommitAsync(caseId, [old is null ? new RowWrite.Insert(row, data) : new RowWrite.Replace(row, data, old.Tag)]);
                return;
            }
            catch (RecordConflictException)
            {
                // Another instance was faster; read again and stand beside it.
            }
        }
    }

    /// <summary>The instances, newest first; none when none has looked yet.</summary>
    public async Task<IReadOnlyList<string>> GetAsync(string caseId, string taskId) =>
        await records.GetAsync(caseId, "serve|" + taskId) is { } row ? Json.Read<Server>(row.Data)!.All : [];
}
