namespace PolicyFlows.Core.Operations;

/// <summary>What an operator does to the engine beyond the client's own members, which Microsoft's engine has no word for.</summary>
public interface IEngineOperator
{
    /// <summary>Lets a blocked instance try again with the program that runs now. False if it is not blocked.</summary>
    Task<bool> RetryAsync(string instanceId, CancellationToken cancellation = default);
}

/// <summary>What the host's loops say about themselves, for the operator page.</summary>
public interface IRunnerState
{
    /// <summary>System time of the last finished sweep, or null before the first.</summary>
    DateTimeOffset? LastSweep { get; }

    /// <summary>Why the last step failed, or null while all is well.</summary>
    string? LastFailure { get; }
}
