namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>An engine that runs a small program. What it says of itself is where engines may differ (docs/decisions/0010).</summary>
public interface IEngineUnderTest : IAsyncDisposable
{
    /// <summary>The contract's client.</summary>
    DurableTaskClient Client { get; }

    /// <summary>Version that is stamped on what is started now.</summary>
    string ProgramVersion { get; }

    /// <summary>What stands for an hour: an hour where time is moved by hand, a moment where it is real.</summary>
    TimeSpan Hour { get; }

    /// <summary>How much later than due a thing may happen.</summary>
    TimeSpan Late { get; }

    /// <summary>What loggers have written so far.</summary>
    IReadOnlyCollection<string> Logged { get; }

    /// <summary>What becomes of an instance whose code does not fit its history any more.</summary>
    OrchestrationRuntimeStatus AfterMismatch { get; }

    /// <summary>Whether operators see the version, the open waits and the next timer of an instance.</summary>
    bool ShowsWaits { get; }

    /// <summary>Starts an instance as a program of another version does.</summary>
    Task StartAsync(string version, string name, object? input, string id);

    /// <summary>Lets work be done, and time pass once nothing else can be done, until an instance is as told.</summary>
    /// <exception cref="TimeoutException">It does not come to that.</exception>
    Task<OrchestrationMetadata> UntilAsync(string id, Func<OrchestrationMetadata, bool> reached);
}
