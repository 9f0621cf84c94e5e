using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using PolicyFlows.Web.Tests.Tasks;

namespace PolicyFlows.Web.Tests.Demonstration;

/// <summary>The program as a demonstration: people sign in without a code, mails lie in a folder, the clock can be moved.</summary>
public sealed class Demo : IAsyncDisposable
{
    private readonly DirectoryInfo mails = Directory.CreateTempSubdirectory("policyflows-mails-");
    private readonly MovedByTest clock = new();

    public Site Site { get; private set; } = null!;

    /// <summary>Moves of the clock that were asked for.</summary>
    public IReadOnlyList<TimeSpan> Moves => clock.Moves;

    public static async Task<Demo> StartAsync(Func<TrustDirectory, TrustDirectory>? directory = null, DateTimeOffset? at = null, IRecordStore? records = null)
    {
        var demo = new Demo();
        demo.Site = await Site.StartAsync(directory, at, records, services => services
            .AddSingleton(FolderKind.Demonstration).AddSingleton(new EmlFolder(demo.mails.FullName)).AddSingleton<IDemonstrationClock>(demo.clock));
        demo.clock.Site = demo.Site;
        return demo;
    }

    /// <summary>A device on which one of the made-up people is signed in.</summary>
    public async Task<WebBrowser> AsAsync(string personId)
    {
        var browser = Site.Browser();
        await browser.OpenAsync(Links.Demonstration.SignInAs());
        var token = await Site.TokenAsync(browser);
        await browser.PostAsync(Links.Demonstration.SignInAs(), [new("_token", token), new("person", personId)]);
        Assert.Equal(Links.Dashboard.Home(), browser.Page.Path);
        return browser;
    }

    /// <summary>Puts everything that was mailed into the folder that /mailbox shows.</summary>
    public async Task DeliverAsync()
    {
        var transport = new EmlFolderTransport(mails.FullName, "policyflows@policyflows.example", "PolicyFlows");
        foreach (var (_, message) in Site.Mail.All) await transport.SendAsync(message);
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        mails.Delete(recursive: true);
    }

    private sealed class MovedByTest : IDemonstrationClock
    {
        public Site? Site { get; set; }

        public List<TimeSpan> Moves { get; } = [];

        public DateTimeOffset Now => Site!.Business.Now;

        public Task MoveAsync(TimeSpan by, CancellationToken cancellation = default)
        {
            Moves.Add(by);
            Site!.Business.Now += by;
            return Task.CompletedTask;
        }
    }
}
