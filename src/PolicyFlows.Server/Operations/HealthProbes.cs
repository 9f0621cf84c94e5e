using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Operations;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;
using PolicyFlows.Server.Hosting;
using PolicyFlows.Storage;

namespace PolicyFlows.Server.Operations;

/// <summary>The record store answers, no write has failed for good, and, where nobody else looks at its disk, there is room.</summary>
public sealed class StoreProbe(IRecordStore records, Func<string?> fault, Func<string?>? room = null) : IHealthProbe
{
    /// <inheritdoc/>
    public async Task<HealthPart> ProbeAsync(CancellationToken cancellation = default)
    {
        if (fault() is not null) return new("store", false, "The database refuses writes since a failure. Restart the program.");
        try
        {
            await records.GetAsync("directory", "version", cancellation);
            return room?.Invoke() is { } problem ? new("store", false, problem) : new("store", true);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new("store", false, "The database does not answer.");
        }
    }
}

/// <summary>The loops run, nothing is blocked.</summary>
public sealed class EngineProbe(OrchestrationWorker engine, DurableTaskClient client, Runner runner, Sweep sweep) : IHealthProbe
{
    /// <inheritdoc/>
    public async Task<HealthPart> ProbeAsync(CancellationToken cancellation = default)
    {
        if (engine.Health.StoreFailure is not null) return new("engine", false, "The engine could not write its last step.");
        if (runner.LastFailure is not null) return new("engine", false, "A background loop failed and is being tried again.");
        if (sweep.Trouble is not null) return new("engine", false, "A case could not be swept and is tried again. The log says which.");
        var blocked = await client.GetAllInstancesAsync(new([OrchestrationRuntimeStatus.Blocked], PageSize: 1), cancellation);
        return blocked.Count > 0 ? new("engine", false, "An orchestration is blocked. See the operator page.") : new("engine", true);
    }
}

/// <summary>Mail goes out.</summary>
public sealed class MailProbe(MailPump pump, IMailTransport transport) : IHealthProbe
{
    /// <inheritdoc/>
    public async Task<HealthPart> ProbeAsync(CancellationToken cancellation = default)
    {
        if (pump.Trouble is not null) return new("mail", false, $"The mail server takes no mail; {pump.Count} waiting.");
        return await transport.ProbeAsync(cancellation) is null ? new("mail", true) : new("mail", false, "The mail transport is not ready.");
    }
}

/// <summary>There is room for evidence.</summary>
public sealed class EvidenceProbe(string folder) : IHealthProbe
{
    /// <inheritdoc/>
    public Task<HealthPart> ProbeAsync(CancellationToken cancellation = default) =>
        Task.FromResult(DiskSpace.Of(folder).Problem is { } problem ? new HealthPart("evidence", false, problem) : new HealthPart("evidence", true));
}
