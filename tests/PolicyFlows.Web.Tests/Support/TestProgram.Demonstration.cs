using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Tests.Support;

public sealed partial class TestProgram
{
    /// <summary>Moves of the demonstration's clock that were asked for.</summary>
    public List<TimeSpan> Moves { get; } = [];

    private string MailPath => Path.Combine(folder.FullName, "mail");

    /// <summary>Starts a demonstration: people sign in without a code, mails lie in a folder, the clock can be moved.</summary>
    public static Task<TestProgram> DemonstrationAsync(ProgramNeeds? needs = null) => StartAsync((needs ?? new()) with { Kind = FolderKind.Demonstration });

    /// <summary>A device on which one of the made-up people of a demonstration is signed in.</summary>
    public async Task<WebBrowser> AsAsync(string personId)
    {
        var browser = Browser();
        await browser.OpenAsync(Links.Demonstration.SignInAs());
        await browser.PostAsync(Links.Demonstration.SignInAs(), [new("_token", await browser.TokenAsync()), new("person", personId)]);
        Assert.Equal(Links.Dashboard.Home(), browser.Page.Path);
        return browser;
    }

    /// <summary>Puts everything that was mailed into the folder that /mailbox shows.</summary>
    public async Task DeliverAsync()
    {
        var transport = new EmlFolderTransport(MailPath, "policyflows@policyflows.example", "PolicyFlows");
        foreach (var (_, message) in Mail.All) await transport.SendAsync(message);
    }

    private void AddDemonstration(IServiceCollection services)
    {
        Directory.CreateDirectory(MailPath);
        services.AddSingleton(new EmlFolder(MailPath)).AddSingleton<IDemonstrationClock>(new MovedByTest(this));
    }

    private sealed class MovedByTest(TestProgram program) : IDemonstrationClock
    {
        public DateTimeOffset Now => program.Time.Business.Now;

        public Task MoveAsync(TimeSpan by, CancellationToken cancellation = default)
        {
            program.Moves.Add(by);
            program.Time.Business.Now += by;
            return Task.CompletedTask;
        }
    }
}
