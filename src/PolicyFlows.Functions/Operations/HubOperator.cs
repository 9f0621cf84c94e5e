using PolicyFlows.Core.Operations;
using PolicyFlows.Durable;

namespace PolicyFlows.Functions.Operations;

/// <summary>Retry on Durable Functions, which knows no blocked instance: a failed one starts again from its record.</summary>
public sealed class HubOperator(DurableTaskClient engine) : IEngineOperator
{
    /// <inheritdoc/>
    public async Task<bool> RetryAsync(string instanceId, CancellationToken cancellation = default)
    {
        if (await engine.GetInstanceAsync(instanceId, cancellation) is not { RuntimeStatus: OrchestrationRuntimeStatus.Failed } failed) return false;
        await engine.ScheduleNewOrchestrationInstanceAsync(failed.Name, Json.Read<string>(failed.SerializedInput), instanceId, cancellation);
        return true;
    }
}
