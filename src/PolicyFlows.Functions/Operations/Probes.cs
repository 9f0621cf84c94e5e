using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Operations;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;

namespace PolicyFlows.Functions.Operations;

/// <summary>One part of the host: asked, and not well if it does not answer.</summary>
/// <param name="ask">Null when all is well, else why not; an exception is a part that does not answer.</param>
public sealed class Probe(string name, string silent, Func<CancellationToken, Task<string?>> ask) : IHealthProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<HealthPart> ProbeAsync(CancellationToken cancellation = default)
    {
        try
        {
            var reason = await ask(cancellation).WaitAsync(Patience, cancellation);
            return new HealthPart(name, reason is null, reason);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return new HealthPart(name, false, silent);
        }
    }

    /// <summary>The record table answers.</summary>
    public static Probe Tables(IRecordStore records) => new("store", "The record table does not answer.", async cancellation =>
    {
        await records.GetAsync("directory", "version", cancellation);
        return null;
    });

    /// <summary>The hub answers, and the last sweep did everything.</summary>
    public static Probe Hub(DurableTaskClient engine, Sweep sweep) => new("engine", "The task hub does not answer.", async cancellation =>
    {
        await engine.GetInstanceAsync("health", cancellation);
        return sweep.Trouble is null ? null : "A case could not be swept and is tried again. The log says which.";
    });

    /// <summary>Mail goes out.</summary>
    public static Probe Mail(MailPump pump, IMailTransport transport) => new("mail", "The mail provider does not answer.", async cancellation =>
        pump.Trouble is not null ? $"The mail provider takes no mail; {pump.Count} waiting."
        : await transport.ProbeAsync(cancellation) is null ? null : "The mail provider is not ready.");
}
