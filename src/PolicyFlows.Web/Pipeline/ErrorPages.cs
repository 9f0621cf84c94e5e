using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PolicyFlows.Web.Pipeline;

/// <summary>Turns refusals, empty error answers and exceptions into pages that say what happened and what to do next.</summary>
internal static partial class ErrorPages
{
    public static async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("PolicyFlows.Web");
        ErrorPageModel? model;
        try
        {
            await next(context);
            model = IsEmptyError(context.Response) ? ErrorPageModel.For(context.Response.StatusCode) : null;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            if (LostConnections.IsCause(exception, context))
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                return;
            }

            model = Describe(context, exception, logger);
        }

        if (model is not null)
        {
            model = model with { Numbers = await UrgentForms.OfAsync(context), NotReceived = HttpMethods.IsPost(context.Request.Method) };
            await RenderAsync(context, model, logger);
        }
    }

    private static ErrorPageModel Describe(HttpContext context, Exception exception, ILogger logger)
    {
        switch (exception)
        {
            case RefusedFormException refused:
                Log.FormRefused(logger, refused.Reason, Route(context));
                return ErrorPageModel.RefusedForm(refused.Reason, ValuesToSendAgain(context, refused.Reason), context.Request.Path);
            case TooLargeException large:
                return ErrorPageModel.TooLarge(large.MaxBytes);
            case UploadBrokenException:
                return ErrorPageModel.BrokenUpload();
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return ErrorPageModel.TooLarge(null);
            case BadHttpRequestException bad:
                Log.BadRequest(logger, bad.StatusCode, Route(context));
                return ErrorPageModel.For(bad.StatusCode);
            default:
                Log.Failed(logger, exception, Route(context));
                return ErrorPageModel.For(StatusCodes.Status500InternalServerError);
        }
    }

    private static async Task RenderAsync(HttpContext context, ErrorPageModel model, ILogger logger)
    {
        var allow = context.Response.Headers.Allow;
        context.Response.Clear();
        context.Response.Headers.Allow = allow;
        if (model.Status >= StatusCodes.Status500InternalServerError)
        {
            // What failed may be what describes the surroundings: ask nobody.
            await Page.Plain<ErrorPage>(new { Model = model }, model.Status).ExecuteAsync(context);
            return;
        }

        try
        {
            await Page.Of<ErrorPage>(new { Model = model }, model.Status).ExecuteAsync(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            Log.Failed(logger, exception, Route(context));
            context.Response.Clear();
            await Page.Plain<ErrorPage>(new { Model = model }, model.Status).ExecuteAsync(context);
        }
    }

    private static bool IsEmptyError(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 };

    /// <summary>
    /// The entered values, to be sent again with a fresh token: only when the browser itself says that the form came from this program's own page.
    /// </summary>
    private static IReadOnlyList<KeyValuePair<string, string>> ValuesToSendAgain(HttpContext context, RefusedForm reason)
    {
        var own = string.Equals(context.Request.Headers["Sec-Fetch-Site"].ToString(), "same-origin", StringComparison.Ordinal);
        if (!own || reason != Pipeline.RefusedForm.Token || context.GetEndpoint()?.Metadata.GetMetadata<UploadLimit>() is not null
            || context.Features.Get<IFormFeature>()?.Form is not { } form)
        {
            return [];
        }

        return [.. form
            .Where(field => !string.Equals(field.Key, FormLimits.TokenField, StringComparison.Ordinal))
            .SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))];
    }

    /// <summary>The pattern, not the path: a path may carry a person's link.</summary>
    private static string Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no endpoint)";

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A form was refused ({Reason}) at {Route}.")]
        public static partial void FormRefused(ILogger logger, RefusedForm reason, string route);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A request was refused with {Status} at {Route}.")]
        public static partial void BadRequest(ILogger logger, int status, string route);

        [LoggerMessage(Level = LogLevel.Error, Message = "A request failed at {Route}.")]
        public static partial void Failed(ILogger logger, Exception exception, string route);
    }
}
