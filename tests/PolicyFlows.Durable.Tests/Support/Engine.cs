using Microsoft.Extensions.Logging.Abstractions;

namespace PolicyFlows.Durable.Tests;

/// <summary>An engine on a store and a clock moved by hand.</summary>
public sealed class Engine
{
    public Engine(IOrchestrationStore? store = null, DurableTaskRegistry? registry = null, ManualClock? clock = null, OrchestrationSettings? settings = null)
    {
        Store = store ?? new InMemoryOrchestrationStore();
        Registry = registry ?? new();
        Clock = clock ?? new();
        Settings = settings ?? new("1.0.0") { PollInterval = TimeSpan.FromMilliseconds(20) };
        Worker = NewWorker();
        Client = new(Store, Registry, Settings, Clock);
    }

    public IOrchestrationStore Store { get; }

    public DurableTaskRegistry Registry { get; }

    public ManualClock Clock { get; }

    public OrchestrationSettings Settings { get; }

    public OrchestrationWorker Worker { get; }

    public OrchestrationClient Client { get; }

    /// <summary>Another worker on the same store, as after a restart.</summary>
    public OrchestrationWorker NewWorker(DurableTaskRegistry? registry = null, IServiceProvider? services = null, OrchestrationSettings? settings = null) =>
        new(Store, registry ?? Registry, settings ?? Settings, Clock, services ?? NoServices.Instance, NullLoggerFactory.Instance);

    public Task StartAsync(string name, string id = "one", object? input = null) => Client.ScheduleNewOrchestrationInstanceAsync(name, input, id);

    public Task RaiseAsync(string name, object? payload = null, string id = "one") => Client.RaiseEventAsync(id, name, payload);

    /// <summary>Runs until idle; whatever has ended by then is replayed from cold with every cut.</summary>
    public async Task RunAsync()
    {
        await Worker.RunUntilIdleAsync();
        foreach (var ended in Store.List(new([OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed]))) ReplayCuts.Check(this, ended.InstanceId);
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        Clock.Advance(by);
        await RunAsync();
    }

    public OrchestrationMetadata Get(string id = "one") => Store.Find(id) ?? throw new InvalidOperationException($"No instance '{id}'.");

    public IReadOnlyList<HistoryEvent> History(string id = "one") =>
        [.. Store.Load(Store.FindKey(id) ?? throw new InvalidOperationException($"No instance '{id}'."), Clock.Now)!.ReadHistory()];

    public string? Output(string id = "one") => Json.Read<string>(Get(id).SerializedOutput);

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
