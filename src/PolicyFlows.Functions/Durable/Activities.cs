using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;
using PolicyFlows.Functions.Hosting;
using Client = Microsoft.DurableTask.Client.DurableTaskClient;

namespace PolicyFlows.Functions.Durable;

/// <summary>One function per activity, by name. The code is that of the embedded server; what it leaves to be woken is woken before the function ends.</summary>
public sealed class Activities(IServiceProvider services, Invocation invocation)
{
    /// <summary>See <see cref="Core.Incidents.TurnOfIncident"/>.</summary>
    [Function(Core.Incidents.TurnOfIncident.Name)]
    public Task<string?> TurnOfIncident([ActivityTrigger] string input, [DurableClient] Client client, string instanceId) => RunAsync<Core.Incidents.TurnOfIncident, string, string?>(Core.Incidents.TurnOfIncident.Name, input, client, instanceId);

    /// <summary>See <see cref="Core.Takedowns.TurnOfTakedown"/>.</summary>
    [Function(Core.Takedowns.TurnOfTakedown.Name)]
    public Task<TakedownTurn> TurnOfTakedown([ActivityTrigger] string input, [DurableClient] Client client, string instanceId) => RunAsync<Core.Takedowns.TurnOfTakedown, string, TakedownTurn>(Core.Takedowns.TurnOfTakedown.Name, input, client, instanceId);

    /// <summary>See <see cref="Core.Takedowns.TurnOfLaterCheck"/>.</summary>
    [Function(Core.Takedowns.TurnOfLaterCheck.Name)]
    public Task<string?> TurnOfLaterCheck([ActivityTrigger] string input, [DurableClient] Client client, string instanceId) => RunAsync<Core.Takedowns.TurnOfLaterCheck, string, string?>(Core.Takedowns.TurnOfLaterCheck.Name, input, client, instanceId);

    /// <summary>See <see cref="Core.Police.TurnOfPoliceReferral"/>.</summary>
    [Function(Core.Police.TurnOfPoliceReferral.Name)]
    public Task<string?> TurnOfPoliceReferral([ActivityTrigger] string input, [DurableClient] Client client, string instanceId) => RunAsync<Core.Police.TurnOfPoliceReferral, string, string?>(Core.Police.TurnOfPoliceReferral.Name, input, client, instanceId);

    /// <summary>See <see cref="Core.Tasks.TurnOfSingleTask"/>.</summary>
    [Function(Core.Tasks.TurnOfSingleTask.Name)]
    public Task<bool> TurnOfSingleTask([ActivityTrigger] string input, [DurableClient] Client client, string instanceId) => RunAsync<Core.Tasks.TurnOfSingleTask, string, bool>(Core.Tasks.TurnOfSingleTask.Name, input, client, instanceId);

    /// <summary>See <see cref="Core.Support.OpenSupportFollowUp"/>.</summary>
    [Function(Core.Support.OpenSupportFollowUp.Name)]
    public Task<bool> OpenSupportFollowUp([ActivityTrigger] string input, [DurableClient] Client client, string instanceId) => RunAsync<Core.Support.OpenSupportFollowUp, string, bool>(Core.Support.OpenSupportFollowUp.Name, input, client, instanceId);

    /// <summary>See <see cref="Core.Tasks.LookAtTask"/>.</summary>
    [Function(Core.Tasks.LookAtTask.Name)]
    public Task<TaskSeen> LookAtTask([ActivityTrigger] LookAtTaskInput input, [DurableClient] Client client, string instanceId) => RunAsync<Core.Tasks.LookAtTask, LookAtTaskInput, TaskSeen>(Core.Tasks.LookAtTask.Name, input, client, instanceId);

    /// <summary>See <see cref="Core.Rounds.StartDueWork"/>.</summary>
    [Function(Core.Rounds.StartDueWork.Name)]
    public Task<int> StartDueWork([ActivityTrigger] string input, [DurableClient] Client client, string instanceId) => RunAsync<Core.Rounds.StartDueWork, string, int>(Core.Rounds.StartDueWork.Name, input, client, instanceId);

    /// <summary>See <see cref="Core.Rounds.ForgetOldDrafts"/>.</summary>
    [Function(Core.Rounds.ForgetOldDrafts.Name)]
    public Task<int> ForgetOldDrafts([ActivityTrigger] string input, [DurableClient] Client client, string instanceId) => RunAsync<Core.Rounds.ForgetOldDrafts, string, int>(Core.Rounds.ForgetOldDrafts.Name, input, client, instanceId);

    /// <summary>See <see cref="Core.Rounds.RemoveLeftoverFiles"/>.</summary>
    [Function(Core.Rounds.RemoveLeftoverFiles.Name)]
    public Task<int> RemoveLeftoverFiles([ActivityTrigger] string input, [DurableClient] Client client, string instanceId) => RunAsync<Core.Rounds.RemoveLeftoverFiles, string, int>(Core.Rounds.RemoveLeftoverFiles.Name, input, client, instanceId);

    /// <summary>See <see cref="Core.Rounds.ForgetEndedInstances"/>.</summary>
    [Function(Core.Rounds.ForgetEndedInstances.Name)]
    public Task<int> ForgetEndedInstances([ActivityTrigger] string input, [DurableClient] Client client, string instanceId) => RunAsync<Core.Rounds.ForgetEndedInstances, string, int>(Core.Rounds.ForgetEndedInstances.Name, input, client, instanceId);

    /// <summary>See <see cref="Core.Rounds.SealDay"/>.</summary>
    [Function(Core.Rounds.SealDay.Name)]
    public Task<string> SealDay([ActivityTrigger] string input, [DurableClient] Client client, string instanceId) => RunAsync<Core.Rounds.SealDay, string, string>(Core.Rounds.SealDay.Name, input, client, instanceId);

    private Task<TResult> RunAsync<TActivity, TInput, TResult>(string name, TInput input, Client client, string instanceId)
        where TActivity : TaskActivity<TInput, TResult> =>
        invocation.RunAsync(client, () => services.GetRequiredService<TActivity>().RunAsync(new TaskActivityContext(name, instanceId), input));
}
