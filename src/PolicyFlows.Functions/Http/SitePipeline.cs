using Microsoft.AspNetCore.Http;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Functions.Http;

/// <summary>The one pipeline, built once.</summary>
public sealed class SitePipeline(IServiceProvider services)
{
    /// <summary>Serves a request.</summary>
    public RequestDelegate Serve { get; } = WebApplicationPipeline.Build(services);
}
