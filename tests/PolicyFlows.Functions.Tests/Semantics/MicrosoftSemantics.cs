using PolicyFlows.Durable.Tests.Semantics;

namespace PolicyFlows.Functions.Tests.Semantics;

/// <summary>The contract on Microsoft's engine, through the adapters of the app.</summary>
public sealed class MicrosoftSemantics : ContractSemantics
{
    protected override async Task<IEngineUnderTest> OnAsync(SmallProgram program) => await MicrosoftEngine.StartAsync(program);
}
