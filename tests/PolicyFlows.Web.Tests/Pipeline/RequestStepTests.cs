using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Pipeline;

public sealed class RequestStepTests
{
    [Fact]
    public async Task A_step_can_end_a_request_before_its_form_is_taken()
    {
        var pages = new TestPages();
        var step = new Gate();
        await using var host = await PipelineHost.StartAsync(s => s.AddSingleton<IRequestStep>(step), pages);
        using var browser = host.Browser();
        var form = (await browser.OpenAsync("/form")).Form("Continue").Fill("Name", "Ada").Choose("Red");
        step.Closed = true;

        var page = await form.SubmitAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Equal("This service is not available just now", page.Heading);
        Assert.Empty(pages.Taken);
    }

    [Fact]
    public async Task Steps_are_not_asked_about_assets()
    {
        await using var host = await PipelineHost.StartAsync(s => s.AddSingleton<IRequestStep>(new Gate { Closed = true }));
        using var browser = host.Browser();

        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(Links.Asset("icon.svg"))).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.OpenAsync("/")).Status);
    }

    [Fact]
    public async Task A_download_of_somebodys_file_may_run_and_load_nothing()
    {
        await using var host = await PipelineHost.StartAsync(null, new TestPages());
        using var browser = host.Browser();

        var page = await browser.OpenAsync("/download");

        Assert.Equal(SecurityHeaders.DownloadPolicy, page.Answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains("sandbox", SecurityHeaders.DownloadPolicy, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    private sealed class Gate : IRequestStep
    {
        public bool Closed { get; set; }

        public ValueTask<IResult?> BeforeAsync(HttpContext context) => new(Closed ? Page.Error(StatusCodes.Status503ServiceUnavailable) : null);
    }
}
