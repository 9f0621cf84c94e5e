using PolicyFlows.Core.Cases;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Operations;

/// <summary>What an operator does to orchestrations, noted before it is done: who, which instance, when, why. No case content is touched.</summary>
public sealed class OperatorDesk(CaseStore cases, DurableTaskClient engine, IEngineOperator retry)
{
    /// <summary>Lets a blocked instance try again. False if it is not blocked.</summary>
    public async Task<bool> RetryAsync(string instanceId, ProcessContext context, CancellationToken cancellation = default)
    {
        await NoteAsync("engine.retried", instanceId, context, cancellation);
        return await retry.RetryAsync(instanceId, cancellation);
    }

    /// <summary>Ends a live instance. The sweep starts it anew from its record if the record still wants it.</summary>
    public async Task TerminateAsync(string instanceId, ProcessContext context, CancellationToken cancellation = default)
    {
        await NoteAsync("engine.terminated", instanceId, context, cancellation);
        await engine.TerminateInstanceAsync(instanceId, context.Why ?? "ended by an operator", cancellation);
    }

    /// <summary>Forgets a finished instance. False if it is alive or unknown.</summary>
    public async Task<bool> PurgeAsync(string instanceId, ProcessContext context, CancellationToken cancellation = default)
    {
        await NoteAsync("engine.purged", instanceId, context, cancellation);
        return await engine.PurgeInstanceAsync(instanceId, cancellation);
    }

    private Task NoteAsync(string code, string instanceId, ProcessContext context, CancellationToken cancellation) =>
        cases.ChangeAsync(OperationsRecord.IdOf(context.At), context, async change =>
        {
            await OperationsRecord.EnsureAsync(change);
            change.Note(code, text: context.Why, fact: instanceId);
        }, cancellation);
}
