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
        services.TryAddSingleton<AdministratorDoor>();
        services.TryAddSingleton<PendingCodes>();
        services.TryAddSingleton<SignInPages>();
        // A host whose platform signs people in says so after this.
        services.TryAddSingleton(PlatformSignIn.Off);
        services.TryAddSingleton<PlatformHeaders>();
        services.TryAddSingleton<WorkSignInPages>();
        services.AddSingleton<IEndpointModule, SignInEndpoints>();
        return services;
    }
}
