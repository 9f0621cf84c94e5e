using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;
using PolicyFlows.Server.Hosting;
using PolicyFlows.Storage;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Report;

/// <summary>The whole program behind its pages, on virtual time; the store and the mail server fail when a test says so.</summary>
public sealed class PublicSite : IAsyncDisposable
{
    private readonly IHost host;
    private readonly DirectoryInfo folder;

    private PublicSite(IHost host, VirtualTime time, SentMail mail, BreakableRecords records, HeldMail held, DirectoryInfo folder) =>
        (this.host, Time, Mail, Records, Held, this.folder) = (host, time, mail, records, held, folder);

    public static DateTimeOffset SundayNight { get; } = new(2026, 11, 22, 22, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset MondayMorning { get; } = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    public static byte[] Png { get; } = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0];

    /// <summary>Business and system time.</summary>
    public VirtualTime Time { get; }

    public SentMail Mail { get; }

    public BreakableRecords Records { get; }

    public HeldMail Held { get; }

    /// <summary>Names of the evidence files on the disk.</summary>
    public IReadOnlyList<string> EvidenceFiles => [.. folder.EnumerateFiles().Select(f => f.Name)];

    public static async Task<PublicSite> StartAsync(DateTimeOffset? at = null, Func<TrustDirectory, TrustDirectory>? directory = null)
    {
        var time = new VirtualTime(at ?? SundayNight);
        var mail = new SentMail(time);
        var held = new HeldMail(mail);
        var records = new BreakableRecords();
        var folder = Directory.CreateTempSubdirectory("policyflows-public-");
        var host = new HostBuilder()
            .ConfigureWebHost(web => web
                .UseTestServer(options => options.PreserveExecutionContext = false)
                .ConfigureServices(services =>
                {
                    services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
                    services.AddPolicyFlowsEmbedded(new EmbeddedPorts
                    {
                        Records = records, Evidence = new EvidenceFiles(folder.FullName), Engine = new InMemoryOrchestrationStore(), Mail = held,
                        Key = new ServerKey(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray()), BusinessTime = time, SystemTime = time,
                        Address = new ProgramAddress("http://program.test"),
                    });
                    services.AddSingleton(PolicyFlows.Core.Settings.FolderKind.Real);
                })
                .Configure(app => app.Run(WebApplicationPipeline.Build(app.ApplicationServices))))
            .Build();
        await host.StartAsync();
        var seed = DemonstrationSeed.Create();
        var people = host.Services.GetRequiredService<DirectoryStore>();
        await people.CreateAsync(directory?.Invoke(seed) ?? seed);
        await people.LoadAsync();
        return new(host, time, mail, records, held, folder);
    }

    public WebBrowser Browser() => new(host.GetTestServer().CreateHandler());

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Lets everything happen that is due.</summary>
    public Task RunAsync() => Get<Runner>().RunUntilIdleAsync();

    public Task<IncidentRecord> IncidentAsync(string reference) => Get<CaseStore>().NeedAsync<IncidentRecord>(reference, Rows.Case);

    public Task<CasePeople> PeopleAsync(string reference) => Get<CaseStore>().NeedAsync<CasePeople>(reference, Rows.People);

    public Task<TaskRecord> TaskAsync(string reference, string id) => Get<CaseStore>().NeedAsync<TaskRecord>(reference, Rows.Task(id));

    /// <summary>References of all cases that are stored, of one kind.</summary>
    public async Task<IReadOnlyList<string>> CasesAsync(string prefix)
    {
        var found = new List<string>();
        await foreach (var id in Get<CaseListing>().AllAsync(prefix))
            if (await Get<CaseStore>().GetAsync<CaseCommon>(id, Rows.Case) is not null) found.Add(id);
        return found;
    }

    public ProcessContext As(string person) => new("test", person, Time.Now);

    /// <summary>Subjects mailed to a person, by the part of the address before the @.</summary>
    public IReadOnlyList<string> SubjectsTo(string name) =>
        [.. Mail.All.Where(m => m.Message.ToAddress.StartsWith(name, StringComparison.Ordinal)).Select(m => m.Message.Subject)];

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        folder.Delete(recursive: true);
    }
}

/// <summary>A store whose disk is full when a test says so.</summary>
public sealed class BreakableRecords : IRecordStore
{
    private readonly InMemoryRecordStore inner = new();

    /// <summary>Partitions whose writes fail; null for none.</summary>
    public Func<string, bool>? FullFor { get; set; }

    /// <summary>Reads fail too.</summary>
    public bool Dead { get; set; }

    public Task<StoredRow?> GetAsync(string partition, string row, CancellationToken cancellation = default) =>
        Dead ? throw new StorageFailedException("The database could not be read.") : inner.GetAsync(partition, row, cancellation);

    public Task<RowPage> RangeAsync(string partition, string prefix, string? continuation = null, int take = 1000, CancellationToken cancellation = default) =>
        Dead ? throw new StorageFailedException("The database could not be read.") : inner.RangeAsync(partition, prefix, continuation, take, cancellation);

    public Task<IReadOnlyList<string?>> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellation = default) =>
        Dead || FullFor?.Invoke(partition) == true ? throw new StorageFullException() : inner.CommitAsync(partition, writes, cancellation);
}

/// <summary>A mail server that takes its time when a test says so.</summary>
public sealed class HeldMail(SentMail inner) : IMailTransport
{
    /// <summary>While set, nothing is answered before it is completed.</summary>
    public TaskCompletionSource? Hold { get; set; }

    public async Task SendAsync(MailMessageText message, CancellationToken cancellation = default)
    {
        if (Hold is { } hold) await hold.Task;
        await inner.SendAsync(message, cancellation);
    }

    public Task<string?> ProbeAsync(CancellationToken cancellation = default) => inner.ProbeAsync(cancellation);
}
