using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using PolicyFlows.Core.Mail;
using PolicyFlows.Server.Hosting;
using PolicyFlows.Storage;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Browser.Tests.Support;

/// <summary>The real server on a fresh demonstration folder, one per test class.</summary>
public sealed class ProgramServer(Chromium chromium) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("policyflows-browser-");
    private DataFolder? data;
    private WebApplication? app;

    /// <summary>Front part of its addresses.</summary>
    public string Address { get; } = $"http://127.0.0.1:{FreePort()}";

    /// <summary>What the server logged as an error.</summary>
    public LoggedErrors Errors { get; } = new();

    /// <summary>All mails that went out, oldest first.</summary>
    public IReadOnlyList<EmlMessage> Mails() => new EmlFolder(data!.MailPath).List();

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Program is null) return;
        var path = Path.Combine(folder.FullName, "data");
        data = DataFolder.Open(path, TimeProvider.System);
        app = await EmbeddedServer.BuildAsync(data, new ServerOptions(path, new Uri(Address), AllowNetwork: false));
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(Errors);
        await app.StartAsync();
    }

    /// <summary>Does what is still to be done without anybody's act, so that nothing changes by itself afterwards.</summary>
    public Task QuietAsync()
    {
        var runner = app!.Services.GetRequiredService<Runner>();
        return runner.AloneAsync(() => runner.RunUntilIdleAsync());
    }

    /// <summary>A person with a browser of their own.</summary>
    /// <param name="line">What the person reaches the server by; null for directly.</param>
    public async Task<Person> PersonAsync(Conditions? conditions = null, BreakableLine? line = null)
    {
        var under = conditions ?? new Conditions();
        var address = line?.Address ?? Address;
        var context = await chromium.Browser.NewContextAsync(Options(under, address));
        var twin = under.Script || !under.Checked ? null : await Twin.BeginAsync(await chromium.Browser.NewContextAsync(Options(under with { Script = true }, address)));
        return await Person.BeginAsync(context, twin, address, under);
    }

    private static BrowserNewContextOptions Options(Conditions under, string address) => new()
    {
        BaseURL = address, Locale = "en-GB", TimezoneId = "Europe/London", JavaScriptEnabled = under.Script,
        ViewportSize = new() { Width = under.Width, Height = under.Height },
        ForcedColors = under.ForcedColors ? ForcedColors.Active : ForcedColors.None,
        ReducedMotion = under.ReducedMotion ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
    };

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        data?.Dispose();
        folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>How a person looks at the pages.</summary>
public sealed record Conditions
{
    /// <summary>Width in CSS pixels. 320 is also what a screen of 1280 shows at 400 % (WCAG 1.4.10).</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Height in CSS pixels.</summary>
    public int Height { get; init; } = 900;

    /// <summary>Whether scripts run.</summary>
    public bool Script { get; init; } = true;

    /// <summary>High contrast: the system's colours instead of the page's.</summary>
    public bool ForcedColors { get; init; }

    /// <summary>The system asks for little motion.</summary>
    public bool ReducedMotion { get; init; }

    /// <summary>Every page is looked at when it has loaded. Off where a test only needs to get somewhere.</summary>
    public bool Checked { get; init; } = true;
}
