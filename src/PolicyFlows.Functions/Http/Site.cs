using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PolicyFlows.Functions.Hosting;

namespace PolicyFlows.Functions.Http;

/// <summary>The pages: every address goes to the pipeline that the embedded server runs too.</summary>
public sealed class Site(SitePipeline pipeline, Invocation invocation)
{
    /// <summary>Name of the function.</summary>
    public const string Name = "Site";

    /// <summary>Serves a request.</summary>
    [Function(Name)]
    public Task<IActionResult> ServeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "{*path}")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        invocation.RunAsync<IActionResult>(client, async () =>
        {
            var context = request.HttpContext;
            // The matched endpoint is this function: routing inside would skip matching and run it again without end.
            context.SetEndpoint(null);
            context.Request.RouteValues.Clear();
            await pipeline.Serve(context);
            return new EmptyResult();
        });
}
