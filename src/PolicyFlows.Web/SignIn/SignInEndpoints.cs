using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.SignIn;

/// <summary>Addresses of sign-in.</summary>
public sealed class SignInEndpoints : IEndpointModule
{
    /// <inheritdoc />
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Links.SignIn.Start(), (HttpContext context, [FromServices] SignInPages pages) => pages.StartAsync(context));
        routes.MapPost(Links.SignIn.Start(), (HttpContext context, [FromServices] SignInPages pages) => pages.SendAsync(context));
        routes.MapGet(Links.SignIn.Code(), (HttpContext context, [FromServices] SignInPages pages) => pages.CodeAsync(context));
        routes.MapPost(Links.SignIn.Code(), (HttpContext context, [FromServices] SignInPages pages) => pages.EnterAsync(context));
        routes.MapGet(Links.SignIn.Work(), (HttpContext context, [FromServices] WorkSignInPages pages) => pages.ShowAsync(context));
        routes.MapPost(Links.SignIn.Work(), (HttpContext context, [FromServices] WorkSignInPages pages) => pages.EnterAsync(context));
        routes.MapGet(Links.SignIn.SignedOut(), (HttpContext context, [FromServices] WorkSignInPages pages) => pages.SignedOut(context));
        routes.MapPost(Links.SignIn.Out(), (HttpContext context, [FromServices] SignInPages pages) => pages.SignOutAsync(context));
    }
}
