using PolicyFlows.Core.Operations;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Functions.Operations;

/// <summary>What this worker knows of its sweeps. Another worker may have swept since.</summary>
public sealed class HostState(Sweep sweep, TimeProvider system) : IRunnerState
{
    /// <inheritdoc/>
    public DateTimeOffset? LastSweep { get; private set; }

    /// <inheritdoc/>
    public string? LastFailure => sweep.Trouble;

    /// <summary>A sweep has ended.</summary>
    public void Swept() => LastSweep = system.GetUtcNow();
}
