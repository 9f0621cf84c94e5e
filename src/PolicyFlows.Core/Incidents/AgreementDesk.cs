using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Incidents;

/// <summary>The colleague for whom someone reported says whether the school may ask for removal (scenario 9).</summary>
public sealed class AgreementDesk(CaseStore cases, TaskDesk tasks)
{
    /// <summary>Records the answer. "No" stops every takedown, and nothing else.</summary>
    public Task AnswerAsync(string reference, string taskId, bool agrees, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            await tasks.AnswerAsync(change, taskId, agrees ? "yes" : "no");
            if (agrees) return;
            var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
            change.Put(Rows.Case, incident with { RemovalRefused = true });
            foreach (var takedown in await change.ListAsync<TakedownRecord>(Rows.TakedownPrefix))
            {
                if (takedown.State != TakedownState.Open) continue;
                change.Note("takedown.withdrawn", "9.3", $"target-{takedown.No}");
                change.Put(Rows.Takedown(takedown.No), takedown with { State = TakedownState.Withdrawn, EndedAt = change.Now });
                foreach (var task in await change.ListAsync<TaskRecord>(Rows.TaskPrefix))
                    if (task.Target == takedown.No) await tasks.WithdrawAsync(change, task.Id, "the person harmed said no");
            }

            change.Wake(Wakeup.Index());
        }, cancellation);
}
