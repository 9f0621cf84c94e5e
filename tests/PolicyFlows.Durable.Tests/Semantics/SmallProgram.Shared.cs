namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>Orchestrations and activities of one test.</summary>
public sealed class SmallProgram
{
    private readonly List<Work> activities = [];
    private readonly Dictionary<string, Type> flows = new(StringComparer.Ordinal);

    /// <summary>Everything, as the embedded server registers it.</summary>
    public DurableTaskRegistry Registry { get; } = new();

    /// <summary>Activities, for engines that call them by other means.</summary>
    public IReadOnlyList<Work> Activities => activities;

    /// <summary>Names of orchestrations and types of their inputs.</summary>
    public IReadOnlyDictionary<string, Type> Flows => flows;

    /// <summary>Adds an orchestration.</summary>
    public SmallProgram Flow<TInput, TOutput>(string name, Func<TaskOrchestrationContext, TInput, Task<TOutput>> code, string since = "0.0.0")
    {
        Registry.Flow(name, code, since);
        flows[name] = typeof(TInput);
        return this;
    }

    /// <summary>Adds an orchestration whose input does not matter.</summary>
    public SmallProgram Flow(string name, Func<TaskOrchestrationContext, Task<string>> code) => Flow<string, string>(name, (context, _) => code(context));

    /// <summary>Adds an activity.</summary>
    public SmallProgram Does<TInput, TOutput>(string name, Func<TaskActivityContext, TInput, TOutput> code)
    {
        Registry.WorkAsync<TInput, TOutput>(name, (context, input) => Task.FromResult(code(context, input)));
        activities.Add(new(name, typeof(TInput), typeof(TOutput), (context, input) => code(context, (TInput)input!)));
        return this;
    }

    /// <summary>Adds an activity that only needs its input.</summary>
    public SmallProgram Does<TInput, TOutput>(string name, Func<TInput, TOutput> code) => Does<TInput, TOutput>(name, (_, input) => code(input));

    /// <summary>An activity without its types.</summary>
    public sealed record Work(string Name, Type Input, Type Output, Func<TaskActivityContext, object?, object?> Run);
}
