using PolicyFlows.Durable;
using PolicyFlows.Server.Hosting;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>What lets a program under test go on: the engine that its orchestrations run on, and everything around it.</summary>
public interface IProgramLoop
{
    /// <summary>When something happens next without anybody's act.</summary>
    DateTimeOffset NextDue { get; }

    /// <summary>Does everything that is due now and returns when nothing is left.</summary>
    Task RunUntilIdleAsync();

    /// <summary>The engine forgets all instances.</summary>
    Task WipeAsync();
}

/// <summary>The own engine, step by step, as the server runs it.</summary>
public sealed class OwnLoop(Runner runner, IOrchestrationStore store) : IProgramLoop
{
    public DateTimeOffset NextDue => runner.NextDue;

    public Task RunUntilIdleAsync() => runner.RunUntilIdleAsync();

    public Task WipeAsync() => store.WipeAsync();
}
