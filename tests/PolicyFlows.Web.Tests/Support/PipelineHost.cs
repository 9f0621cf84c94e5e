using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>The pipeline alone in a test server: for the foundation and for single pages. Keys live in memory.</summary>
public sealed class PipelineHost : IAsyncDisposable
{
    private readonly IHost _host;

    private PipelineHost(IHost host) => _host = host;

    /// <summary>The server.</summary>
    public TestServer Server => _host.GetTestServer();

    /// <summary>Starts a server.</summary>
    public static async Task<PipelineHost> StartAsync(Action<IServiceCollection>? services = null, params IEndpointModule[] modules)
    {
        var host = new HostBuilder()
            .ConfigureWebHost(web => web
                .UseTestServer(options => options.PreserveExecutionContext = false)
                .ConfigureServices(collection =>
                {
                    collection.AddSingleton<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider, Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider>();
                    services?.Invoke(collection);
                    collection.AddPolicyFlowsWeb();
                    foreach (var module in modules)
                    {
                        collection.AddSingleton(module);
                    }
                })
                .Configure(app => app.Run(WebApplicationPipeline.Build(app.ApplicationServices))))
            .Build();
        await host.StartAsync();
        return new PipelineHost(host);
    }

    /// <summary>A new device.</summary>
    public WebBrowser Browser() => new(Server.CreateHandler());

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
