using System.Net;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Pipeline;

public sealed class PipelineTests
{
    [Theory]
    [InlineData("/", 200)]
    [InlineData("/form", 200)]
    [InlineData("/nothing-here", 404)]
    [InlineData("/status/403", 403)]
    [InlineData("/status/410", 410)]
    [InlineData("/status/413", 413)]
    [InlineData("/status/429", 429)]
    [InlineData("/status/503", 503)]
    [InlineData("/own-error", 503)]
    [InlineData("/throws", 500)]
    [InlineData("/leave", 500)]
    [InlineData("/assets/0/policyflows.css", 404)]
    public async Task Every_answer_carries_the_security_headers_and_is_not_kept(string path, int status)
    {
        await using var host = await PipelineHost.StartAsync(null, new TestPages());
        using var browser = host.Browser();

        var page = await browser.OpenAsync(path);

        Assert.Equal(status, (int)page.Status);
        AssertHeaders(page);
        Assert.Equal("no-store", page.Answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Assets_are_kept_for_ever_and_carry_the_headers_too()
    {
        await using var host = await PipelineHost.StartAsync();
        using var browser = host.Browser();

        foreach (var name in EmbeddedAssets.Names)
        {
            var page = await browser.OpenAsync(Links.Asset(name));

            Assert.Equal(HttpStatusCode.OK, page.Status);
            AssertHeaders(page);
            Assert.Equal("public, max-age=31536000, immutable", page.Answer.Headers.GetValues("Cache-Control").Single());
        }

        Assert.Equal(["govuk-frontend.js", "icon.svg", "plain.svg", "policyflows.css", "policyflows.js"], EmbeddedAssets.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Head_is_get_without_a_body()
    {
        await using var host = await PipelineHost.StartAsync(null, new TestPages());
        using var browser = host.Browser();

        foreach (var (path, status) in new[] { ("/", 200), ("/nothing-here", 404), ("/throws", 500), ("/own-error", 503) })
        {
            var page = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

            Assert.Equal(status, (int)page.Status);
            Assert.Empty(page.Bytes);
            AssertHeaders(page);
        }
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Other_methods_are_refused(string method)
    {
        await using var host = await PipelineHost.StartAsync(null, new TestPages());
        using var browser = host.Browser();

        var page = await browser.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/form"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, page.Status);
        AssertHeaders(page);
    }

    [Fact]
    public async Task An_error_page_says_what_to_do_and_not_what_broke()
    {
        await using var host = await PipelineHost.StartAsync(null, new TestPages());
        using var browser = host.Browser();

        var page = await browser.OpenAsync("/throws");

        Assert.Equal("Sorry, there is a problem with this service", page.Heading);
        Assert.Contains("Telephone your school office", page.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_words_its_own_error_keeps_its_words()
    {
        await using var host = await PipelineHost.StartAsync(null, new TestPages());
        using var browser = host.Browser();

        Assert.Equal("own words", (await browser.OpenAsync("/own-error")).Html);
    }

    [Fact]
    public async Task A_failing_description_of_the_surroundings_still_gives_a_page()
    {
        await using var host = await PipelineHost.StartAsync(services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions
            .AddScoped<IPageChrome, BrokenChrome>(services));
        using var browser = host.Browser();

        Assert.Equal(HttpStatusCode.InternalServerError, (await browser.OpenAsync("/")).Status);
        Assert.Equal("Page not found", (await browser.OpenAsync("/nothing-here")).Heading);
    }

    internal static void AssertHeaders(WebPage page)
    {
        string Header(string name) => string.Join(",", page.Answer.Headers.TryGetValues(name, out var values) ? values : []);
        Assert.Equal(SecurityHeaders.PagePolicy, Header("Content-Security-Policy"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header("Cross-Origin-Resource-Policy"));
        Assert.Contains("camera=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.NotEmpty(Header("Cache-Control"));
    }

    private sealed class BrokenChrome : IPageChrome
    {
        public ValueTask<PageContext> DescribeAsync(Microsoft.AspNetCore.Http.HttpContext context, CancellationToken cancellation = default) =>
            throw new InvalidOperationException("The store is down.");
    }
}
