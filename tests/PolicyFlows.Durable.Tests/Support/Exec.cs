using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace PolicyFlows.Durable.Tests;

/// <summary>The executor on literal histories.</summary>
public sealed class Exec
{
    public static readonly DateTimeOffset T0 = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public DurableTaskRegistry Registry { get; init; } = new();

    public OrchestrationSettings Settings { get; init; } = new("1.0.0");

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    public long Key { get; init; } = 1;

    public static ExecutionStarted Start(string? input = null, string version = "1.0.0") => new("Flow", version, input);

    public static string? Hash(object? value) => HistoryJson.Hash(Json.Write(value));

    /// <summary>One orchestration called Flow.</summary>
    public static Exec Of(Func<TaskOrchestrationContext, Task<string>> code, OrchestrationSettings? settings = null) =>
        new() { Registry = new DurableTaskRegistry().Flow("Flow", code), Settings = settings ?? new("1.0.0") };

    public TurnResult Run(IReadOnlyList<HistoryEvent> history, DateTimeOffset at, params IReadOnlyList<IncomingEvent> incoming) =>
        OrchestrationExecutor.Run(Registry, new("one", Key), history, incoming, at, Settings, Loggers);

    public TurnResult First(params IReadOnlyList<IncomingEvent> incoming) => Run([], T0, [Start(), .. incoming]);

    /// <summary>Runs one turn after the other, each on the recorded events of all before it.</summary>
    public TurnResult Then(TurnResult before, params IReadOnlyList<IncomingEvent> incoming)
    {
        All = [.. All.Count == 0 ? before.Events : All];
        var next = Run(All, T0.AddMinutes(All.Count), incoming);
        All = [.. All, .. next.Events];
        return next;
    }

    public IReadOnlyList<HistoryEvent> All { get; private set; } = [];
}
