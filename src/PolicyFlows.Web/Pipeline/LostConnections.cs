using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace PolicyFlows.Web.Pipeline;

/// <summary>
/// A sender whose connection is reset in the middle of a form is gone, which is no fault of the program. The server itself often learns that
/// only after the read that failed, and would then try to read the rest of the body and log an error; so the request is given up with the read.
/// </summary>
internal static class LostConnections
{
    public static Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsPost(context.Request.Method)) context.Request.Body = new WatchedBody(context.Request.Body, context);
        return next(context);
    }

    /// <summary>The request ended because its sender went away: there is nobody to answer.</summary>
    public static bool IsCause(Exception exception, HttpContext context) =>
        context.RequestAborted.IsCancellationRequested || exception is ConnectionResetException || exception.InnerException is ConnectionResetException;

    private sealed class WatchedBody(Stream inner, HttpContext context) : ForwardStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                return await inner.ReadAsync(buffer, cancellationToken);
            }
            catch (ConnectionResetException)
            {
                context.Abort();
                throw;
            }
        }
    }
}
