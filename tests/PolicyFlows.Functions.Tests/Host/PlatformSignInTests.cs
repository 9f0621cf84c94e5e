using Microsoft.Extensions.Configuration;
using PolicyFlows.Core.People;
using PolicyFlows.Functions.Hosting;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Functions.Tests.Host;

/// <summary>The platform's setting decides whether its header is believed.</summary>
public sealed class PlatformSignInTests
{
    [Theory]
    [InlineData("True", "/sign-in/work")]
    [InlineData("False", "/sign-in")]
    [InlineData(null, "/sign-in")]
    public async Task The_header_is_believed_only_where_the_platform_says_that_it_writes_it(string? enabled, string page)
    {
        var settings = HostSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(CompositionTests.Whole, StringComparer.Ordinal)
        {
            ["WEBSITE_AUTH_ENABLED"] = enabled, ["PolicyFlows:SignIn:Tenant"] = WorkPlatform.Tenant.ToString(),
        }).Build());
        await using var program = await TestProgram.StartAsync(new() { More = services => services.AddPlatformSignIn(settings) });
        var (browser, _) = program.Device(WorkPlatform.Of(Steps.EmailOf(DemonstrationSeed.Manager)));
        Assert.Equal(page, (await browser.OpenAsync("/sign-in/work")).Path);
    }
}
