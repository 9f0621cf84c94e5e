using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PolicyFlows.Web.Pipeline;

/// <summary>HEAD is answered as GET without the body (RFC 9110 9.3.2). Mail scanners ask so before a person opens a link.</summary>
internal static class HeadAsGet
{
    private static readonly object AskedKey = new();

    /// <summary>The request came as HEAD.</summary>
    public static bool WasAsked(HttpContext context) => context.Items.ContainsKey(AskedKey);

    public static async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Items[AskedKey] = true;
        context.Request.Method = HttpMethods.Get;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(body);
            context.Request.Method = HttpMethods.Head;
        }
    }
}
