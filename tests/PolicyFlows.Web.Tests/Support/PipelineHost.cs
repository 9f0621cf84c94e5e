using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>The pipeline in a test server over any services; alone with pages of a test for the foundation. Keys live in memory.</summary>
public sealed class PipelineHost : IAsyncDisposable
{
    private readonly IHost _host;

    private PipelineHost(IHost host) => _host = host;

    /// <summary>The server.</summary>
    public TestServer Server => _host.GetTestServer();

    /// <summary>Services of the host.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a server of the pipeline alone, with these pages.</summary>
    public static Task<PipelineHost> StartAsync(Action<IServiceCollection>? services = null, params IEndpointModule[] modules) => ServeAsync(collection =>
    {
        services?.Invoke(collection);
        collection.AddPolicyFlowsWeb();
        foreach (var module in modules)
        {
            collection.AddSingleton(module);
        }
    }, whole: false);

    /// <summary>Starts a server over services that already include the pipeline's.</summary>
    /// <param name="whole">All that the services need of each other is there, which is checked.</param>
    /// <param name="serve">How a host brings requests to the pipeline, where it is not the server's way.</param>
    public static async Task<PipelineHost> ServeAsync(Action<IServiceCollection> services, bool whole = true, Action<IApplicationBuilder>? serve = null)
    {
        var host = new HostBuilder()
            .UseDefaultServiceProvider(options => options.ValidateOnBuild = options.ValidateScopes = whole)
            .ConfigureWebHost(web => web
                .UseTestServer(options => options.PreserveExecutionContext = false)
                .ConfigureServices(collection =>
                {
                    collection.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
                    services(collection);
                })
                .Configure(serve ?? (app => app.Run(WebApplicationPipeline.Build(app.ApplicationServices)))))
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
