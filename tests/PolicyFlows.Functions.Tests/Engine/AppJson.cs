using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Durable;

namespace PolicyFlows.Functions.Tests.Engine;

/// <summary>The app's JSON for the in-process engine, which does not ask the Functions worker for it (EngineJson).</summary>
internal static class AppJson
{
    public static void Use(IServiceCollection services) => services.AddSingleton<DataConverter>(new JsonDataConverter(Json.Options));
}
