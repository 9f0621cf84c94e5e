using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;
using PolicyFlows.Server.Hosting;
using PolicyFlows.Storage;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>The whole program on virtual time and stores of its own, composed as the server composes it. Nothing runs unless the test says so.</summary>
public sealed class TestProgram : IAsyncDisposable
{
    private readonly IServiceProvider services;
    private readonly IHost? web;
    private readonly DirectoryInfo folder;

    private TestProgram(IServiceProvider services, IHost? web, VirtualTime time, SentMail mail, IOrchestrationStore engine, DirectoryInfo folder)
    {
        this.services = services;
        this.web = web;
        this.folder = folder;
        Time = time;
        Mail = mail;
        Engine = engine;
        Start = time.Now;
    }

    /// <summary>Business and system time, which a test moves together.</summary>
    public VirtualTime Time { get; }

    /// <summary>Everything that was mailed.</summary>
    public SentMail Mail { get; }

    /// <summary>The engine's store, for wiping.</summary>
    public IOrchestrationStore Engine { get; }

    /// <summary>When the test began; hours are counted from here.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Services of the program.</summary>
    public IServiceProvider Services => services;

    /// <summary>Committed turns so far.</summary>
    public int Turns { get; private set; }

    /// <summary>After this turn the engine is wiped; 0 for never.</summary>
    public int WipeAfterTurn { get; set; }

    /// <summary>The engine is wiped whenever nothing is left to do.</summary>
    public bool WipeWhenQuiet { get; set; }

    private bool wiped;

    public static async Task<TestProgram> StartAsync(
        DateTimeOffset at, Func<TrustDirectory, TrustDirectory>? directory = null, bool pages = false)
    {
        var time = new VirtualTime(at);
        var mail = new SentMail(time);
        var engine = new InMemoryOrchestrationStore();
        var folder = Directory.CreateTempSubdirectory("policyflows-test-");
        var ports = new EmbeddedPorts
        {
            Records = new InMemoryRecordStore(), Evidence = new EvidenceFiles(folder.FullName), Engine = engine, Mail = mail,
            Key = new ServerKey(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray()), BusinessTime = time, SystemTime = time,
            Address = new ProgramAddress("http://program.test"),
        };
        var web = pages ? await ServeAsync(ports) : null;
        // Without pages nothing is validated: what they need of a web host is not there.
        var services = web?.Services ?? new ServiceCollection().AddLogging().AddPolicyFlowsEmbedded(ports).BuildServiceProvider();
        var seed = DemonstrationSeed.Create();
        await services.GetRequiredService<DirectoryStore>().CreateAsync(directory?.Invoke(seed) ?? seed);
        var program = new TestProgram(services, web, time, mail, engine, folder);
        services.GetRequiredService<OrchestrationWorker>().TurnCommitted = program.CountTurnAsync;
        return program;
    }

    /// <summary>A new device on the pages.</summary>
    public WebBrowser Browser() => new(web!.GetTestServer().CreateHandler(), "http://program.test");

    private static async Task<IHost> ServeAsync(EmbeddedPorts ports)
    {
        var host = new HostBuilder()
            .UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = true)
            .ConfigureWebHost(server => server
                .UseTestServer(options => options.PreserveExecutionContext = false)
                .ConfigureServices(collection => collection.AddPolicyFlowsEmbedded(ports)
                    .AddSingleton(PolicyFlows.Core.Settings.FolderKind.Real)
                    .AddSingleton<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider, Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider>())
                .Configure(app => app.Run(WebApplicationPipeline.Build(app.ApplicationServices))))
            .Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>A service of the program.</summary>
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Who acts, now.</summary>
    public ProcessContext As(string personKey, string process = "test", string? onBehalfOf = null) => new(process, personKey, Time.Now, onBehalfOf);

    /// <summary>Lets everything happen that is due at this moment.</summary>
    public async Task RunAsync()
    {
        var runner = Get<Runner>();
        await runner.RunUntilIdleAsync();
        while (wiped)
        {
            wiped = false;
            await Get<Sweep>().RunAsync();
            await runner.RunUntilIdleAsync();
        }

        if (WipeWhenQuiet)
        {
            await Engine.WipeAsync();
            await Get<Sweep>().RunAsync();
            await runner.RunUntilIdleAsync();
        }
    }

    /// <summary>Moves time to so many hours after the start, from due moment to due moment.</summary>
    public async Task AtAsync(double hours)
    {
        var target = Start + TimeSpan.FromHours(hours);
        await RunAsync();
        while (Get<Runner>().NextDue is var next && next <= target)
        {
            if (next > Time.Now) Time.Now = next;
            await RunAsync();
        }

        Time.Now = target;
        await RunAsync();
    }

    /// <summary>The server is off until then: time passes and nothing runs. At the start that follows the sweep comes first.</summary>
    public async Task OffUntilAsync(double hours)
    {
        Time.Now = Start + TimeSpan.FromHours(hours);
        await Get<Sweep>().RunAsync();
        await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (web is not null) await web.StopAsync();
        web?.Dispose();
        if (web is null) await ((ServiceProvider)services).DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task CountTurnAsync(string instanceId)
    {
        Turns++;
        if (Turns != WipeAfterTurn) return;
        await Engine.WipeAsync();
        wiped = true;
    }
}

/// <summary>Time that stands still until it is set.</summary>
public sealed class VirtualTime(DateTimeOffset at) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = at;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A mail server that keeps what it was given, and can be down.</summary>
public sealed class SentMail(VirtualTime time) : IMailTransport
{
    public List<(DateTimeOffset At, MailMessageText Message)> All { get; } = [];

    public bool Down { get; set; }

    /// <summary>Addresses that are refused for good.</summary>
    public HashSet<string> Refused { get; } = [];

    public Task SendAsync(MailMessageText message, CancellationToken cancellation = default)
    {
        if (Down) throw new MailUnavailableException("The server does not answer.");
        if (Refused.Contains(message.ToAddress)) throw new MailRefusedException("550 no such mailbox");
        All.Add((time.Now, message));
        return Task.CompletedTask;
    }

    public Task<string?> ProbeAsync(CancellationToken cancellation = default) => Task.FromResult<string?>(Down ? "down" : null);
}
