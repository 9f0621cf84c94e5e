using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Pipeline;

/// <summary>What a test server hides: real connections, and the pipeline behind somebody else's endpoint as in a Functions app.</summary>
public sealed class KestrelTests
{
    [Fact]
    public async Task Head_sends_no_byte_of_a_body_over_the_wire()
    {
        await using var app = await StartAsync();

        var answer = await SayAsync(app, "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy: default-src 'none'", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_oversize_file_gets_its_answer_although_the_browser_is_still_sending()
    {
        var pages = new TestPages();
        await using var app = await StartAsync(pages);
        using var browser = Browser(app);

        var page = await browser.OpenAsync("/form");
        page = await page.Form("Upload").Attach("File", "film.mp4", new byte[20 * 1024 * 1024]).SubmitAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.Status);
        Assert.Equal("That is too large", page.Heading);
        Assert.Empty(pages.Files);
    }

    [Fact]
    public async Task An_upload_whose_sender_vanishes_is_not_taken_and_the_server_goes_on()
    {
        var pages = new TestPages();
        await using var app = await StartAsync(pages);
        using var browser = Browser(app);
        var (head, body) = await RequestAsync(browser, (await browser.OpenAsync("/form")).Form("Upload").Attach("File", "a.png", new byte[30_000]));

        using (var socket = await ConnectAsync(app))
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(head));
            await socket.SendAsync(body.AsMemory(0, body.Length * 6 / 10));
            await pages.UploadBegun.Task.WaitAsync(TimeSpan.FromSeconds(30));
            socket.Close(0);
        }

        await pages.UploadLeft.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(pages.Files);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/")).Status);
    }

    [Theory]
    [InlineData("Upload")]
    [InlineData("Continue")]
    public async Task Senders_who_vanish_midway_are_no_errors_in_the_log(string button)
    {
        var pages = new TestPages();
        var errors = new LoggedErrors();
        await using var app = await StartAsync(pages, errors: errors);
        using var browser = Browser(app);
        var form = (await browser.OpenAsync("/form")).Form(button);
        form = button == "Upload" ? form.Attach("File", "a.png", new byte[30_000]) : form.Fill("Name", new string('n', 30_000)).Choose("Red");
        var (head, body) = await RequestAsync(browser, form);

        // Whether a read learns first that the connection was reset, or the request that it is over, is a race: so many that both are met.
        for (var sender = 0; sender < 60; sender++)
        {
            using var socket = await ConnectAsync(app);
            await socket.SendAsync(Encoding.ASCII.GetBytes(head));
            await socket.SendAsync(body.AsMemory(0, body.Length * 6 / 10));
            if (sender % 2 == 0) await SayAsync(app, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            socket.Close(0);
        }

        await app.StopAsync();
        Assert.Empty(errors.All);
        Assert.Empty(pages.Files);
        Assert.Empty(pages.Taken);
    }

    [Fact]
    public async Task Behind_the_catch_all_endpoint_of_another_host_the_pages_are_the_same()
    {
        await using var app = await StartAsync(new TestPages(), catchAll: true);
        using var browser = Browser(app);

        var page = await browser.OpenAsync("/form");
        page = await page.Form("Continue").Fill("Name", "Ada").Choose("Red").SubmitAsync();
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Page not found", (await browser.OpenAsync("/nothing-here")).Heading);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(Links.Asset("policyflows.css"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/form", [new("name", "x")])).Status);
    }

    private static async Task<WebApplication> StartAsync(TestPages? pages = null, bool catchAll = false, LoggedErrors? errors = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (errors is not null) builder.Logging.AddProvider(errors);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        builder.Services.AddPolicyFlowsWeb();
        if (pages is not null)
        {
            builder.Services.AddSingleton<IEndpointModule>(pages);
        }

        var app = builder.Build();
        var pipeline = WebApplicationPipeline.Build(app.Services);
        if (catchAll)
        {
            app.UseRouting();
            app.MapMethods("{*path}", ["GET", "HEAD", "POST"], context =>
            {
                context.SetEndpoint(null);
                context.Request.RouteValues.Clear();
                return pipeline(context);
            });
        }
        else
        {
            app.Run(pipeline);
        }

        await app.StartAsync();
        return app;
    }

    /// <summary>Head and body as the browser would send them.</summary>
    private static async Task<(string Head, byte[] Body)> RequestAsync(WebBrowser browser, WebForm form)
    {
        using var request = form.Request();
        var body = await request.Content!.ReadAsByteArrayAsync();
        var cookie = browser.Answers[0].Answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        return ($"POST {request.RequestUri!.PathAndQuery} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nContent-Type: {request.Content.Headers.ContentType}\r\nContent-Length: {body.Length}\r\n\r\n", body);
    }

    private static Uri Address(WebApplication app) => new(app.Urls.Single());

    private static WebBrowser Browser(WebApplication app) => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }, app.Urls.Single());

    private static async Task<Socket> ConnectAsync(WebApplication app)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Address(app).Port);
        return socket;
    }

    private static async Task<string> SayAsync(WebApplication app, string request)
    {
        using var socket = await ConnectAsync(app);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
