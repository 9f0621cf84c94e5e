using Azure.Core;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Operations;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Time;
using PolicyFlows.Core.Transfer;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;
using PolicyFlows.Functions.Durable;
using PolicyFlows.Functions.Http;
using PolicyFlows.Functions.Operations;
using PolicyFlows.Storage.Blobs;
using PolicyFlows.Storage.Blobs.Keys;
using PolicyFlows.Storage.Tables;
using PolicyFlows.Web.Mail;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Functions.Hosting;

/// <summary>Composition of the Azure host: the same program on other ports.</summary>
public static class AzureServices
{
    /// <summary>Registers everything but mail.</summary>
    /// <exception cref="TransferException">The records must not be served: an import is not complete, or was a rehearsal.</exception>
    public static async Task<IServiceCollection> AddPolicyFlowsAzureAsync(this IServiceCollection services, HostSettings settings, TokenCredential credential)
    {
        var blobs = EvidencePlace.Read(settings.Evidence, settings.Quarantine)!.Open(credential, TimeProvider.System);
        await blobs.EnsureAsync();
        var records = await TableRecordStore.OpenAsync(TableAccount.Open(settings.Records, credential));
        await Installation.RequireServableAsync(records);

        services.AddSingleton<IRecordStore>(records).AddSingleton<IEvidenceStore>(blobs);
        services.AddSingleton(new ServerKey(Convert.FromBase64String(settings.ServerKey))).AddSingleton(new ProgramAddress(settings.Address));
        services.AddPlatformSignIn(settings);
        services.AddSingleton(TimeProvider.System).AddSingleton(new BusinessClock(TimeProvider.System)).AddSingleton(FolderKind.Real);
        services.AddPolicyFlowsCore();
        services.AddSingleton<IMailWriter, MailWriter>();
        services.AddSingleton<CurrentHub>().AddSingleton<DurableTaskClient>(s => new HubClient(() => s.GetRequiredService<CurrentHub>().Client));
        services.AddSingleton<Invocation>().AddSingleton<HostState>().AddSingleton<IRunnerState>(s => s.GetRequiredService<HostState>());
        services.AddSingleton<IEngineOperator, HubOperator>().AddEngineJson();
        services.AddSingleton<IHealthProbe>(_ => Probe.Tables(records)).AddSingleton<IHealthProbe>(_ => new EvidenceBlobsProbe(blobs));
        services.AddSingleton<IHealthProbe>(s => Probe.Hub(s.GetRequiredService<DurableTaskClient>(), s.GetRequiredService<Sweep>()));
        services.AddSingleton<IHealthProbe>(s => Probe.Mail(s.GetRequiredService<MailPump>(), s.GetRequiredService<IMailTransport>()));
        // Two workers may see one mail.
        services.AddSingleton(MailClaims.OfThisProcess());
        services.AddPolicyFlowsWeb();
        services.AddSingleton<SitePipeline>();
        var ring = new BlobKeyRing(BlobAccount.ContainerAt("PolicyFlows__Keys", settings.Keys, BlobKeyRing.ContainerName, credential));
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = ring);
        services.AddWrappedKeys(settings.KeysKey, credential);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Uploads.RequestBytes;
        });
        return services;
    }

    /// <summary>Believes the platform's sign-in where its settings say so; comes before what the pages would take instead.</summary>
    public static IServiceCollection AddPlatformSignIn(this IServiceCollection services, HostSettings settings) =>
        services.AddSingleton(settings.SignIn).AddSingleton(settings.RoleGroups);
}
