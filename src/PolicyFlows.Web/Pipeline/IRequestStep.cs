using Microsoft.AspNetCore.Http;

namespace PolicyFlows.Web.Pipeline;

/// <summary>
/// Something that happens to every request once its endpoint is known and before any form is read: who is signed in, whether forms are open.
/// Assets are not asked. Steps run in the order of registration.
/// </summary>
public interface IRequestStep
{
    /// <summary>Returns null to continue, or the answer that ends the request.</summary>
    ValueTask<IResult?> BeforeAsync(HttpContext context);
}
