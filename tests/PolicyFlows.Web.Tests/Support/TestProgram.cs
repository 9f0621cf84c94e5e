using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Durable;
using PolicyFlows.Server.Hosting;
using PolicyFlows.Storage;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>The whole program on virtual time and stores of its own, composed as the server composes it. Nothing runs unless the test says so.</summary>
public sealed partial class TestProgram : IAsyncDisposable
{
    /// <summary>Front part of every link.</summary>
    public const string Address = WebBrowser.DefaultAddress;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("policyflows-test-");
    private readonly SqliteFile? database;
    private PipelineHost? web;
    private ServiceProvider? servicesAlone;

    private TestProgram(ProgramNeeds needs)
    {
        Time = new(needs.At, needs.Kind.IsDemonstration);
        Start = needs.At;
        Mail = new(Time.Business);
        database = needs.Sqlite ? SqliteFile.Open(Path.Combine(folder.FullName, "policyflows.db")) : null;
        Records = new(database is null ? new InMemoryRecordStore() : new SqliteRecordStore(database));
        Engine = database is null ? new InMemoryOrchestrationStore() : new SqliteOrchestrationStore(database);
    }

    /// <summary>Both clocks.</summary>
    public TwoClocks Time { get; }

    /// <summary>When the test began; hours are counted from here.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The mail server.</summary>
    public SentMail Mail { get; }

    /// <summary>The store.</summary>
    public WatchedRecords Records { get; }

    /// <summary>The engine's store, for wiping.</summary>
    public IOrchestrationStore Engine { get; }

    /// <summary>Services of the program.</summary>
    public IServiceProvider Services => web?.Services ?? servicesAlone!;

    /// <summary>Names of the evidence files on the disk.</summary>
    public IReadOnlyList<string> EvidenceFiles => [.. new DirectoryInfo(EvidencePath).EnumerateFiles().Select(f => f.Name)];

    /// <summary>The evidence files themselves.</summary>
    public IReadOnlyList<string> EvidencePaths => Directory.GetFiles(EvidencePath);

    private string EvidencePath => Path.Combine(folder.FullName, "evidence");

    /// <summary>Starts a program with what the test needs, and its made-up trust.</summary>
    public static async Task<TestProgram> StartAsync(ProgramNeeds? needs = null)
    {
        needs ??= new();
        var program = new TestProgram(needs);
        if (needs.Pages) program.web = await PipelineHost.ServeAsync(services => program.Compose(services, needs), serve: needs.Serve);
        else program.servicesAlone = program.Compose(new ServiceCollection().AddLogging(), needs).BuildServiceProvider();
        var seed = DemonstrationSeed.Create();
        var people = program.Get<DirectoryStore>();
        if (!needs.HasTrust) await people.CreateAsync(needs.Directory?.Invoke(seed) ?? seed);
        // A running server has read it before anybody asks for a page.
        await people.LoadAsync();
        program.Get<OrchestrationWorker>().TurnCommitted = program.CountTurnAsync;
        return program;
    }

    /// <summary>A service of the program.</summary>
    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Requests to the pages as they are, without a browser.</summary>
    public HttpMessageHandler Handler() => web!.Server.CreateHandler();

    /// <summary>A new device on the pages.</summary>
    public WebBrowser Browser() => new(web!.Server.CreateHandler(), Address);

    /// <summary>Who acts, now.</summary>
    public ProcessContext As(string personKey, string process = "test", string? onBehalfOf = null) => new(process, personKey, Time.Now, onBehalfOf);

    public async ValueTask DisposeAsync()
    {
        if (web is not null) await web.DisposeAsync();
        if (servicesAlone is not null) await servicesAlone.DisposeAsync();
        database?.Dispose();
        folder.Delete(recursive: true);
    }

    private IServiceCollection Compose(IServiceCollection services, ProgramNeeds needs)
    {
        services.AddPolicyFlowsEmbedded(new EmbeddedPorts
        {
            Records = Records, Evidence = new EvidenceFiles(EvidencePath), Engine = Engine, Mail = Mail,
            Key = new ServerKey([.. Enumerable.Range(1, 32).Select(i => (byte)i)]), BusinessTime = Time.Business, SystemTime = Time.System,
            Address = new ProgramAddress(Address),
        });
        services.AddSingleton(needs.Kind);
        if (needs.Kind.IsDemonstration) AddDemonstration(services);
        services.AddSingleton<IProgramLoop, OwnLoop>();
        needs.More?.Invoke(services);
        return services;
    }
}
