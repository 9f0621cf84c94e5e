using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.SignIn;

/// <summary>Registers sign-in.</summary>
internal static class SignInServices
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.TryAddSingleton<Visitors>();
        services.TryAddSingleton<PendingCodes>();
        services.TryAddSingleton<SignInPages>();
        services.AddSingleton<IEndpointModule, SignInEndpoints>();
        return services;
    }
}
