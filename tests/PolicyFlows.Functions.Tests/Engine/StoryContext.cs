using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace PolicyFlows.Functions.Tests.Engine;

/// <summary>Microsoft's context, but for its clock and its timers, which are the story's.</summary>
internal sealed class StoryContext(TaskOrchestrationContext engine, Timetable timetable) : TaskOrchestrationContext
{
    public override TaskName Name => engine.Name;

    public override string InstanceId => engine.InstanceId;

    public override ParentOrchestrationInstance? Parent => engine.Parent;

    public override DateTime CurrentUtcDateTime => timetable.ToBusiness(engine.CurrentUtcDateTime);

    public override bool IsReplaying => engine.IsReplaying;

    public override string Version => engine.Version;

    protected override ILoggerFactory LoggerFactory => throw new NotSupportedException("Loggers come from the engine's context.");

    public override T? GetInput<T>() where T : default => engine.GetInput<T>();

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) => engine.CallActivityAsync<TResult>(name, input, options);

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => timetable.WaitAsync(engine, fireAt, cancellationToken);

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => engine.WaitForExternalEvent<T>(eventName, cancellationToken);

    public override void SendEvent(string instanceId, string eventName, object payload) => engine.SendEvent(instanceId, eventName, payload);

    public override void SetCustomStatus(object? customStatus) => engine.SetCustomStatus(customStatus);

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        engine.CallSubOrchestratorAsync<TResult>(orchestratorName, input, options);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => engine.ContinueAsNew(newInput, preserveUnprocessedEvents);

    public override Guid NewGuid() => engine.NewGuid();

    public override ILogger CreateReplaySafeLogger(string categoryName) => engine.CreateReplaySafeLogger(categoryName);
}
