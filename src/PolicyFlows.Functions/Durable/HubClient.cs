using PolicyFlows.Core;
using PolicyFlows.Durable;
using Client = Microsoft.DurableTask.Client;
using Microsofts = Microsoft.DurableTask;

namespace PolicyFlows.Functions.Durable;

/// <summary>Durable Functions' client as the contract that the program knows.</summary>
/// <remarks>A listing is read whole before it is ordered by id, because the hub gives no order.</remarks>
public sealed class HubClient(Func<Client.DurableTaskClient> current) : DurableTaskClient
{
    private static readonly Client.OrchestrationRuntimeStatus[] Alive =
        [Client.OrchestrationRuntimeStatus.Pending, Client.OrchestrationRuntimeStatus.Running, Client.OrchestrationRuntimeStatus.Suspended];

    /// <inheritdoc/>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        string orchestratorName, object? input, string instanceId, CancellationToken cancellation = default)
    {
        var options = Client.StartOrchestrationOptionsExtensions.WithDedupeStatuses(new Microsofts.StartOrchestrationOptions(InstanceIds.Check(instanceId)) { Version = Workflows.Version }, Alive);
        try
        {
            return await current().ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, options, cancellation);
        }
        catch (Exception exists) when (IsAlive(exists))
        {
            return instanceId;
        }
    }

    /// <inheritdoc/>
    public override async Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        var seen = await current().GetInstanceAsync(instanceId, cancellation) ?? throw new InstanceNotFoundException(instanceId);
        await IfAliveAsync(seen, () => current().RaiseEventAsync(instanceId, eventName, eventPayload, cancellation), cancellation);
    }

    /// <inheritdoc/>
    public override async Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellation = default) =>
        await current().GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellation) is { } found ? ToContract(found) : null;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<OrchestrationMetadata>> GetAllInstancesAsync(OrchestrationQuery query, CancellationToken cancellation = default)
    {
        var filter = new Client.OrchestrationQuery(
            Statuses: query.Statuses?.Select(ToHub).OfType<Client.OrchestrationRuntimeStatus>().ToArray(), InstanceIdPrefix: query.InstanceIdPrefix, FetchInputsAndOutputs: true);
        // A filter of states that the hub does not have matches nothing; an empty one would match all.
        if (filter.Statuses is { } statuses && !statuses.Any()) return [];
        var found = new SortedDictionary<string, OrchestrationMetadata>(StringComparer.Ordinal);
        await foreach (var instance in current().GetAllInstancesAsync(filter).WithCancellation(cancellation))
        {
            if (query.After is null || string.CompareOrdinal(instance.InstanceId, query.After) > 0) found[instance.InstanceId] = ToContract(instance);
        }

        return [.. found.Values.Take(query.PageSize)];
    }

    /// <inheritdoc/>
    public override async Task TerminateInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        if (await current().GetInstanceAsync(instanceId, cancellation) is { } seen)
            await IfAliveAsync(seen, () => current().TerminateInstanceAsync(instanceId, reason, cancellation), cancellation);
    }

    /// <inheritdoc/>
    public override async Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default) =>
        await current().GetInstanceAsync(instanceId, cancellation) is { IsCompleted: true }
        && (await current().PurgeInstanceAsync(instanceId, cancellation)).PurgedInstanceCount > 0;

    /// <summary>The Functions host refuses to touch an instance that is unknown or finished; to the contract that is nothing.</summary>
    private async Task IfAliveAsync(Client.OrchestrationMetadata seen, Func<Task> act, CancellationToken cancellation)
    {
        if (seen.IsCompleted) return;
        try
        {
            await act();
        }
        catch (Grpc.Core.RpcException) when (!cancellation.IsCancellationRequested)
        {
            // It may have ended between the two calls.
            if (await current().GetInstanceAsync(seen.InstanceId, cancellation) is { IsCompleted: false }) throw;
        }
    }

    // The in-process engine throws its own type, the Functions host answers over gRPC.
    private static bool IsAlive(Exception exists) =>
        exists is global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException
        || exists is Grpc.Core.RpcException { StatusCode: Grpc.Core.StatusCode.AlreadyExists };

    private static OrchestrationMetadata ToContract(Client.OrchestrationMetadata of)
    {
        var status = ToContract(of.RuntimeStatus);
        // The hub keeps the words of a failure and the reason of an end as an output too.
        return new(
            of.InstanceId, of.Name, "", status, of.CreatedAt, of.LastUpdatedAt, of.SerializedInput,
            status == OrchestrationRuntimeStatus.Completed ? of.SerializedOutput : null, of.SerializedCustomStatus,
            status == OrchestrationRuntimeStatus.Terminated ? new TaskFailureDetails("Terminated", of.SerializedOutput ?? "")
            : of.FailureDetails is { } failure ? new TaskFailureDetails(failure.ErrorType, failure.ErrorMessage) : null);
    }

    private static OrchestrationRuntimeStatus ToContract(Client.OrchestrationRuntimeStatus status) => status switch
    {
        Client.OrchestrationRuntimeStatus.Pending => OrchestrationRuntimeStatus.Pending,
        Client.OrchestrationRuntimeStatus.Completed => OrchestrationRuntimeStatus.Completed,
        Client.OrchestrationRuntimeStatus.Failed => OrchestrationRuntimeStatus.Failed,
        Client.OrchestrationRuntimeStatus.Terminated => OrchestrationRuntimeStatus.Terminated,
        _ => OrchestrationRuntimeStatus.Running,
    };

    private static Client.OrchestrationRuntimeStatus? ToHub(OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Pending => Client.OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running => Client.OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Completed => Client.OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed => Client.OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated => Client.OrchestrationRuntimeStatus.Terminated,
        _ => null,
    };
}
