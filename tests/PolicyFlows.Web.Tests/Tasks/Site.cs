using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
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

namespace PolicyFlows.Web.Tests.Tasks;

/// <summary>The whole program behind a test server, on a business time and a system time that a test moves apart. Nothing runs unless the test says so.</summary>
public sealed class Site : IAsyncDisposable
{
    /// <summary>Sunday 22:00 in winter, as the stories begin.</summary>
    public static readonly DateTimeOffset Sunday = new(2026, 11, 22, 22, 0, 0, TimeSpan.Zero);

    /// <summary>Stands in everything that was told, and nowhere else.</summary>
    public const string Canary = "canary-7391 said in the story";

    private readonly IHost host;
    private readonly DirectoryInfo folder;

    private Site(IHost host, DirectoryInfo folder, VirtualTime business, VirtualTime system, SentMail mail) =>
        (this.host, this.folder, Business, System, Mail) = (host, folder, business, system, mail);

    public VirtualTime Business { get; }

    public VirtualTime System { get; }

    public SentMail Mail { get; }

    public DateTimeOffset Start { get; private init; }

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    public IRecordStore Records => Get<IRecordStore>();

    public static async Task<Site> StartAsync(
        Func<TrustDirectory, TrustDirectory>? directory = null, DateTimeOffset? at = null, IRecordStore? records = null, Action<IServiceCollection>? more = null)
    {
        var business = new VirtualTime(at ?? Sunday);
        var system = new VirtualTime(new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero));
        var mail = new SentMail(business);
        var folder = Directory.CreateTempSubdirectory("policyflows-site-");
        var host = new HostBuilder()
            .ConfigureWebHost(web => web
                .UseTestServer(options => options.PreserveExecutionContext = false)
                .ConfigureServices(services =>
                {
                    services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
                    services.AddPolicyFlowsEmbedded(new EmbeddedPorts
                    {
                        Records = records ?? new InMemoryRecordStore(), Evidence = new EvidenceFiles(folder.FullName), Engine = new InMemoryOrchestrationStore(), Mail = mail,
                        Key = new ServerKey(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray()), BusinessTime = business, SystemTime = system,
                        Address = new ProgramAddress("http://localhost"),
                    });
                    more?.Invoke(services);
                })
                .Configure(app => app.Run(WebApplicationPipeline.Build(app.ApplicationServices))))
            .Build();
        await host.StartAsync();
        var seed = DemonstrationSeed.Create();
        await host.Services.GetRequiredService<DirectoryStore>().CreateAsync(directory?.Invoke(seed) ?? seed);
        return new Site(host, folder, business, system, mail) { Start = business.Now };
    }

    /// <summary>A new device.</summary>
    public WebBrowser Browser() => new(host.GetTestServer().CreateHandler());

    /// <summary>Lets everything happen that is due.</summary>
    public Task RunAsync() => Get<Runner>().RunUntilIdleAsync();

    /// <summary>Moves business time to so many hours after the start, from due moment to due moment.</summary>
    public async Task AtAsync(double hours)
    {
        var target = Start + TimeSpan.FromSeconds(Math.Round(hours * 3600));
        await RunAsync();
        while (Get<Runner>().NextDue is var next && next <= target)
        {
            if (next > Business.Now) Business.Now = next;
            await RunAsync();
        }

        Business.Now = target;
        await RunAsync();
    }

    public ProcessContext As(string key) => new("test", key, Business.Now);

    public static string EmailOf(string personId) => DemonstrationSeed.Create().Person(personId)!.Email!;

    /// <summary>A report by a teacher about herself, or by her for a colleague, and everything that follows at once.</summary>
    public async Task<string> ReportAsync(
        TargetOptions? target = null, CasePerson? harmed = null, CasePerson? reporter = null, IReadOnlyList<string>? named = null, bool noTarget = false)
    {
        var reference = Receipts.NewReference("INC");
        reporter ??= new CasePerson(DemonstrationSeed.Teacher, "A Teacher", EmailOf(DemonstrationSeed.Teacher));
        await Get<IncidentDesk>().ReceiveAsync(new ReportOptions
        {
            Reference = reference, ReceiptCode = Receipts.NewCode(), SchoolId = DemonstrationSeed.FirstSchool, Story = new IncidentStory(Canary),
            Reporter = reporter, Harmed = harmed ?? reporter, Targets = noTarget ? [] : [target ?? Post], NamedPersonIds = named ?? [],
        }, As(reporter.PersonId ?? CasePeople.ReporterKey));
        await RunAsync();
        return reference;
    }

    /// <summary>A post on a host that takes requests from anybody.</summary>
    public static TargetOptions Post { get; } = new(TargetKind.Post, "https://www.reddit.com/r/school/comments/1/insult", "https://www.reddit.com/r/school/comments/1/insult", null, "reddit", false);

    public Task<IncidentRecord> IncidentAsync(string caseId) => Get<CaseStore>().NeedAsync<IncidentRecord>(caseId, Rows.Case);

    public async Task<TaskRecord> TaskAsync(string caseId, TaskKind kind) =>
        (await Get<CaseStore>().ListAsync<TaskRecord>(caseId, Rows.TaskPrefix)).Select(t => t.Value).Last(t => t.Kind == kind);

    /// <summary>The newest link that was mailed to an address, of a task of that kind if one is named.</summary>
    public string LinkTo(string email, string? taskId = null, string? caseId = null) =>
        LinksTo(email).Last(l =>
            (taskId is null || l.Contains($"~{taskId}~", StringComparison.Ordinal)) && (caseId is null || l.StartsWith($"/t/{caseId}~", StringComparison.Ordinal)));

    /// <summary>The newest code that was mailed to an address.</summary>
    public string CodeTo(string email) =>
        LinesTo(email).Last(l => l.Length == 6 && l.All(char.IsAsciiDigit));

    /// <summary>A device on which somebody has opened a task from their mail.</summary>
    public async Task<WebBrowser> OpenAsync(string email, string? taskId = null, string? caseId = null)
    {
        var browser = Browser();
        await browser.OpenAsync(LinkTo(email, taskId, caseId));
        await browser.Page.Form("Email me a code").SubmitAsync();
        await RunAsync();
        await browser.Page.Form("Open the task").Fill("6-digit code", CodeTo(email)).SubmitAsync();
        Assert.StartsWith("/tasks/", browser.Page.Path, StringComparison.Ordinal);
        return browser;
    }

    /// <summary>A device on which somebody has signed in.</summary>
    public async Task<WebBrowser> SignInAsync(string email)
    {
        var browser = Browser();
        await browser.OpenAsync(Links.SignIn.Start());
        await browser.Page.Form().Fill("Your work email address", email).SubmitAsync();
        await RunAsync();
        await browser.Page.Form("Sign in").Fill("6-digit code", CodeTo(email)).SubmitAsync();
        Assert.Equal(Links.Dashboard.Home(), browser.Page.Path);
        return browser;
    }

    /// <summary>Sends a request with a device's cookies and without following: for many at once.</summary>
    public async Task<(System.Net.HttpStatusCode Status, string Body)> SendRawAsync(WebBrowser device, HttpRequestMessage request)
    {
        using var client = new HttpClient(host.GetTestServer().CreateHandler());
        foreach (var set in device.Answers.SelectMany(a => a.Answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []).Select(c => c.Split(';')[0]).GroupBy(c => c.Split('=')[0]).Select(g => g.Last()))
            request.Headers.TryAddWithoutValidation("Cookie", set);
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A person leaves the trust.</summary>
    public async Task LeaveAsync(string personId)
    {
        var store = Get<DirectoryStore>();
        await store.SaveAsync(new DirectoryChange { People = [(await store.RequireAsync()).Person(personId)! with { Active = false }] });
    }

    /// <summary>A form token of this device, from any form it has seen.</summary>
    public static async Task<string> TokenAsync(WebBrowser browser)
    {
        foreach (var (_, _, answer) in Enumerable.Reverse(browser.Answers))
        {
            const string Before = "name=\"_token\" value=\"";
            var page = await answer.Content.ReadAsStringAsync();
            if (page.IndexOf(Before, StringComparison.Ordinal) is >= 0 and var at) return page[(at + Before.Length)..].Split('"')[0];
        }

        throw new InvalidOperationException("No form was seen.");
    }

    /// <summary>Every row of a case with its version: equal before and after means that nothing was changed.</summary>
    public async Task<string> PictureAsync(string partition)
    {
        var lines = new List<string>();
        string? continuation = null;
        do
        {
            var page = await Records.RangeAsync(partition, "", continuation);
            lines.AddRange(page.Rows.Select(r => $"{r.Row} {r.Tag} {r.Data}"));
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return string.Join('\n', lines);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>The links in the mails to an address, oldest first.</summary>
    public IReadOnlyList<string> LinksTo(string email) =>
        [.. LinesTo(email).Where(l => l.StartsWith("http://localhost/t/", StringComparison.Ordinal)).Select(l => new Uri(l).PathAndQuery)];

    private IEnumerable<string> LinesTo(string email) =>
        Mail.All.Where(m => m.Message.ToAddress == email).SelectMany(m => m.Message.Body.Split('\n')).Select(l => l.Trim());
}
