using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Drafts;
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

/// <summary>Seals the day.</summary>
public sealed class SealDay(DaySeal seal) : TaskActivity<string, string>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "SealDay";

    /// <inheritdoc/>
    public override async Task<string> RunAsync(TaskActivityContext context, string input) => (await seal.SealAsync()).Hash;
}
