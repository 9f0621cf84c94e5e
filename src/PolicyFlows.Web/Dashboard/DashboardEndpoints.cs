using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Dashboard;

/// <summary>The dashboard.</summary>
internal sealed class DashboardEndpoints : IEndpointModule
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Links.Dashboard.Home(), (Delegate)ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context)
    {
        var visitor = await context.RequestServices.GetRequiredService<Visitors>().OfAsync(context);
        return visitor.PersonId is not { } person
            ? Page.Next(Links.SignIn.Start())
            : Page.Of<DashboardPage>(new { Model = await context.RequestServices.GetRequiredService<DashboardReader>().ReadAsync(person, context.RequestAborted, visitor.RolesFromGroups) });
    }
}
