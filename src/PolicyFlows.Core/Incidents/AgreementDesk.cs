using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Incidents;

/// <summary>The colleague for whom someone reported says whether the school may ask for removal (scenario 9).</summary>
public sealed class AgreementDesk(CaseStore cases, TaskDesk tasks)
{
    // Up to seven rows each; a batch of table storage holds 100.
    private const int MostAtOnce = 10;

    /// <summary>Records the answer. "No" stops every takedown, and nothing else.</summary>
    public async Task AnswerAsync(string reference, string taskId, bool agrees, ProcessContext context, CancellationToken cancellation = default)
    {
        var left = await cases.ChangeAsync(reference, context, async change =>
        {
            await tasks.AnswerAsync(change, taskId, agrees ? "yes" : "no", kinds: TaskKind.Agreement);
            if (agrees) return false;
            var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
            change.Put(Rows.Case, incident with { RemovalRefused = true });
            change.Wake(Wakeup.Index());
            return await WithdrawAllAsync(change);
        }, cancellation);
        // If the program dies before this, each takedown ends when its orchestration looks at it next: the "no" is on the record.
        while (left) left = await cases.ChangeAsync(reference, context, WithdrawAllAsync, CancellationToken.None);
    }

    /// <summary>Ends one takedown because the person harmed said no.</summary>
    internal static async Task<TakedownRecord> WithdrawAsync(CaseChange change, TaskDesk tasks, TakedownRecord takedown)
    {
        change.Note("takedown.withdrawn", "9.3", $"target-{takedown.No}");
        takedown = takedown with { State = TakedownState.Withdrawn, EndedAt = change.Now };
        change.Put(Rows.Takedown(takedown.No), takedown);
        change.Wake(Wakeup.Index());
        foreach (var task in await change.ListAsync<TaskRecord>(Rows.TaskPrefix))
            if (task.Target == takedown.No) await tasks.WithdrawAsync(change, task.Id, "the person harmed said no");
        return takedown;
    }

    private async Task<bool> WithdrawAllAsync(CaseChange change)
    {
        var open = (await change.ListAsync<TakedownRecord>(Rows.TakedownPrefix)).Where(t => t.State == TakedownState.Open).ToList();
        foreach (var takedown in open.Take(MostAtOnce)) await WithdrawAsync(change, tasks, takedown);
        return open.Count > MostAtOnce;
    }
}
