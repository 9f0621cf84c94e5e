namespace PolicyFlows.Durable;

/// <summary>Names of orchestrations and activities and the classes behind them. Filled once at start.</summary>
public sealed class DurableTaskRegistry
{
    private readonly Dictionary<string, List<OrchestratorRegistration>> orchestrators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityRegistration> activities = new(StringComparer.Ordinal);

    /// <summary>All orchestration names.</summary>
    public IReadOnlyCollection<string> OrchestratorNames => orchestrators.Keys;

    /// <summary>All activity names.</summary>
    public IReadOnlyCollection<string> ActivityNames => activities.Keys;

    /// <summary>Registers an orchestration class from a program version on. The newest class that is not newer than an instance's stamp runs it.</summary>
    /// <exception cref="InvalidOperationException">The name already has a class for that version.</exception>
    public DurableTaskRegistry AddOrchestrator<TInput, TOutput>(string name, Func<TaskOrchestrator<TInput, TOutput>> create, string since = "0.0.0")
    {
        if (!orchestrators.TryGetValue(name, out var list)) orchestrators[name] = list = [];
        if (list.Any(r => r.Since == Version.Parse(since))) throw new InvalidOperationException($"Orchestration '{name}' is registered twice for version {since}.");
        list.Add(new(Version.Parse(since), async (context, input) => await create().RunAsync(context, Json.Read<TInput>(input)!)));
        list.Sort((a, b) => b.Since.CompareTo(a.Since));
        return this;
    }

    /// <summary>Registers an activity.</summary>
    /// <exception cref="InvalidOperationException">The name is taken.</exception>
    public DurableTaskRegistry AddActivity<TInput, TOutput>(string name, Func<IServiceProvider, TaskActivity<TInput, TOutput>> create)
    {
        if (!activities.TryAdd(name, async (services, context, input) => await create(services).RunAsync(context, Json.Read<TInput>(input)!)))
            throw new InvalidOperationException($"Activity '{name}' is registered twice.");
        return this;
    }

    /// <summary>Runs an orchestration's code on another engine's context: the newest class that is not newer than the instance's stamp.</summary>
    /// <param name="input">As the instance was scheduled with.</param>
    /// <exception cref="InvalidOperationException">No class of that name is old enough, or none is registered.</exception>
    public Task<object?> RunOrchestratorAsync(TaskOrchestrationContext context, object? input)
    {
        // An instance without a stamp is older than stamps are.
        var version = string.IsNullOrEmpty(context.Version) ? "0.0.0" : context.Version;
        var found = FindOrchestrator(context.Name, version) ?? throw new InvalidOperationException($"No class serves the orchestration '{context.Name}' of version {version}.");
        return found.Run(context, Json.Write(input));
    }

    internal OrchestratorRegistration? FindOrchestrator(string name, string version) =>
        orchestrators.TryGetValue(name, out var list) ? list.FirstOrDefault(r => r.Since <= Version.Parse(version)) : null;

    internal ActivityRegistration? FindActivity(string name) => activities.GetValueOrDefault(name);
}

internal sealed record OrchestratorRegistration(Version Since, Func<TaskOrchestrationContext, string?, Task<object?>> Run);

internal delegate Task<object?> ActivityRegistration(IServiceProvider services, TaskActivityContext context, string? input);
