using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Time;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Rounds;

/// <summary>Starts every orchestration whose due row has come of age.</summary>
public sealed class StartDueWork(Sweep sweep) : TaskActivity<string, int>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "StartDueWork";

    /// <inheritdoc/>
    public override Task<int> RunAsync(TaskActivityContext context, string input) => sweep.RunAsync();
}

/// <summary>Removes drafts that were never sent, with their files.</summary>
public sealed class ForgetOldDrafts(DraftStore drafts) : TaskActivity<string, int>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "ForgetOldDrafts";

    /// <inheritdoc/>
    public override Task<int> RunAsync(TaskActivityContext context, string input) => drafts.ForgetOldAsync();
}

/// <summary>Removes files that no case and no draft holds.</summary>
public sealed class RemoveLeftoverFiles(LeftoverFiles files) : TaskActivity<string, int>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "RemoveLeftoverFiles";

    /// <inheritdoc/>
    public override Task<int> RunAsync(TaskActivityContext context, string input) => files.RemoveAsync();
}

/// <summary>Seals the day.</summary>
public sealed class SealDay(DaySeal seal) : TaskActivity<string, string>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "SealDay";

    /// <inheritdoc/>
    public override async Task<string> RunAsync(TaskActivityContext context, string input) => (await seal.SealAsync()).Hash;
}

/// <summary>
/// Removes the engine's memory of what ended more than <see cref="Kept"/> ago. The records hold everything that matters; an ended instance
/// is only read by operators.
/// </summary>
public sealed class ForgetEndedInstances(DurableTaskClient engine, BusinessClock clock) : TaskActivity<string, int>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "ForgetEndedInstances";

    /// <summary>How long an ended instance can be looked at.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <inheritdoc/>
    public override async Task<int> RunAsync(TaskActivityContext context, string input)
    {
        var (forgotten, after) = (0, (string?)null);
        while (await engine.GetAllInstancesAsync(new(Ended, After: after)) is { Count: > 0 } page)
        {
            foreach (var instance in page.Where(i => clock.Now - i.LastUpdatedAt > Kept))
                forgotten += await engine.PurgeInstanceAsync(instance.InstanceId) ? 1 : 0;
            after = page[^1].InstanceId;
        }

        return forgotten;
    }
}
