using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Durable;

namespace PolicyFlows.Functions.Hosting;

/// <summary>Inputs, results, events and custom statuses in the contract's JSON: a word for an enum value, which a later version may put elsewhere in its list.</summary>
public static class EngineJson
{
    /// <summary>The worker writes and reads what crosses its boundary in this form; the Durable extension takes its converter from here.</summary>
    public static IServiceCollection AddEngineJson(this IServiceCollection services) =>
        services.Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(Json.Options));
}
