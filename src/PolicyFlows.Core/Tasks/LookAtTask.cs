using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tasks;

/// <summary>Input of <see cref="LookAtTask"/>.</summary>
public sealed record LookAtTaskInput(string Task, string InstanceId);

/// <summary>What the orchestration of a task needs to know.</summary>
public sealed record TaskSeen(bool Open, int Round, DateTime? NextAt);

/// <summary>Does the steps of a task that are due and says when to look again.</summary>
public sealed class LookAtTask(CaseStore cases, BusinessClock clock, TaskSteps steps, TaskServers servers, Vacancies vacancies) : TaskActivity<LookAtTaskInput, TaskSeen>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "LookAtTask";

    /// <inheritdoc/>
    public override async Task<TaskSeen> RunAsync(TaskActivityContext context, LookAtTaskInput input)
    {
        var (caseId, taskId) = TaskRef.Parse(input.Task);
        // Said before the record is read: an answer written after this line finds whom to wake, one written before it is read below.
        await servers.SetAsync(caseId, taskId, input.InstanceId);
        var task = await cases.ChangeAsync(caseId, ProcessContext.OfProgram("task", clock.Now), change => steps.DoDueAsync(change, taskId));
        await vacancies.KeepAsync(new(caseId, taskId), task);
        return new(task.IsOpen, task.Round, task.NextStepAt?.UtcDateTime);
    }
}
