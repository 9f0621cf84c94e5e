using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Safeguarding;

/// <summary>A concern as told on the form.</summary>
public sealed record AlertOptions
{
    /// <summary>Reference, drawn when the form was opened, so that sending twice is one alert.</summary>
    public required string Reference { get; init; }

    /// <summary>Code that opens the sender's page.</summary>
    public required string ReceiptCode { get; init; }

    /// <summary>School.</summary>
    public required string SchoolId { get; init; }

    /// <summary>The three fields.</summary>
    public required AlertStory Story { get; init; }

    /// <summary>The sender's name and number; may be skipped.</summary>
    public CasePerson? Sender { get; init; }
}

/// <summary>Sends safeguarding concerns to the lead officer and deputies at once, side by side (clauses 7.1, 7.2).</summary>
public sealed class AlertDesk(CaseStore cases, CaseRosters rosters, TaskDesk tasks)
{
    /// <summary>
    /// Records the concern and queues its mails in one batch; nothing is scanned, drafted or waited for before. The caller then sends the lane
    /// at once. Sending the same reference again changes nothing.
    /// </summary>
    public Task<AlertRecord> SendAsync(AlertOptions options, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(options.Reference, context, async change =>
        {
            if (await change.GetAsync<AlertRecord>(Rows.Case) is { } known) return known;
            var alert = new AlertRecord
            {
                Reference = options.Reference, SchoolId = options.SchoolId, SentAt = change.Now, ReceiptHash = Receipts.Hash(options.ReceiptCode),
            };
            change.Put(Rows.Case, alert);
            change.Put(Rows.People, new CasePeople(options.Sender, null));
            change.Put(Rows.Story, options.Story);
            change.Note("alert.sent", "7.1");
            var roster = await rosters.OfAsync(change);
            alert = alert with { InSchoolHours = roster.Calendar.IsSchoolHours(change.Now) };
            change.Put(Rows.Case, alert);
            var route = Routing.Safeguarding(roster.Directory, options.SchoolId, change.Now, roster.Excluded);
            await tasks.AskAsync(change, new(AlertRecord.TaskId, TaskKind.AcknowledgeAlert, "7.2", route.Leads,
                change.Now + roster.Durations.SafeguardingRepeat, TaskPlans.Alert(change.Now, alert.InSchoolHours, roster.Durations)));
            if (!alert.InSchoolHours) await TellOverseersAsync(change, roster, AlertRecord.TaskId, route);
            await change.StartAsync(SingleTask.Name, SingleTask.InstanceId(options.Reference, AlertRecord.TaskId), AlertRecord.TaskId);
            change.Wake(Wakeup.Index());
            return alert;
        }, cancellation);

    /// <summary>Someone has it.</summary>
    public Task AcknowledgeAsync(string reference, string taskId, string? note, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, change => tasks.AnswerAsync(change, taskId, "acknowledged", note, TaskKind.AcknowledgeAlert), cancellation);

    /// <summary>Outside school hours trust lead and headteacher hear at once that there is an alert, without content, to make sure that someone has it.</summary>
    internal static async Task TellOverseersAsync(CaseChange change, CaseRoster roster, string taskId, SafeguardingRoute route)
    {
        var task = await change.NeedAsync<TaskRecord>(Rows.Task(taskId));
        foreach (var overseer in new[] { route.TrustLead, route.Headteacher }.OfType<Candidate>())
        {
            if (task.HolderOf(overseer.PersonId) is not null || !roster.HasAddress(overseer.PersonId)) continue;
            change.Note("task.told", "7.1", taskId, fact: overseer.PersonId);
            await change.MailAsync(TaskDesk.Letter(change, roster, task, $"{taskId}.told.{overseer.PersonId}", MailKind.AlertTold, overseer.PersonId, 0) with { Lane = MailLane.Safeguarding });
        }
    }
}
