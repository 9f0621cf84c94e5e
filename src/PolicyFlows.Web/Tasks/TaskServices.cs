using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Tasks;

/// <summary>Registers links and task pages.</summary>
internal static class TaskServices
{
    public static IServiceCollection AddTasks(this IServiceCollection services)
    {
        services.TryAddSingleton<LinkPages>();
        services.TryAddSingleton<TaskDoor>();
        services.TryAddSingleton<TaskReader>();
        services.TryAddSingleton<TaskPages>();
        services.TryAddSingleton<TaskAnswers>();
        services.TryAddSingleton<TakedownAnswers>();
        services.AddSingleton<IEndpointModule, TaskEndpoints>();
        return services;
    }
}
