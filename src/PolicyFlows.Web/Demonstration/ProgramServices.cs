using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Dashboard;
using PolicyFlows.Web.Operations;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Policies;
using PolicyFlows.Web.Setup;

namespace PolicyFlows.Web.Demonstration;

/// <summary>Registers dashboard, policy, operator and demonstration pages, and what stands around every page.</summary>
internal static class ProgramServices
{
    public static IServiceCollection AddProgramPages(this IServiceCollection services)
    {
        services.AddSingleton<IEndpointModule, DashboardEndpoints>().AddSingleton<DashboardReader>();
        services.AddSingleton<IEndpointModule, PolicyEndpoints>();
        SetupEndpoints.AddPages(services);
        services.AddSingleton<IEndpointModule, DemonstrationEndpoints>();
        services.AddSingleton<IEndpointModule, OperationsEndpoints>().AddSingleton<IEndpointModule, HealthEndpoints>();
        // The pipeline alone, without the services of the field, has plain surroundings.
        services.TryAddScoped<IPageChrome>(s => s.GetService<DirectoryStore>() is null ? new PlainPageChrome() : ActivatorUtilities.CreateInstance<ProgramChrome>(s));
        return services;
    }
}
