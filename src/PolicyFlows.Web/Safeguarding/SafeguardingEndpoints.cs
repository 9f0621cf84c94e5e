using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Report;

namespace PolicyFlows.Web.Safeguarding;

/// <summary>The safeguarding form and the page after it (clauses 6, 7; scenarios 7, 7b, 10).</summary>
public sealed class SafeguardingEndpoints : IEndpointModule
{
    /// <inheritdoc />
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Links.Safeguarding.Start(), Handlers.On<AlertForm>((page, context) => page.ShowAsync(context))).NeverFailsWithoutNumbers(AlertNumbers.OfRefusedAsync);
        routes.MapPost(Links.Safeguarding.Start(), Handlers.On<AlertForm>((page, context) => page.SendAsync(context))).NeverFailsWithoutNumbers(AlertNumbers.OfRefusedAsync);
        routes.MapGet(Links.Safeguarding.Sent(), Handlers.On<AlertStanding>((page, context) => page.ShowAsync(context)));
    }
}
