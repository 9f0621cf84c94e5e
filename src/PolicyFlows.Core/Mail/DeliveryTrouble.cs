using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Operations;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;

namespace PolicyFlows.Core.Mail;

/// <summary>Mail that does not arrive becomes a task of the administrator: which case and whose mail, no content.</summary>
public sealed class DeliveryTrouble(CaseStore cases, CaseRosters rosters, TaskDesk tasks, BusinessClock clock)
{
    /// <summary>The mail server does not take mail.</summary>
    public Task OutageAsync(CancellationToken cancellation = default) =>
        RaiseAsync($"outage-{clock.Now.UtcDateTime:HHmm}", "The mail server takes no mail.", cancellation);

    /// <summary>The server refused one mail for good, at once or later.</summary>
    /// <param name="said">What was said, without address or content.</param>
    public Task RefusedAsync(string caseId, OutboxRow mail, string? said = null, CancellationToken cancellation = default) =>
        // A refused mail of this kind would raise itself for ever.
        caseId.StartsWith(OperationsRecord.Prefix, StringComparison.Ordinal)
            ? Task.CompletedTask
            : RaiseAsync($"refused-{caseId}-{mail.Key.Replace('.', '-')}", $"{mail.Kind} to {mail.To}, case {caseId}{(said is null ? "" : ": " + said)}", cancellation);

    /// <summary>One mail has not gone out for about an hour while others did.</summary>
    public Task StuckAsync(PendingMail mail, CancellationToken cancellation = default) =>
        mail.CaseId.StartsWith(OperationsRecord.Prefix, StringComparison.Ordinal)
            ? Task.CompletedTask
            : RaiseAsync($"stuck-{mail.CaseId}-{mail.Key.Replace('.', '-')}", $"{mail.Key}, case {mail.CaseId}, has not gone out for about an hour", cancellation);

    private Task RaiseAsync(string taskId, string text, CancellationToken cancellation) =>
        cases.ChangeAsync(OperationsRecord.IdOf(clock.Now), ProcessContext.OfProgram("mail", clock.Now), async change =>
        {
            await OperationsRecord.EnsureAsync(change);
            if (await change.GetAsync<TaskRecord>(Rows.Task(taskId)) is not null) return;
            change.Note("mail.trouble", text: text);
            var roster = await rosters.OfAsync(change);
            var due = change.Now + roster.Durations.DeliveryTroubleDue;
            await tasks.AskAsync(change, new(taskId, TaskKind.DeliveryTrouble, "8.1",
                [.. new[] { roster.First(Role.Administrator) }.OfType<Candidate>()], due, [new(due, StepKind.Remind)]));
            await change.StartAsync(SingleTask.Name, SingleTask.InstanceId(change.CaseId, taskId), taskId);
        }, cancellation);
}
