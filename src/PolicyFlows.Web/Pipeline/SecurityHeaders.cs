using Microsoft.AspNetCore.Http;

namespace PolicyFlows.Web.Pipeline;

/// <summary>Headers that every answer carries, errors included.</summary>
public static class SecurityHeaders
{
    /// <summary>Own style sheets, scripts and pictures, forms to this program; nothing else, nothing inline, no frames.</summary>
    public const string PagePolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>For evidence: even if a browser showed it, it could load and run nothing.</summary>
    public const string DownloadPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

    private const string Permissions =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";

    private static readonly object DownloadKey = new();

    /// <summary>Marks this answer as a download of somebody's file: it gets <see cref="DownloadPolicy"/>.</summary>
    public static void MarkAsDownload(HttpContext context) => context.Items[DownloadKey] = true;

    internal static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        // Set as the answer starts: whatever cleared or replaced the headers on the way, these are there.
        context.Response.OnStarting(static state =>
        {
            Set((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    }

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Items.ContainsKey(DownloadKey) ? DownloadPolicy : PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["X-Robots-Tag"] = "noindex, nofollow";
        // Put there by the renderer for a script that these pages do not have.
        headers.Remove("blazor-enhanced-nav");
        var immutable = context.Response.StatusCode == StatusCodes.Status200OK
            && context.GetEndpoint()?.Metadata.GetMetadata<ImmutableContent>() is not null;
        if (!immutable)
        {
            headers.CacheControl = "no-store";
            headers.Remove("Pragma");
            headers.Remove("Expires");
        }
    }
}
