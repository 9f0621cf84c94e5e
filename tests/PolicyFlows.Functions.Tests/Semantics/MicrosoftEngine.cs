using System.Diagnostics;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using PolicyFlows.Core;
using PolicyFlows.Durable.Tests.Semantics;
using PolicyFlows.Functions.Durable;
using PolicyFlows.Functions.Tests.Engine;
using Contract = PolicyFlows.Durable;

namespace PolicyFlows.Functions.Tests.Semantics;

/// <summary>Microsoft's engine under a small program, in process and in real time.</summary>
internal sealed class MicrosoftEngine(SmallProgram program) : IEngineUnderTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RecordingLoggers loggers = new();
    private DurableTaskTestHost host = null!;

    public Contract.DurableTaskClient Client { get; private set; } = null!;

    public string ProgramVersion => Workflows.Version;

    public TimeSpan Hour => TimeSpan.FromMilliseconds(300);

    // A busy machine is late; a wait that grows a hundredfold is later still.
    public TimeSpan Late => TimeSpan.FromSeconds(20);

    public IReadOnlyCollection<string> Logged => loggers.Lines;

    public Contract.OrchestrationRuntimeStatus AfterMismatch => Contract.OrchestrationRuntimeStatus.Failed;

    public bool ShowsWaits => false;

    public static async Task<IEngineUnderTest> StartAsync(SmallProgram program)
    {
        var engine = new MicrosoftEngine(program);
        await engine.BeginAsync();
        return engine;
    }

    public Task StartAsync(string version, string name, object? input, string id) =>
        host.Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id) { Version = version });

    public async Task<Contract.OrchestrationMetadata> UntilAsync(string id, Func<Contract.OrchestrationMetadata, bool> reached)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var found = await LookAsync(id);
            if (found is not null && reached(found)) return found;
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new TimeoutException($"Time passes, and {id} is {found}.");
            await Task.Delay(10);
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task<Contract.OrchestrationMetadata?> LookAsync(string id)
    {
        try
        {
            return await Client.GetInstanceAsync(id);
        }
        catch (RpcException failed) when (failed.StatusCode == StatusCode.Unknown)
        {
            // The in-process host stumbles over a child that has not begun (it has no tags). The Functions host does not read them.
            return null;
        }
    }

    private async Task BeginAsync()
    {
        host = await DurableTaskTestHost.StartAsync(tasks =>
        {
            foreach (var (name, input) in program.Flows) tasks.AddOrchestrator(name, default(TaskVersion), () => new Orchestrator(program.Registry, input));
            foreach (var activity in program.Activities) tasks.AddActivity(activity.Name, default(TaskVersion), () => new Activity(activity));
        }, new DurableTaskTestHostOptions { LoggerFactory = loggers, Port = Ports.Free(), ConfigureServices = AppJson.Use });
        var strict = new FunctionsHostClient(host.Client);
        Client = new HubClient(() => strict);
    }

    private sealed class Orchestrator(Contract.DurableTaskRegistry registry, Type input) : ITaskOrchestrator
    {
        public Type InputType => input;

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(TaskOrchestrationContext context, object? given) => registry.RunOrchestratorAsync(new ReplayContext(context), given);
    }

    private sealed class Activity(SmallProgram.Work activity) : ITaskActivity
    {
        public Type InputType => activity.Input;

        public Type OutputType => activity.Output;

        public Task<object?> RunAsync(TaskActivityContext context, object? given) =>
            Task.FromResult(activity.Run(new Contract.TaskActivityContext(context.Name.Name, context.InstanceId), given));
    }
}
