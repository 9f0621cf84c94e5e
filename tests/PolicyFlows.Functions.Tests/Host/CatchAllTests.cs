using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Functions.Hosting;
using PolicyFlows.Functions.Http;
using PolicyFlows.Web.Tests.Report;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Functions.Tests.Host;

/// <summary>
/// The pages behind the catch-all function, in the order of the worker's own pipeline: routing matches the function, which calls the inner
/// pipeline. The host's proxy in front of it is not here.
/// </summary>
public sealed class CatchAllTests : IAsyncLifetime
{
    private TestProgram program = null!;

    public async ValueTask InitializeAsync() => program = await TestProgram.StartAsync(new()
    {
        More = services => services.AddSingleton<CurrentHub>().AddSingleton<Invocation>().AddSingleton<SitePipeline>().AddSingleton<Site>().AddRouting(),
        Serve = app => app.UseRouting().UseEndpoints(routes => routes.MapMethods("{*path}", ["GET", "HEAD", "POST"], async (HttpContext context) =>
        {
            await context.RequestServices.GetRequiredService<Site>().ServeAsync(context.Request, null!);
            return Results.Empty;
        })),
    });

    public ValueTask DisposeAsync() => program.DisposeAsync();

    [Fact]
    public async Task A_page_is_served_and_HEAD_is_the_same_without_a_body()
    {
        using var client = new HttpClient(program.Handler()) { BaseAddress = new Uri(TestProgram.Address) };
        var get = await client.GetAsync("/");
        var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        Assert.Equal(200, (int)get.StatusCode);
        Assert.Contains("Report abuse of staff", await get.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(200, (int)head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_style_sheet_is_served_and_an_unknown_path_is_not_found()
    {
        using var client = new HttpClient(program.Handler()) { BaseAddress = new Uri(TestProgram.Address) };
        var page = await client.GetStringAsync("/");
        var sheet = page.Split("href=\"")[1..].Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)]).First(link => link.Contains(".css", StringComparison.Ordinal));
        var css = await client.GetAsync(sheet);
        Assert.Equal((200, "text/css"), ((int)css.StatusCode, css.Content.Headers.ContentType!.MediaType));
        Assert.Equal(404, (int)(await client.GetAsync("/no/such/page")).StatusCode);
    }

    [Fact]
    public async Task A_report_is_sent_through_its_forms()
    {
        var confirmed = await Walk.SendAsync(program.Browser(), new Filled { Screenshot = true });
        Assert.StartsWith("INC-", confirmed.Reference, StringComparison.Ordinal);
        Assert.Single(program.EvidenceFiles);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var client = new HttpClient(program.Handler()) { BaseAddress = new Uri(TestProgram.Address) };
        var answer = await client.PostAsync("/report", new FormUrlEncodedContent([new("child", "no")]));
        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_forged_header_of_the_platform_is_nobody_where_the_platform_signs_nobody_in()
    {
        var (browser, _) = program.Device(WorkPlatform.Of(Steps.EmailOf(PolicyFlows.Core.People.DemonstrationSeed.Manager)));
        await browser.OpenAsync("/sign-in/work");
        Assert.Equal("/sign-in", browser.Page.Path);
        await browser.PostAsync("/sign-in/work", [new("_token", await browser.TokenAsync())]);
        Assert.Equal("/sign-in", browser.Page.Path);
        Assert.Equal("/sign-in", (await browser.OpenAsync("/dashboard")).Path);
    }

    [Fact]
    public async Task A_file_of_25_MiB_arrives_whole()
    {
        var browser = program.Browser();
        var page = await Walk.ImagesAsync(await Walk.ToAsync(browser, "/report/files"));
        byte[] file = [.. SampleFiles.Png, .. new byte[(25 * 1024 * 1024) - SampleFiles.Png.Length]];
        await Walk.UploadAsync(page, "large.png", file);
        Assert.Equal(file.Length, new FileInfo(program.EvidencePaths.Single()).Length);
    }
}
