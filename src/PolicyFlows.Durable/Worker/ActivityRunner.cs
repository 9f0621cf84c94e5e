using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PolicyFlows.Durable;

/// <summary>Runs one activity in a service scope of its own and turns whatever happens into a result.</summary>
internal sealed class ActivityRunner(
    DurableTaskRegistry registry, IServiceProvider services, OrchestrationSettings settings, TimeProvider systemTime, ILogger log)
{
    /// <summary>The result as a message for the instance. Never throws.</summary>
    /// <param name="limited">True to give up after the activity time-out.</param>
    public async Task<IncomingEvent> RunAsync(ActivityTask task, bool limited)
    {
        try
        {
            var running = RunInScopeAsync(task);
            var result = Json.Write(limited ? await running.WaitAsync(settings.ActivityTimeout, systemTime) : await running);
            PayloadTooLargeException.Check($"The result of activity '{task.Name}'", result, settings.MaxPayloadBytes);
            return new ActivityCompleted(task.N, result);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "Activity {Activity} of {Instance} failed", task.Name, task.InstanceId);
            return new ActivityFailed(task.N, Failures.From(e));
        }
    }

    private async Task<object?> RunInScopeAsync(ActivityTask task)
    {
        var code = registry.FindActivity(task.Name) ?? throw new InvalidOperationException($"No activity is registered as '{task.Name}'.");
        var context = new TaskActivityContext(task.Name, task.InstanceId);
        if (services.GetService(typeof(IServiceScopeFactory)) is not IServiceScopeFactory scopes) return await code(services, context, task.Input);
        await using var scope = scopes.CreateAsyncScope();
        return await code(scope.ServiceProvider, context, task.Input);
    }
}
