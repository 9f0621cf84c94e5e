using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Pipeline;

/// <summary>Marks endpoints of a form that must never fail without telephone numbers (architecture rule 15), whatever refuses it.</summary>
/// <param name="Numbers">Whom to telephone instead. Asked while something has failed, so it throws nothing: an empty list where nobody is known.</param>
internal sealed record UrgentForm(Func<HttpContext, Task<IReadOnlyList<PhoneNumber>>> Numbers);

/// <summary>Marking of endpoints.</summary>
internal static class UrgentForms
{
    /// <summary>Every error page of the endpoint says that nothing was received, and shows the numbers.</summary>
    public static TBuilder NeverFailsWithoutNumbers<TBuilder>(this TBuilder endpoint, Func<HttpContext, Task<IReadOnlyList<PhoneNumber>>> numbers) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new UrgentForm(numbers));

    /// <summary>The numbers of a request to a marked endpoint; null for every other.</summary>
    public static async Task<IReadOnlyList<PhoneNumber>?> OfAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<UrgentForm>() is { } form ? await form.Numbers(context) : null;
}
