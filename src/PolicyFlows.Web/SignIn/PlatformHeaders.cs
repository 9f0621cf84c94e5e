using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.SignIn;

namespace PolicyFlows.Web.SignIn;

/// <summary>
/// Takes the platform's sign-in headers out of every request before anything else sees it. What they say is believed only while the platform
/// writes them; one that cannot be believed is nobody, never an error.
/// </summary>
public sealed class PlatformHeaders(PlatformSignIn platform, ILogger<PlatformHeaders> logger)
{
    private const string Principal = "X-MS-CLIENT-PRINCIPAL", Tokens = "X-MS-TOKEN-";
    private static readonly object Known = new();

    // A refusal is told once, not for every request of a day.
    private readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);

    /// <summary>The account that the platform has signed in on this device, or null.</summary>
    public static WorkAccount? AccountOf(HttpContext context) => context.Items.TryGetValue(Known, out var account) ? (WorkAccount?)account : null;

    internal static Task TakeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        if (headers.Keys.Where(IsPlatforms).ToList() is { Count: > 0 } written)
        {
            var principal = headers[Principal];
            foreach (var name in written) headers.Remove(name);
            context.Items[Known] = context.RequestServices.GetRequiredService<PlatformHeaders>().Read(principal);
        }

        return next(context);
    }

    private static bool IsPlatforms(string name) =>
        name.StartsWith(Principal, StringComparison.OrdinalIgnoreCase) || name.StartsWith(Tokens, StringComparison.OrdinalIgnoreCase);

    private WorkAccount? Read(IReadOnlyList<string?> principal)
    {
        if (platform.TenantId is not { } tenant || principal.Count == 0) return null;
        try
        {
            return ClientPrincipal.Read(principal, tenant);
        }
        catch (PrincipalRefusedException refused)
        {
            // Never with its content: it says who somebody is.
            if (told.TryAdd(refused.Message, true)) logger.LogWarning("The platform's sign-in was not taken: {Reason} Said once; it may happen again.", refused.Message);
            return null;
        }
    }
}
