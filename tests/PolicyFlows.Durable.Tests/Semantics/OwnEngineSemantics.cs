namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>The contract on the own engine, in memory.</summary>
public sealed class OwnEngineSemantics : ContractSemantics
{
    protected override Task<IEngineUnderTest> OnAsync(SmallProgram program) => Task.FromResult<IEngineUnderTest>(new OwnEngine(program, new InMemoryOrchestrationStore()));
}

/// <summary>The contract on the own engine, in a file.</summary>
public sealed class SqliteEngineSemantics : ContractSemantics, IDisposable
{
    private readonly TempSqlite file = new();

    public void Dispose() => file.Dispose();

    protected override Task<IEngineUnderTest> OnAsync(SmallProgram program) => Task.FromResult<IEngineUnderTest>(new OwnEngine(program, file.Store));
}
