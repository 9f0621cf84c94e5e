using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Rounds;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Work;
using PolicyFlows.Functions.Durable;
using PolicyFlows.Functions.Hosting;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Functions.Tests.Engine;

/// <summary>A program under test whose orchestrations run on Microsoft's engine, in process, through the app's own functions.</summary>
internal sealed class MicrosoftLoop : IProgramLoop, IAsyncDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Timetable timetable;
    private DurableTaskTestHost host = null!;
    private FunctionsHostClient strict = null!;
    private IServiceProvider program = null!;
    private int running;
    private readonly ConcurrentBag<string> failures = [];
    private long lastSign = Stopwatch.GetTimestamp();

    private MicrosoftLoop(VirtualTime business) => timetable = new Timetable(business);

    public DateTimeOffset NextDue => new[] { timetable.Next, program.GetRequiredService<MailPump>().NextDue, program.GetRequiredService<RoundsStarter>().NextAt }.OfType<DateTimeOffset>().Min();

    /// <summary>Starts a program on Microsoft's engine.</summary>
    public static async Task<(TestProgram Program, MicrosoftLoop Loop)> StartAsync(ProgramNeeds needs)
    {
        // The program makes its clock itself; the loop is told of it before anything runs.
        MicrosoftLoop? loop = null;
        var started = await TestProgram.StartAsync(needs with
        {
            More = services => services.AddSingleton<CurrentHub>().AddSingleton<Invocation>()
                .AddSingleton<PolicyFlows.Durable.DurableTaskClient>(s => new HubClient(() => s.GetRequiredService<CurrentHub>().Client))
                .AddSingleton<IProgramLoop>(_ => loop!),
        });
        loop = new MicrosoftLoop(started.Time.Business);
        await loop.BeginAsync(started.Services);
        return (started, loop);
    }

    /// <summary>Uses the engine's client for the rest of this flow of calls, as an invocation does.</summary>
    public void Enter() => program.GetRequiredService<CurrentHub>().Use(strict);

    public async Task RunUntilIdleAsync()
    {
        Enter();
        timetable.Move();
        await program.GetRequiredService<RoundsStarter>().StartAsync();
        var (signal, drain, mail) = (program.GetRequiredService<WakeupSignal>(), program.GetRequiredService<WakeupDrain>(), program.GetRequiredService<MailPump>());
        do
        {
            while (signal.TryTake() is { } caseId) await drain.DrainAsync(caseId);
            await mail.SendDueAsync();
            await UntilQuietAsync();
        }
        while (signal.HasWork);
    }

    public async Task WipeAsync()
    {
        await foreach (var instance in host.Client.GetAllInstancesAsync(new OrchestrationQuery()))
        {
            if (!instance.IsCompleted) await host.Client.TerminateInstanceAsync(instance.InstanceId, "wiped by a test");
        }

        await UntilQuietAsync();
        await foreach (var instance in host.Client.GetAllInstancesAsync(new OrchestrationQuery())) await host.Client.PurgeInstanceAsync(instance.InstanceId);
        timetable.Clear();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task BeginAsync(IServiceProvider services)
    {
        program = services;
        var activities = new Activities(services, services.GetRequiredService<Invocation>());
        host = await DurableTaskTestHost.StartAsync(tasks =>
        {
            foreach (var (name, function) in FunctionsUnderTest.With<OrchestrationTriggerAttribute>())
                tasks.AddOrchestrator(name, default(TaskVersion), () => new FunctionsUnderTest.Orchestrator(function, context => new StoryContext(context, timetable), Sign));
            foreach (var (name, function) in FunctionsUnderTest.With<ActivityTriggerAttribute>())
                tasks.AddActivity(name, default(TaskVersion), () => new FunctionsUnderTest.Activity(function, activities, () => strict, WatchAsync));
        }, new DurableTaskTestHostOptions { LoggerFactory = NullLoggerFactory.Instance, Port = Ports.Free(), ConfigureServices = AppJson.Use });
        strict = new FunctionsHostClient(host.Client);
    }

    private async Task<object?> WatchAsync(Func<Task<object?>> activity)
    {
        Interlocked.Increment(ref running);
        Sign();
        try
        {
            return await activity();
        }
        catch (Exception failure)
        {
            failures.Add($"{failure.GetType().Name}: {failure.Message}");
            throw;
        }
        finally
        {
            Sign();
            Interlocked.Decrement(ref running);
        }
    }

    private void Sign() => Interlocked.Exchange(ref lastSign, Stopwatch.GetTimestamp());

    /// <summary>Until nothing has given a sign for a moment, no activity runs, no wait is overdue, and every instance is seen to wait.</summary>
    private async Task UntilQuietAsync()
    {
        Sign();
        var began = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref running) > 0 || timetable.Overdue.Count > 0 || Stopwatch.GetElapsedTime(Interlocked.Read(ref lastSign)) < Quiet || !await AllWaitAsync())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException(
                    $"The engine does not come to rest: {running} activities run; overdue: {string.Join(", ", timetable.Overdue)}; failed: {string.Join(", ", failures)}; {await AliveAsync()}.");
            }

            await Task.Delay(15);
        }
    }

    private async Task<string> AliveAsync()
    {
        var alive = new List<string>();
        await foreach (var instance in host.Client.GetAllInstancesAsync(new OrchestrationQuery()))
        {
            if (!instance.IsCompleted) alive.Add($"{instance.Name} {instance.InstanceId} {instance.RuntimeStatus}{(timetable.Waits(instance.InstanceId) ? " waits" : "")}");
        }

        return string.Join(", ", alive);
    }

    /// <summary>A task waits for a timer; every other orchestration waits for one too, or for its task.</summary>
    private async Task<bool> AllWaitAsync()
    {
        var (tasks, others) = (0, 0);
        await foreach (var instance in host.Client.GetAllInstancesAsync(new OrchestrationQuery()))
        {
            if (instance.IsCompleted) continue;
            var waits = timetable.Waits(instance.InstanceId);
            if (instance.Name == HumanTask.Name && !waits) return false;
            if (instance.Name == HumanTask.Name) tasks++;
            else if (!waits) others++;
        }

        return others <= tasks;
    }
}
