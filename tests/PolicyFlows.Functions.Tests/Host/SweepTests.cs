using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Rounds;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;
using PolicyFlows.Durable.Tests.Semantics;
using PolicyFlows.Functions.Hosting;
using PolicyFlows.Functions.Operations;
using PolicyFlows.Functions.Tests.Engine;
using PolicyFlows.Web.Tests.Scenarios;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;
using Client = Microsoft.DurableTask.Client.DurableTaskClient;
using Hub = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus;

namespace PolicyFlows.Functions.Tests.Host;

/// <summary>The timer function: what was lost starts again, and what stays overdue is told.</summary>
public sealed class SweepTests
{
    private readonly RecordingLoggers loggers = new();

    [Theory]
    [InlineData("failed")]
    [InlineData("missing")]
    public async Task An_orchestration_that_failed_or_is_missing_goes_on_from_its_record_after_a_sweep(string how)
    {
        var (program, loop) = await MicrosoftLoop.StartAsync(new() { Pages = false });
        await using var first = loop;
        await using var second = program;
        loop.Enter();
        var acts = new ServiceActs(program);
        var incident = await acts.ReportAsync(new());
        await program.RunAsync();
        var hub = program.Get<CurrentHub>().Client;
        var work = (await program.Get<CaseStore>().ListAsync<WorkRow>(incident, Rows.WorkPrefix)).Select(w => w.Value).Single(w => w.Name == Incident.Name);
        var mails = program.Mail.All.Count;
        Assert.True(mails > 0);

        await hub.TerminateInstanceAsync(work.InstanceId, "by a test");
        await hub.WaitForInstanceCompletionAsync(work.InstanceId);
        if (how == "missing")
        {
            await hub.PurgeInstanceAsync(work.InstanceId);
            Assert.Null(await hub.GetInstanceAsync(work.InstanceId));
        }
        else
        {
            // A stamp that is no version: no class serves it.
            await hub.ScheduleNewOrchestrationInstanceAsync(work.Name, work.Input, new Microsoft.DurableTask.StartOrchestrationOptions(work.InstanceId) { Version = "none" });
            Assert.Equal(Hub.Failed, (await hub.WaitForInstanceCompletionAsync(work.InstanceId)).RuntimeStatus);
        }

        await SweepAsync(program, hub);
        await program.RunAsync();
        Assert.Equal(Hub.Running, (await hub.GetInstanceAsync(work.InstanceId))!.RuntimeStatus);
        Assert.Equal(mails, program.Mail.All.Count);

        await acts.DecideAsync(Manager, incident, IncidentRoute.NoAction);
        await program.RunAsync();
        Assert.Equal(Hub.Completed, (await hub.GetInstanceAsync(work.InstanceId))!.RuntimeStatus);
        Assert.Equal(IncidentState.Closed, (await program.IncidentAsync(incident)).State);
    }

    [Fact]
    public async Task A_sweep_that_did_everything_says_nothing()
    {
        await using var program = await OnOwnEngineAsync();
        await new ServiceActs(program).ReportAsync(new());
        await SweepAsync(program);
        Assert.Empty(Overdue);
    }

    [Fact]
    public async Task A_wake_up_that_stays_is_told_in_the_words_that_the_alert_looks_for_until_it_is_done()
    {
        await using var program = await OnOwnEngineAsync();
        var incident = await new ServiceActs(program).ReportAsync(new());
        await program.Records.CommitAsync(incident, [new RowWrite.Insert($"{Rows.WakePrefix}index", Json.Write(Wakeup.Index())!)]);
        program.Records.FullFor = partition => partition == incident;
        await SweepAsync(program);
        Assert.Single(Overdue);
        Assert.NotEmpty((await program.Records.RangeAsync(incident, Rows.WakePrefix)).Rows);

        program.Records.FullFor = null;
        await SweepAsync(program);
        Assert.Single(Overdue);
    }

    [Fact]
    public async Task Mail_that_waits_for_its_provider_is_told()
    {
        await using var program = await OnOwnEngineAsync();
        program.Mail.Down = true;
        await new ServiceActs(program).ReportAsync(new());
        await SweepAsync(program);
        Assert.Contains("mails wait", Assert.Single(Overdue), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_that_fails_is_told_and_fails()
    {
        await using var program = await OnOwnEngineAsync();
        program.Records.Dead = true;
        await Assert.ThrowsAnyAsync<Exception>(() => SweepAsync(program));
        Assert.Single(Overdue);
    }

    [Fact]
    public async Task A_sweep_that_comes_late_is_told()
    {
        await using var program = await OnOwnEngineAsync();
        await SweepAsync(program, late: true);
        Assert.Single(Overdue);
    }

    /// <summary>Lines that begin with what the alert of infra/modules/alerts.bicep looks for.</summary>
    private IReadOnlyList<string> Overdue
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "PolicyFlows.sln"))) folder = folder.Parent!;
            var alert = File.ReadAllText(Path.Combine(folder.FullName, "infra", "modules", "alerts.bicep")).Split("name: 'overdue-wake-ups'")[1];
            var words = alert.Split("startswith \"")[1].Split('"')[0];
            Assert.NotEmpty(words);
            return [.. loggers.Lines.Where(line => line.Contains($": {words}", StringComparison.Ordinal))];
        }
    }

    private static Task<TestProgram> OnOwnEngineAsync() =>
        TestProgram.StartAsync(new() { Pages = false, More = services => services.AddSingleton<CurrentHub>().AddSingleton<Invocation>() });

    private Task SweepAsync(TestProgram program, Client? client = null, bool late = false)
    {
        var sweep = program.Get<Sweep>();
        var timers = new Timers(sweep, program.Get<RoundsStarter>(), new HostState(sweep, TimeProvider.System), program.Get<Invocation>(), program.Get<MailPump>(), new Logger<Timers>(loggers));
        return timers.SweepAsync(new TimerInfo { IsPastDue = late }, client!, CancellationToken.None);
    }
}
