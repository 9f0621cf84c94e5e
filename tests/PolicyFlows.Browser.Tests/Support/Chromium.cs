using Microsoft.Playwright;
using PolicyFlows.Browser.Tests.Support;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace PolicyFlows.Browser.Tests.Support;

/// <summary>One headless browser for all tests: the one that POLICYFLOWS_CHROMIUM names. None is ever downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Switches that keep the browser to itself: it asks nobody for anything.</summary>
    private static readonly string[] Switches =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Path of the browser's program, or null.</summary>
    public static string? Program => Environment.GetEnvironmentVariable("POLICYFLOWS_CHROMIUM") is { Length: > 0 } path ? path : null;

    /// <summary>The running browser.</summary>
    public IBrowser Browser => browser ?? throw new InvalidOperationException("No browser runs; the test should have been skipped.");

    /// <summary>Skips the test where there is no browser.</summary>
    public static void Need() => Assert.SkipWhen(Program is null, "POLICYFLOWS_CHROMIUM names no Chromium, so this was not tried in a browser.");

    public async ValueTask InitializeAsync()
    {
        if (Program is null) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Headless = true, Args = Switches });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
