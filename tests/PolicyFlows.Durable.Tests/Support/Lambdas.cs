namespace PolicyFlows.Durable.Tests;

/// <summary>Orchestrations and activities written as lambdas.</summary>
public static class Lambdas
{
    public static DurableTaskRegistry Flow<TInput, TOutput>(
        this DurableTaskRegistry registry, string name, Func<TaskOrchestrationContext, TInput, Task<TOutput>> code, string since = "0.0.0") =>
        registry.AddOrchestrator(name, () => new LambdaOrchestrator<TInput, TOutput>(code), since);

    public static DurableTaskRegistry Flow(this DurableTaskRegistry registry, string name, Func<TaskOrchestrationContext, Task<string>> code) =>
        registry.Flow<string, string>(name, (context, _) => code(context));

    public static DurableTaskRegistry Work<TInput, TOutput>(this DurableTaskRegistry registry, string name, Func<TInput, TOutput> code) =>
        registry.AddActivity(name, _ => new LambdaActivity<TInput, TOutput>((_, input) => Task.FromResult(code(input))));

    public static DurableTaskRegistry WorkAsync<TInput, TOutput>(
        this DurableTaskRegistry registry, string name, Func<TaskActivityContext, TInput, Task<TOutput>> code) =>
        registry.AddActivity(name, _ => new LambdaActivity<TInput, TOutput>(code));

    private sealed class LambdaOrchestrator<TInput, TOutput>(Func<TaskOrchestrationContext, TInput, Task<TOutput>> code) : TaskOrchestrator<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(TaskOrchestrationContext context, TInput input) => code(context, input);
    }

    private sealed class LambdaActivity<TInput, TOutput>(Func<TaskActivityContext, TInput, Task<TOutput>> code) : TaskActivity<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(TaskActivityContext context, TInput input) => code(context, input);
    }
}
