using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PolicyFlows.Web.Report;

/// <summary>Makes endpoints of methods of registered classes, taken when a request comes.</summary>
internal static class Handlers
{
    /// <summary>As a <see cref="Delegate"/>, because as a request delegate its answer would be thrown away.</summary>
    public static Delegate On<T>(Func<T, HttpContext, Task<IResult>> act) where T : notnull =>
        (Func<HttpContext, Task<IResult>>)(context => act(context.RequestServices.GetRequiredService<T>(), context));
}
