using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PolicyFlows.Web.Pipeline;

/// <summary>Endpoints that take one file.</summary>
public static class Uploads
{
    /// <summary>Largest file that is not a video: 25 MiB.</summary>
    public const long FileBytes = 25L * 1024 * 1024;

    /// <summary>Largest video: 95 MiB (hosts stop at 100).</summary>
    public const long VideoBytes = 95L * 1024 * 1024;

    /// <summary>Largest request of any kind, which a host's server is told: the largest video with what a form puts around it.</summary>
    public const long RequestBytes = 100L * 1024 * 1024;

    /// <summary>
    /// Says that this POST carries one file of at most <paramref name="maxBytes"/>, streamed. The handler takes it with <see cref="Of"/>;
    /// the token has been checked by then.
    /// </summary>
    /// <param name="named">What a refusal by the pipeline names as the largest file, when the page itself refuses smaller ones beside the field.</param>
    public static TBuilder TakesOneFile<TBuilder>(this TBuilder endpoint, long maxBytes, long? named = null) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new UploadLimit(maxBytes, named ?? maxBytes));

    /// <summary>The upload of a request to an endpoint marked with <see cref="TakesOneFile"/>.</summary>
    public static UploadRequest Of(HttpContext context) => context.Features.GetRequiredFeature<UploadRequest>();
}

/// <summary>Marks an upload endpoint.</summary>
internal sealed record UploadLimit(long MaxBytes, long Named);

/// <summary>The connection ended, or the parts were broken, before the file was complete. Nothing of it may be kept.</summary>
public sealed class UploadBrokenException(Exception? inner = null) : Exception("The file did not arrive complete.", inner);
