using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Rounds;

/// <summary>Once a day: start what is due today, forget what was never sent and what has long ended, seal the day, remove files that nobody holds. The instance is named after the day.</summary>
public sealed class DailyRounds : TaskOrchestrator<string, string>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "DailyRounds";

    /// <inheritdoc/>
    public override async Task<string> RunAsync(TaskOrchestrationContext context, string day)
    {
        var started = await context.DoAsync<int>(StartDueWork.Name, day);
        await context.DoAsync<int>(ForgetOldDrafts.Name, day);
        await context.DoAsync<int>(ForgetEndedInstances.Name, day);
        await context.DoAsync<string>(SealDay.Name, day);
        // Last: a file that cannot be read or removed holds up nothing.
        await context.DoAsync<int>(RemoveLeftoverFiles.Name, day);
        return $"{started} started";
    }
}
