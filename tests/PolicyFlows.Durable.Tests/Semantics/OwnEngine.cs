using Microsoft.Extensions.Logging;

namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>The own engine under a small program; its time moves to the next timer when nothing else is left to do.</summary>
internal sealed class OwnEngine : IEngineUnderTest
{
    private readonly Engine engine;
    private readonly OrchestrationWorker worker;
    private readonly RecordingLoggers loggers = new();

    public OwnEngine(SmallProgram program, IOrchestrationStore store)
    {
        engine = new Engine(store, program.Registry);
        worker = new(store, program.Registry, engine.Settings, engine.Clock, new NoServices(), loggers);
    }

    public DurableTaskClient Client => engine.Client;

    public string ProgramVersion => engine.Settings.ProgramVersion;

    public TimeSpan Hour => TimeSpan.FromHours(1);

    public TimeSpan Late => TimeSpan.Zero;

    public IReadOnlyCollection<string> Logged => loggers.Lines;

    public OrchestrationRuntimeStatus AfterMismatch => OrchestrationRuntimeStatus.Blocked;

    public bool ShowsWaits => true;

    public Task StartAsync(string version, string name, object? input, string id) =>
        new OrchestrationClient(engine.Store, engine.Registry, engine.Settings with { ProgramVersion = version }, engine.Clock).ScheduleNewOrchestrationInstanceAsync(name, input, id);

    public async Task<OrchestrationMetadata> UntilAsync(string id, Func<OrchestrationMetadata, bool> reached)
    {
        while (true)
        {
            await worker.RunUntilIdleAsync();
            if (await Client.GetInstanceAsync(id) is { } found && reached(found)) return found;
            engine.Clock.Now = worker.NextDue ?? throw new TimeoutException($"Nothing is left to do, and {id} is {await Client.GetInstanceAsync(id)}.");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
