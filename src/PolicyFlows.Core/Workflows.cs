using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Index;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Rounds;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Support;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;

namespace PolicyFlows.Core;

/// <summary>Everything that both hosts register.</summary>
public static class Workflows
{
    /// <summary>Program version that is stamped on every orchestration when it starts.</summary>
    public const string Version = "0.1.0";

    /// <summary>All orchestrations and activities by name.</summary>
    public static DurableTaskRegistry Register(DurableTaskRegistry registry) => registry
        .AddOrchestrator(Incident.Name, () => new Incident())
        .AddOrchestrator(Takedown.Name, () => new Takedown())
        .AddOrchestrator(LaterCheck.Name, () => new LaterCheck())
        .AddOrchestrator(PoliceReferral.Name, () => new PoliceReferral())
        .AddOrchestrator(SupportFollowUp.Name, () => new SupportFollowUp())
        .AddOrchestrator(SingleTask.Name, () => new SingleTask())
        .AddOrchestrator(HumanTask.Name, () => new HumanTask())
        .AddOrchestrator(DailyRounds.Name, () => new DailyRounds())
        .AddActivity(TurnOfIncident.Name, s => s.GetRequiredService<TurnOfIncident>())
        .AddActivity(TurnOfTakedown.Name, s => s.GetRequiredService<TurnOfTakedown>())
        .AddActivity(TurnOfLaterCheck.Name, s => s.GetRequiredService<TurnOfLaterCheck>())
        .AddActivity(TurnOfPoliceReferral.Name, s => s.GetRequiredService<TurnOfPoliceReferral>())
        .AddActivity(TurnOfSingleTask.Name, s => s.GetRequiredService<TurnOfSingleTask>())
        .AddActivity(OpenSupportFollowUp.Name, s => s.GetRequiredService<OpenSupportFollowUp>())
        .AddActivity(LookAtTask.Name, s => s.GetRequiredService<LookAtTask>())
        .AddActivity(StartDueWork.Name, s => s.GetRequiredService<StartDueWork>())
        .AddActivity(ForgetOldDrafts.Name, s => s.GetRequiredService<ForgetOldDrafts>())
        .AddActivity(RemoveLeftoverFiles.Name, s => s.GetRequiredService<RemoveLeftoverFiles>())
        .AddActivity(ForgetEndedInstances.Name, s => s.GetRequiredService<ForgetEndedInstances>())
        .AddActivity(SealDay.Name, s => s.GetRequiredService<SealDay>());

    /// <summary>
    /// Services of the field. The host adds the ports (records, evidence, mail transport, mail writer, engine client), the server key, the
    /// business clock and the system's time.
    /// </summary>
    public static IServiceCollection AddPolicyFlowsCore(this IServiceCollection services)
    {
        services.AddSingleton<WakeupSignal>().AddSingleton<CaseListing>().AddSingleton<CaseStore>().AddSingleton<CaseRosters>();
        services.AddSingleton<DirectoryStore>().AddSingleton<DirectoryDesk>().AddSingleton<ConfigurationLog>().AddSingleton(_ => HostDirectory.Seed);
        services.AddSingleton<TaskDesk>().AddSingleton<TaskSteps>().AddSingleton<TaskServers>().AddSingleton<Vacancies>().AddSingleton<Leavers>().AddSingleton<TaskActs>();
        services.AddSingleton<IncidentDesk>().AddSingleton<DecisionDesk>().AddSingleton<ClosingDesk>().AddSingleton<AgreementDesk>();
        services.AddSingleton<TargetDesk>().AddSingleton<TakedownDesk>().AddSingleton<SupportDesk>().AddSingleton<PoliceDesk>().AddSingleton<AlertDesk>();
        services.TryAddSingleton(RoleGroups.None);
        services.AddSingleton<LinkTokens>().AddSingleton<CodeDesk>().AddSingleton<SessionDesk>().AddSingleton<SignInDesk>().AddSingleton<DraftStore>();
        services.AddSingleton<HandOverDesk>();
        services.AddSingleton<DeliveryTrouble>().AddSingleton<DeliveryReports>().AddSingleton<MailPump>().AddSingleton<Deliveries>().AddSingleton<AlertSender>();
        services.AddSingleton<CaseIndex>().AddSingleton<WakeupDrain>().AddSingleton<Sweep>();
        services.AddSingleton<Access.CaseGate>().AddSingleton<Access.ReadLog>().AddSingleton<Access.ReadingDesk>().AddSingleton<Operations.OperatorDesk>();
        services.AddSingleton<Evidence.CustodyDesk>().AddSingleton<Evidence.EvidenceKeeper>().AddSingleton<Evidence.EvidenceHolders>().AddSingleton<Evidence.LeftoverFiles>();
        services.AddSingleton<ChainCheck>().AddSingleton<Verification>().AddSingleton<DaySeal>();
        services.AddSingleton<TurnOfIncident>().AddSingleton<TurnOfTakedown>().AddSingleton<TurnOfLaterCheck>().AddSingleton<TurnOfPoliceReferral>();
        services.AddSingleton<TurnOfSingleTask>().AddSingleton<OpenSupportFollowUp>().AddSingleton<LookAtTask>();
        services.AddSingleton<RoundsStarter>();
        services.AddSingleton<StartDueWork>().AddSingleton<ForgetOldDrafts>().AddSingleton<RemoveLeftoverFiles>().AddSingleton<ForgetEndedInstances>().AddSingleton<SealDay>();
        return services;
    }
}
