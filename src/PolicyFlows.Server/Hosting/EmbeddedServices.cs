using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Operations;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;
using PolicyFlows.Server.Operations;
using PolicyFlows.Web.Mail;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Server.Hosting;

/// <summary>What the embedded host brings: its stores, its mail, its clocks.</summary>
public sealed record EmbeddedPorts
{
    /// <summary>Records.</summary>
    public required IRecordStore Records { get; init; }

    /// <summary>Evidence bytes.</summary>
    public required IEvidenceStore Evidence { get; init; }

    /// <summary>State of orchestrations.</summary>
    public required IOrchestrationStore Engine { get; init; }

    /// <summary>Delivery of mail.</summary>
    public required IMailTransport Mail { get; init; }

    /// <summary>Secret of the folder.</summary>
    public required ServerKey Key { get; init; }

    /// <summary>Time in which deadlines are counted.</summary>
    public required TimeProvider BusinessTime { get; init; }

    /// <summary>Time of sessions and codes.</summary>
    public TimeProvider SystemTime { get; init; } = TimeProvider.System;

    /// <summary>Front part of links.</summary>
    public required ProgramAddress Address { get; init; }

    /// <summary>Folder of the keys behind cookies; null keeps them in memory.</summary>
    public DirectoryInfo? CookieKeys { get; init; }
}

/// <summary>Composition of the embedded server; tests compose the same way with other ports.</summary>
public static class EmbeddedServices
{
    /// <summary>Registers the whole program on the given ports.</summary>
    public static IServiceCollection AddPolicyFlowsEmbedded(this IServiceCollection services, EmbeddedPorts ports)
    {
        services.AddSingleton(ports.Records).AddSingleton(ports.Evidence).AddSingleton(ports.Engine).AddSingleton(ports.Mail);
        services.AddSingleton(ports.Key).AddSingleton(ports.Address).AddSingleton(ports.SystemTime).AddSingleton(new BusinessClock(ports.BusinessTime));
        services.AddPolicyFlowsCore();
        services.AddSingleton<IMailWriter, MailWriter>();
        services.AddSingleton(new OrchestrationSettings(Workflows.Version));
        services.AddSingleton(_ => Workflows.Register(new DurableTaskRegistry()));
        services.AddSingleton(s => new OrchestrationClient(
            s.GetRequiredService<IOrchestrationStore>(), s.GetRequiredService<DurableTaskRegistry>(), s.GetRequiredService<OrchestrationSettings>(), ports.BusinessTime));
        services.AddSingleton<DurableTaskClient>(s => s.GetRequiredService<OrchestrationClient>());
        services.AddSingleton(s => new OrchestrationWorker(
            s.GetRequiredService<IOrchestrationStore>(), s.GetRequiredService<DurableTaskRegistry>(), s.GetRequiredService<OrchestrationSettings>(),
            ports.BusinessTime, s, s.GetRequiredService<ILoggerFactory>(), ports.SystemTime));
        services.AddSingleton<RunnerSettings>().AddSingleton<Runner>().AddSingleton<IRunnerState>(s => s.GetRequiredService<Runner>());
        services.AddSingleton<IEngineOperator, EngineOperator>();
        services.AddPolicyFlowsWeb(ports.CookieKeys);
        return services;
    }
}
