using Microsoft.AspNetCore.Routing;

namespace PolicyFlows.Web.Pipeline;

/// <summary>
/// The pages of one feature. Each feature folder has one (<c>ReportEndpoints.cs</c>), registered in
/// <see cref="WebApplicationPipeline.AddPolicyFlowsWeb"/>. Modules are singletons; take scoped services as handler parameters.
/// </summary>
public interface IEndpointModule
{
    /// <summary>Adds the feature's addresses.</summary>
    void Map(IEndpointRouteBuilder routes);
}
