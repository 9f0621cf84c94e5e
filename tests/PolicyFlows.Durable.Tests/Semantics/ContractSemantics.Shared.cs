using Xunit;

namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>
/// What each member of the contract means, said once: a small orchestration and what it must come to, on every engine. A member that no
/// test here states fails ContractCoverageTests.
/// </summary>
public abstract partial class ContractSemantics
{
    /// <summary>Starts the engine.</summary>
    protected abstract Task<IEngineUnderTest> OnAsync(SmallProgram program);

    /// <summary>Runs one orchestration called Flow, whose instance is called one, to its end.</summary>
    private async Task<string?> RunAsync(SmallProgram program, object? input = null)
    {
        await using var engine = await OnAsync(program);
        return await RunAsync(engine, input);
    }

    private static async Task<string?> RunAsync(IEngineUnderTest engine, object? input = null)
    {
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Flow", input, "one");
        return await OutputAsync(engine);
    }

    private static async Task<string?> OutputAsync(IEngineUnderTest engine, string id = "one")
    {
        var end = await EndAsync(engine, id);
        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{id} is {end.RuntimeStatus}: {end.FailureDetails?.ErrorType}: {end.FailureDetails?.ErrorMessage}");
        return Json.Read<string>(end.SerializedOutput);
    }

    private static Task<OrchestrationMetadata> EndAsync(IEngineUnderTest engine, string id = "one") => engine.UntilAsync(id, i => i.IsCompleted);

    /// <summary>Until an instance has said by its custom status that it is somewhere.</summary>
    private static Task<OrchestrationMetadata> AtAsync(IEngineUnderTest engine, string place, string id = "one") =>
        engine.UntilAsync(id, i => i.SerializedCustomStatus == $"\"{place}\"");

    /// <summary>How a task failed. Not an assertion that awaits by itself: replayed code stays on the engine's thread.</summary>
    private static async Task<TaskFailedException> FailureOf(Task task)
    {
        try
        {
            await task;
        }
        catch (TaskFailedException failed)
        {
            return failed;
        }

        throw new InvalidOperationException("The task did not fail.");
    }

    private static void InTime(IEngineUnderTest engine, TimeSpan expected, TimeSpan elapsed) => Assert.InRange(elapsed, expected, expected + engine.Late);
}
