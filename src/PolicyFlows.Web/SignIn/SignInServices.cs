using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PolicyFlows.Core.SignIn;

namespace PolicyFlows.Web.SignIn;

/// <summary>Registers what sign-in needs besides the services of Core.</summary>
internal static class SignInServices
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.TryAddSingleton<SessionDesk>();
        services.TryAddSingleton<Visitors>();
        return services;
    }
}
