namespace PolicyFlows.Durable;

/// <summary>The client of this engine: writes to the store, which wakes the worker.</summary>
public sealed class OrchestrationClient(
    IOrchestrationStore store, DurableTaskRegistry registry, OrchestrationSettings settings, TimeProvider businessTime) : DurableTaskClient
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No registered class serves the name at the program's version, or the id is not one.</exception>
    /// <exception cref="PayloadTooLargeException">The input is too large.</exception>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        string orchestratorName, object? input, string instanceId, CancellationToken cancellation = default)
    {
        InstanceIds.Check(instanceId);
        if (registry.FindOrchestrator(orchestratorName, settings.ProgramVersion) is null)
            throw new ArgumentException($"No orchestration is registered as '{orchestratorName}'.", nameof(orchestratorName));
        var start = new ExecutionStarted(orchestratorName, settings.ProgramVersion, Payload("The input", input));
        await store.StartAsync(new(instanceId, start), businessTime.GetUtcNow(), cancellation);
        return instanceId;
    }

    /// <inheritdoc/>
    /// <exception cref="PayloadTooLargeException">The payload is too large.</exception>
    public override async Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var raised = new EventRaised(eventName, Payload("The event", eventPayload));
        if (await store.RaiseAsync(instanceId, raised, businessTime.GetUtcNow(), cancellation) == EventDelivery.UnknownInstance)
            throw new InstanceNotFoundException(instanceId);
    }

    /// <inheritdoc/>
    public override Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellation = default) =>
        Task.FromResult(store.Find(instanceId));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<OrchestrationMetadata>> GetAllInstancesAsync(OrchestrationQuery query, CancellationToken cancellation = default) =>
        Task.FromResult(store.List(query));

    /// <inheritdoc/>
    public override Task TerminateInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) =>
        store.TerminateAsync(instanceId, reason, businessTime.GetUtcNow(), cancellation);

    /// <inheritdoc/>
    public override Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default) => store.PurgeAsync(instanceId, cancellation);

    /// <summary>Releases a parked instance: it tries again with the program that runs now. False if it is not parked.</summary>
    public Task<bool> RetryInstanceAsync(string instanceId, CancellationToken cancellation = default) =>
        store.RetryAsync(instanceId, businessTime.GetUtcNow(), cancellation);

    private string? Payload(string what, object? value)
    {
        var payload = Json.Write(value);
        PayloadTooLargeException.Check(what, payload, settings.MaxPayloadBytes);
        return payload;
    }
}
