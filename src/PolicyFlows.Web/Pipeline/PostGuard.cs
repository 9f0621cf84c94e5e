using System.Collections.Frozen;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace PolicyFlows.Web.Pipeline;

/// <summary>
/// Every POST comes from a page of this program (Sec-Fetch-Site, where the browser says so) and carries that page's token. An endpoint cannot
/// switch this off; only the addresses listed here are left out. For uploads the token is the first part and is checked before the file is read.
/// </summary>
public static class PostGuard
{
    /// <summary>Addresses that machines post to and that prove the sender in another way: the mail service signs what it posts.</summary>
    public static FrozenSet<string> WithoutToken { get; } = new[] { Links.Hooks.SendGrid() }.ToFrozenSet(StringComparer.Ordinal);

    internal static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var endpoint = context.GetEndpoint();
        if (HttpMethods.IsGet(request.Method) || endpoint is null)
        {
            await next(context);
            return;
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD, POST";
            return;
        }

        if (WithoutToken.Contains(request.Path.Value ?? ""))
        {
            await next(context);
            return;
        }

        if (!FromThisSite(request))
        {
            throw new RefusedFormException(RefusedForm.OtherSite);
        }

        var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
        if (endpoint.Metadata.GetMetadata<UploadLimit>() is { } limit)
        {
            await using var upload = await UploadRequest.OpenAsync(context, limit, antiforgery);
            context.Features.Set(upload);
            await next(context);
            return;
        }

        await CheckFormAsync(context, antiforgery);
        await next(context);
    }

    private static async Task CheckFormAsync(HttpContext context, IAntiforgery antiforgery)
    {
        LimitBody(context, FormLimits.FormBytes);
        if (context.Request.ContentLength > FormLimits.FormBytes)
        {
            throw new TooLargeException(FormLimits.FormBytes);
        }

        var feature = new FormFeature(context.Request, FormLimits.Options);
        if (!feature.HasFormContentType)
        {
            throw new RefusedFormException(RefusedForm.NotAForm);
        }

        context.Features.Set<IFormFeature>(feature);
        try
        {
            await feature.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException refused)
        {
            throw new RefusedFormException(RefusedForm.Unreadable, refused);
        }

        await RequireTokenAsync(context, antiforgery);
    }

    /// <summary>Checks cookie and token of a request whose form (or stand-in form of an upload) has been read.</summary>
    internal static async Task RequireTokenAsync(HttpContext context, IAntiforgery antiforgery)
    {
        try
        {
            await antiforgery.ValidateRequestAsync(context);
        }
        catch (AntiforgeryValidationException refused)
        {
            throw new RefusedFormException(RefusedForm.Token, refused);
        }
    }

    internal static void LimitBody(HttpContext context, long? bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = bytes;
        }
    }

    /// <summary>Browsers since 2023 say where a request comes from; older ones are held by the token alone. "none" is the person's own doing.</summary>
    internal static bool FromThisSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
}

/// <summary>Why a POST was not taken.</summary>
public enum RefusedForm
{
    /// <summary>The browser says that another site sent it.</summary>
    OtherSite,

    /// <summary>Token or cookie missing, old or of somebody else.</summary>
    Token,

    /// <summary>Not a form at all.</summary>
    NotAForm,

    /// <summary>Broken, or more fields than any page has.</summary>
    Unreadable,
}

/// <summary>A POST that reached no endpoint; answered with 400 and what to do next.</summary>
public sealed class RefusedFormException(RefusedForm reason, Exception? inner = null) : Exception($"The form was refused: {reason}.", inner)
{
    /// <summary>Why.</summary>
    public RefusedForm Reason { get; } = reason;
}

/// <summary>More bytes than allowed; answered with 413.</summary>
public sealed class TooLargeException(long maxBytes) : Exception($"More than {maxBytes} bytes.")
{
    /// <summary>The limit.</summary>
    public long MaxBytes { get; } = maxBytes;
}
