using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Access;

/// <summary>Addresses of asking to read and of inviting to read.</summary>
internal sealed class AccessEndpoints : IEndpointModule
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Links.Access.Ask(), (HttpContext context, AskToReadPages pages) => pages.ShowAsync(context));
        routes.MapPost(Links.Access.Ask(), (HttpContext context, AskToReadPages pages) => pages.AskAsync(context));
        routes.MapGet(Links.Access.ReadersRoute, (string reference, HttpContext context, ReadersPages pages) => pages.ShowAsync(reference, context));
        routes.MapPost(Links.Access.ReadersRoute, (string reference, HttpContext context, ReadersPages pages) => pages.InviteAsync(reference, context));
        routes.MapPost(Links.Access.EndRoute, (string reference, HttpContext context, ReadersPages pages) => pages.EndAsync(reference, context));
    }
}
