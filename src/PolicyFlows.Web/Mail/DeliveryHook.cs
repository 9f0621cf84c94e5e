using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Mail;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Mail;

/// <summary>
/// Takes what a mail service reports about mails that it has taken. There is no such address where no service is registered
/// (<see cref="IDeliveryEvents"/>). No form token and no session: the service signs the bytes that it posts.
/// </summary>
internal sealed class DeliveryHook(IEnumerable<IDeliveryEvents> sources, ILogger<DeliveryHook> logger) : IEndpointModule
{
    /// <summary>The service posts at most 768 KiB at once.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        if (sources.LastOrDefault() is { } source) routes.MapPost(Links.Hooks.SendGrid(), (Delegate)((HttpContext context) => TakeAsync(context, source)));
    }

    private async Task<IResult> TakeAsync(HttpContext context, IDeliveryEvents source)
    {
        if (await ReadAsync(context) is not { } body) return Answer(StatusCodes.Status413PayloadTooLarge);
        IReadOnlyList<DeliveryReport>? found;
        try
        {
            found = source.Read(name => context.Request.Headers[name].ToString(), body);
        }
        catch (InvalidDataException unreadable)
        {
            logger.LogError(unreadable, "The mail service signed a report that cannot be read.");
            return Answer(StatusCodes.Status400BadRequest);
        }

        if (found is null)
        {
            logger.LogWarning("A delivery report came that the mail service did not sign, or signed too long ago.");
            return Answer(StatusCodes.Status401Unauthorized);
        }

        var reports = context.RequestServices.GetRequiredService<DeliveryReports>();
        var failed = false;
        foreach (var report in found)
        {
            try
            {
                // To its end, also when the service hangs up.
                await reports.TakeAsync(report);
            }
            catch (Exception failure)
            {
                logger.LogError(failure, "A delivery report about {Case} was not taken; the mail service tells it again.", report.CaseId);
                failed = true;
            }
        }

        return failed ? Answer(StatusCodes.Status503ServiceUnavailable) : Results.NoContent();
    }

    /// <summary>Null when there is more than may be.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBytes) return null;
        // The count below decides; the server's own limit would answer with a page.
        PostGuard.LimitBody(context, null);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            if (body.Length + read > MaxBytes) return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    /// <summary>Says no more than the status: whoever posts without a signature learns nothing from it.</summary>
    private static IResult Answer(int status) => Results.Text("Not taken.", statusCode: status);
}
