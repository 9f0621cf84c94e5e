using PolicyFlows.Core.Operations;
using PolicyFlows.Durable;

namespace PolicyFlows.Server.Operations;

/// <summary>Retry of blocked instances on the own engine.</summary>
public sealed class EngineOperator(OrchestrationClient client) : IEngineOperator
{
    /// <inheritdoc/>
    public Task<bool> RetryAsync(string instanceId, CancellationToken cancellation = default) => client.RetryInstanceAsync(instanceId, cancellation);
}
