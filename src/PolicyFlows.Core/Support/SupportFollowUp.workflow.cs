using PolicyFlows.Core.Tasks;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Support;

/// <summary>7 and 30 days after support was accepted or put off: ask how things are (clause 9.6).</summary>
public sealed class SupportFollowUp : TaskOrchestrator<string, string>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "SupportFollowUp";

    /// <inheritdoc/>
    public override async Task<string> RunAsync(TaskOrchestrationContext context, string followUp)
    {
        // The task has its own orchestration from here on.
        await context.DoAsync<bool>(OpenSupportFollowUp.Name, followUp);
        return "asked";
    }
}
