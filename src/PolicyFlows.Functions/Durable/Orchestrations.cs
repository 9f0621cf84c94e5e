using Microsoft.Azure.Functions.Worker;
using PolicyFlows.Core;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Rounds;
using PolicyFlows.Core.Support;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;
using Context = Microsoft.DurableTask.TaskOrchestrationContext;

namespace PolicyFlows.Functions.Durable;

/// <summary>One function per orchestration, by name. The code is that of the embedded server.</summary>
public static class Orchestrations
{
    private static readonly DurableTaskRegistry Registry = Workflows.Register(new DurableTaskRegistry());

    /// <summary>See <see cref="Core.Incidents.Incident"/>.</summary>
    [Function(Core.Incidents.Incident.Name)]
    public static Task<string> RunIncident([OrchestrationTrigger] Context context, string input) => RunAsync<string>(context, input);

    /// <summary>See <see cref="Core.Takedowns.Takedown"/>.</summary>
    [Function(Takedown.Name)]
    public static Task<string> RunTakedown([OrchestrationTrigger] Context context, string input) => RunAsync<string>(context, input);

    /// <summary>See <see cref="Core.Takedowns.LaterCheck"/>.</summary>
    [Function(LaterCheck.Name)]
    public static Task<string> RunLaterCheck([OrchestrationTrigger] Context context, string input) => RunAsync<string>(context, input);

    /// <summary>See <see cref="Core.Police.PoliceReferral"/>.</summary>
    [Function(PoliceReferral.Name)]
    public static Task<string> RunPoliceReferral([OrchestrationTrigger] Context context, string input) => RunAsync<string>(context, input);

    /// <summary>See <see cref="Core.Support.SupportFollowUp"/>.</summary>
    [Function(SupportFollowUp.Name)]
    public static Task<string> RunSupportFollowUp([OrchestrationTrigger] Context context, string input) => RunAsync<string>(context, input);

    /// <summary>See <see cref="Core.Tasks.SingleTask"/>.</summary>
    [Function(SingleTask.Name)]
    public static Task<string> RunSingleTask([OrchestrationTrigger] Context context, string input) => RunAsync<string>(context, input);

    /// <summary>See <see cref="Core.Tasks.HumanTask"/>.</summary>
    [Function(HumanTask.Name)]
    public static Task<HumanTaskEnd> RunHumanTask([OrchestrationTrigger] Context context, string input) => RunAsync<HumanTaskEnd>(context, input);

    /// <summary>See <see cref="Core.Rounds.DailyRounds"/>.</summary>
    [Function(DailyRounds.Name)]
    public static Task<string> RunDailyRounds([OrchestrationTrigger] Context context, string input) => RunAsync<string>(context, input);

    private static async Task<T> RunAsync<T>(Context context, string input) =>
        (T)(await Registry.RunOrchestratorAsync(new ReplayContext(context), input))!;
}
