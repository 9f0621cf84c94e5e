using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Operations;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Time;
using PolicyFlows.Server.Demonstration;
using PolicyFlows.Server.Operations;
using PolicyFlows.Storage;
using PolicyFlows.Storage.Blobs;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Server.Hosting;

/// <summary>The embedded server on a data folder.</summary>
public static class EmbeddedServer
{
    /// <summary>Builds the server. The caller runs and disposes it; the folder is held until then.</summary>
    /// <exception cref="DataFolderException">The evidence of the folder lies elsewhere than the options say.</exception>
    /// <exception cref="EvidencePlaceException">Evidence is to lie in an account that cannot be used so.</exception>
    public static async Task<WebApplication> BuildAsync(DataFolder folder, ServerOptions options)
    {
        var evidence = await EvidenceOfFolder.OpenAsync(folder, options.Evidence);
        var time = new MovableTime(TimeProvider.System, await DemonstrationClock.ReadAheadAsync(folder.Records));
        var address = new ProgramAddress(options.Url.GetLeftPart(UriPartial.Authority));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Error)
            // It warns that the keys behind cookies are not encrypted; they lie beside the server key in a folder that only this account reads.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.WebHost.UseUrls(options.Url.ToString());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Uploads.RequestBytes;
        });
        builder.Host.UseDefaultServiceProvider(p => p.ValidateOnBuild = p.ValidateScopes = true);
        builder.Services.AddPolicyFlowsEmbedded(new EmbeddedPorts
        {
            Records = folder.Records, Evidence = evidence, Engine = new SqliteOrchestrationStore(folder.Database),
            Mail = new EmlFolderTransport(folder.MailPath, $"policyflows@{DemonstrationMail.Domain}", "PolicyFlows demonstration"),
            Key = new ServerKey(folder.ServerKey.Span), BusinessTime = time, Address = address, CookieKeys = new DirectoryInfo(folder.KeysPath),
        });
        builder.Services.AddSingleton(FolderKind.Demonstration).AddSingleton(new EmlFolder(folder.MailPath)).AddSingleton(time);
        builder.Services.AddSingleton<IDemonstrationClock, DemonstrationClock>();
        var blobs = evidence as EvidenceBlobs;
        builder.Services.AddSingleton<IHealthProbe>(_ => new StoreProbe(folder.Records, () => folder.Database.Fault, blobs is null ? null : () => DiskSpace.Of(folder.Path).Problem));
        builder.Services.AddSingleton<IHealthProbe, EngineProbe>().AddSingleton<IHealthProbe, MailProbe>();
        builder.Services.AddSingleton<IHealthProbe>(_ => blobs is null ? new EvidenceProbe(folder.Path) : new EvidenceBlobsProbe(blobs));
        builder.Services.AddHostedService(s => s.GetRequiredService<Runner>());

        var app = builder.Build();
        await SeedAsync(app.Services.GetRequiredService<DirectoryStore>());
        app.Run(WebApplicationPipeline.Build(app.Services));
        return app;
    }

    /// <summary>Fills a new demonstration with its made-up trust.</summary>
    public static async Task SeedAsync(DirectoryStore directories)
    {
        if (await directories.LoadAsync() is null) await directories.CreateAsync(DemonstrationSeed.Create());
    }
}

internal static class DemonstrationMail
{
    // Reserved (RFC 2606): nothing sent from here can reach anyone.
    public const string Domain = "policyflows.example";
}
