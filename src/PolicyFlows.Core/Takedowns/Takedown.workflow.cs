using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Takedowns;

/// <summary>
/// One target on its way off the internet: ask the host, check, check again, and where it stays, go to the hosting provider
/// (clauses 9.3, 9.4). Begins at whatever step the record is at, so it can be started again at any moment.
/// </summary>
public sealed class Takedown : TaskOrchestrator<string, string>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "Takedown";

    /// <inheritdoc/>
    public override async Task<string> RunAsync(TaskOrchestrationContext context, string takedown)
    {
        while (true)
        {
            var next = await context.DoAsync<TakedownTurn>(TurnOfTakedown.Name, takedown);
            context.SetCustomStatus(next.Step);
            switch (next.Step)
            {
                case TakedownStep.WaitForCheck:
                    await context.CreateTimer(next.At!.Value, CancellationToken.None);
                    break;
                case TakedownStep.End:
                    return "ended";
                case TakedownStep.Request or TakedownStep.Check or TakedownStep.HostingProvider or TakedownStep.ConfirmNotRemoved:
                    // The task was made with the look; its answer is in the record when the question ends.
                    if (await context.AskAsync(next.Task!) == HumanTaskEnd.StillOpen) return "waiting";
                    break;
                default:
                    throw new InvalidOperationException($"Unknown step {next.Step}.");
            }
        }
    }
}

/// <summary>What the orchestration does next.</summary>
public sealed record TakedownTurn(TakedownStep Step, DateTime? At = null, string? Task = null);
