using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Support;

/// <summary>Makes the follow-up's task and ends the due row.</summary>
public sealed class OpenSupportFollowUp(CaseStore cases, CaseRosters rosters, SupportDesk support, BusinessClock clock) : TaskActivity<string, bool>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "OpenSupportFollowUp";

    /// <inheritdoc/>
    public override Task<bool> RunAsync(TaskActivityContext context, string input)
    {
        var (caseId, taskId) = TaskRef.Parse(input);
        return cases.ChangeAsync(caseId, ProcessContext.OfProgram("support", clock.Now), async change =>
        {
            await support.FollowUpAsync(change, await rosters.OfAsync(change), taskId);
            await change.EndAsync($"{caseId}.support.{taskId.Split('-')[^1]}");
            return true;
        });
    }
}
