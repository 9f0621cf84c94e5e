using PolicyFlows.Core.Records;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tasks;

/// <summary>Which orchestration instance serves a task. A technical fact outside the timeline: lost, it costs one timer's wait.</summary>
public sealed class TaskServers(IRecordStore records)
{
    private sealed record Server(string InstanceId);

    /// <summary>Remembers the instance.</summary>
    public async Task SetAsync(string caseId, string taskId, string instanceId)
    {
        var row = "serve|" + taskId;
        while (true)
        {
            var old = await records.GetAsync(caseId, row);
            if (old is not null && Json.Read<Server>(old.Data)!.InstanceId == instanceId) return;
            var data = Json.Write(new Server(instanceId))!;
            try
            {
                await records.CommitAsync(caseId, [old is null ? new RowWrite.Insert(row, data) : new RowWrite.Replace(row, data, old.Tag)]);
                return;
            }
            catch (RecordConflictException)
            {
                // Another instance was faster; read again and be the last.
            }
        }
    }

    /// <summary>The instance, or null when none has looked yet.</summary>
    public async Task<string?> GetAsync(string caseId, string taskId) =>
        await records.GetAsync(caseId, "serve|" + taskId) is { } row ? Json.Read<Server>(row.Data)!.InstanceId : null;
}
