using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tasks;

/// <summary>True while the task is open; ends the work row once it is not.</summary>
public sealed class TurnOfSingleTask(CaseStore cases, BusinessClock clock) : TaskActivity<string, bool>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "TurnOfSingleTask";

    /// <inheritdoc/>
    public override Task<bool> RunAsync(TaskActivityContext context, string input)
    {
        var (caseId, taskId) = TaskRef.Parse(input);
        return cases.ChangeAsync(caseId, ProcessContext.OfProgram("single task", clock.Now), async change =>
        {
            var task = await change.NeedAsync<TaskRecord>(Rows.Task(taskId));
            if (!task.IsOpen) await change.EndAsync(SingleTask.InstanceId(caseId, taskId));
            return task.IsOpen;
        });
    }
}
