using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Pipeline;

/// <summary>Answers of the endpoints: a page, a page with errors, a redirect after a POST, an error page.</summary>
public static class Page
{
    /// <summary>
    /// Renders a component as a whole page, with the surroundings of <see cref="IPageChrome"/> and a token for its forms.
    /// </summary>
    /// <param name="parameters">The component's parameters by name: <c>new { Model = model, Form = form }</c>.</param>
    public static IResult Of<TPage>(object? parameters = null, int status = StatusCodes.Status200OK) where TPage : IComponent =>
        new PageResult(typeof(TPage), parameters, status, plain: false);

    /// <summary>The same page again because the form has errors: status 400, entered values kept by the <see cref="FormState"/> passed in.</summary>
    public static IResult Invalid<TPage>(object parameters) where TPage : IComponent => Of<TPage>(parameters, StatusCodes.Status400BadRequest);

    /// <summary>After a POST that worked: 303, so that reloading the next page sends nothing again.</summary>
    public static IResult Next(string address) => new SeeOther(address);

    /// <summary>An error page in the usual layout (404, 410, 429, …).</summary>
    public static IResult Error(int status) => Results.StatusCode(status);

    /// <summary>A page that asks no service for its surroundings: for errors in those services.</summary>
    internal static IResult Plain<TPage>(object? parameters, int status) where TPage : IComponent => new PageResult(typeof(TPage), parameters, status, plain: true);

    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (!Links.IsOwn(address))
            {
                throw new InvalidOperationException("Redirects go to addresses of this program only.");
            }

            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }

    private sealed class PageResult(Type page, object? parameters, int status, bool plain) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var services = httpContext.RequestServices;
            var context = plain
                ? new PageContext()
                : await services.GetRequiredService<IPageChrome>().DescribeAsync(httpContext, httpContext.RequestAborted);
            var token = services.GetRequiredService<IAntiforgery>().GetAndStoreTokens(httpContext).RequestToken;
            context = context with { Path = httpContext.Request.Path.Value ?? "/", FormToken = token ?? "" };

            var root = new RazorComponentResult<PageRoot>(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(PageRoot.Context)] = context,
                [nameof(PageRoot.PageType)] = page,
                [nameof(PageRoot.Parameters)] = new RouteValueDictionary(parameters).ToDictionary(StringComparer.Ordinal),
            })
            {
                StatusCode = status,
                PreventStreamingRendering = true,
            };
            await root.ExecuteAsync(httpContext);
        }
    }
}
