using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PolicyFlows.Functions.Tests.Engine;

/// <summary>The app's own functions by their names, as the Functions host finds them.</summary>
internal static class FunctionsUnderTest
{
    private static readonly IReadOnlyList<MethodInfo> All = [.. typeof(PolicyFlows.Functions.Durable.Orchestrations).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)];

    /// <summary>Names of all functions, whatever starts them; one that is there twice is there twice.</summary>
    public static IEnumerable<string> Names => All.Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);

    /// <summary>Functions whose parameter has a trigger of this kind.</summary>
    public static IReadOnlyDictionary<string, MethodInfo> With<TTrigger>() where TTrigger : Attribute => All
        .Where(method => method.GetParameters().Any(p => p.GetCustomAttribute<TTrigger>() is not null))
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name, StringComparer.Ordinal);

    /// <summary>Calls one and gives its result.</summary>
    public static async Task<object?> CallAsync(MethodInfo function, object? target, params object?[] arguments)
    {
        Task task;
        try
        {
            task = (Task)function.Invoke(target, arguments)!;
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException);
            throw;
        }

        await task;
        return task.GetType().GetProperty(nameof(Task<int>.Result))!.GetValue(task);
    }

    private static Type ResultOf(MethodInfo function) => function.ReturnType.GetGenericArguments()[0];

    /// <summary>A function with an orchestration trigger.</summary>
    internal sealed class Orchestrator(MethodInfo function, Func<TaskOrchestrationContext, TaskOrchestrationContext> wrap, Action turn) : ITaskOrchestrator
    {
        public Type InputType => typeof(string);

        public Type OutputType => ResultOf(function);

        public Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
        {
            turn();
            return CallAsync(function, null, wrap(context), input);
        }
    }

    /// <summary>A function with an activity trigger.</summary>
    internal sealed class Activity(MethodInfo function, object target, Func<DurableTaskClient> client, Func<Func<Task<object?>>, Task<object?>> watch) : ITaskActivity
    {
        public Type InputType => function.GetParameters()[0].ParameterType;

        public Type OutputType => ResultOf(function);

        public Task<object?> RunAsync(TaskActivityContext context, object? input) => watch(() => CallAsync(function, target, input, client(), context.InstanceId));
    }
}
