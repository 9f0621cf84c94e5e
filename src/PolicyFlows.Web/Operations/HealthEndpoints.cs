using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Operations;

/// <summary>GET /health: 200 when every part is well, else 503, with a reason for each part that is not.</summary>
internal sealed class HealthEndpoints : IEndpointModule
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Links.Operations.Health(), (Delegate)(async (HttpContext context) =>
    {
        var parts = await HealthReport.ReadAsync(context.RequestServices, context.RequestAborted);
        var ok = parts.All(p => p.Ok);
        return Results.Json(
            new { status = ok ? "ok" : "red", parts = parts.ToDictionary(p => p.Name, p => p.Ok ? "ok" : "red: " + p.Reason, StringComparer.Ordinal) },
            statusCode: ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }));
}
