using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Mail;

/// <summary>
/// Writes mails: plain text, short, one link on a line of its own. No mail names anyone but its reader, and none holds content: they
/// are read on telephones, by scanners and by whoever has the mailbox.
/// </summary>
public sealed class MailWriter(CaseStore cases, CaseRosters rosters, LinkTokens links, CodeDesk codes, ProgramAddress address, BusinessClock clock) : IMailWriter
{
    /// <inheritdoc/>
    public async Task<MailMessageText?> WriteAsync(string caseId, OutboxRow row, CancellationToken cancellation = default)
    {
        var roster = await rosters.OfAsync(cases, caseId, clock.Now);
        if (roster.Find(row.To) is not { Email: { Length: > 0 } email } reader) return null;
        var task = row.TaskId is null ? null : await cases.NeedAsync<TaskRecord>(caseId, Rows.Task(row.TaskId), cancellation);
        var text = row.Kind switch
        {
            MailKind.Receipt => Receipt(caseId),
            MailKind.TaskAsked or MailKind.TaskWarning or MailKind.TaskReminder or MailKind.FreshLink => Task(caseId, row, task!, roster),
            MailKind.TaskTold => Told(caseId, task!),
            MailKind.AlertTold => AlertTold(caseId, roster),
            MailKind.Code => Code(caseId, row, roster),
            MailKind.AnswerOnReceipt => Answer(caseId),
            _ => throw new InvalidOperationException($"No text for mails of kind {row.Kind}."),
        };
        var school = roster.Directory.School(roster.Common.SchoolId);
        var body = $"""
            Dear {reader.Name ?? "colleague"},

            {text.Body}

            {Footer(roster, school)}
            """;
        return new(MessageId(caseId, row), email, reader.Name ?? "", text.Subject, body, row.Lane, clock.Now) { CaseId = caseId, Key = row.Key };
    }

    private sealed record Text(string Subject, string Body);

    private string MessageId(string caseId, OutboxRow row) =>
        // Made of record facts: a mail that is sent twice because the program died in between is the same mail.
        $"{Timeline.Sha256($"mail {caseId} {row.Key}")[..40]}@{new Uri(address.Base).Host}";

    private Text Task(string caseId, OutboxRow row, TaskRecord task, CaseRoster roster)
    {
        var words = TaskWords.Of(task.Kind);
        var holder = task.HolderOf(row.To) ?? task.Holders.Last(h => h.PersonKey == row.To);
        var due = London.Format(holder.DueAt, LondonStyle.Short, besides: task.AskedAt);
        var dueLong = London.Format(holder.DueAt, besides: task.AskedAt);
        var overdue = holder.DueAt < clock.Now;
        var safeguarding = task.Kind is TaskKind.AcknowledgeAlert or TaskKind.SafeguardingHandOver;
        var subject = safeguarding
            ? $"Act now: safeguarding alert - {caseId}"
            : overdue ? $"{words.Needed} overdue since {due} - {caseId}" : $"{words.Needed} needed by {due} - {caseId}";
        subject = row.Kind switch
        {
            MailKind.TaskWarning => "Urgent: " + char.ToLowerInvariant(subject[0]) + subject[1..],
            MailKind.TaskReminder when !safeguarding => "Reminder: " + char.ToLowerInvariant(subject[0]) + subject[1..],
            _ => subject,
        };
        var behalf = holder.OnBehalfOf is { } absent ? $"\n\nYou are asked on behalf of {roster.Directory.NameOf(absent)}, who is away." : "";
        var link = row.LinkNo > 0
            ? $"Open your task here:\n\n{address.Of(Links.Tasks.Open(links.Write(new LinkClaim(caseId, task.Id, row.To, row.LinkNo))))}\n\n" +
              "The page asks for a code that is mailed to you. Nothing happens by opening the link."
            : "This task has no link. Sign in to see it.";
        return new(subject, $"""
            You are asked to {words.Ask}.

            Reference: {caseId}
            {(safeguarding ? "Confirm at once that you have it." : overdue ? $"It was due on {dueLong}." : $"Due by {dueLong}.")}
            Policy clause: {task.Clause}

            You get this because {words.Why}.{behalf}

            {link}
            """);
    }

    private static Text Told(string caseId, TaskRecord task) => new($"For you to know: {TaskWords.Of(task.Kind).Needed.ToLowerInvariant()} waits - {caseId}", $"""
        Somebody else has been asked to {TaskWords.Of(task.Kind).Ask}, and has not answered yet.

        Reference: {caseId}
        Policy clause: {task.Clause}

        You get this so that you can speak to them. Only they can answer; no answer is ever assumed.
        Sign in to see what you may see of it.
        """);

    private Text AlertTold(string caseId, CaseRoster roster) => new($"Act now: make sure that someone has the safeguarding alert - {caseId}", $"""
        A safeguarding concern was sent to the designated safeguarding lead and deputies of {roster.Directory.School(roster.Common.SchoolId)?.Name ?? "the school"}. When this was written, nobody had confirmed that they have it.

        Reference: {caseId}
        Policy clause: 7.2

        Please telephone them now and make sure that someone has it. While nobody has confirmed, you find it with their numbers when you sign in:

        {address.Of(Links.SignIn.Start())}

        This mail holds no content on purpose.
        """);

    private Text Receipt(string caseId) => new($"We have your report - {caseId}", $"""
        Your report has been received and passed on. Thank you for telling us.

        Reference: {caseId}

        Do not reply to the people who posted it, and do not delete anything.

        You can see what happens next, add something, or ask for support on your receipt page. It asks for the reference and for the code that you were shown:

        {address.Of(Links.Receipt.Start())}

        If you have lost the code, the same page mails you a way in.
        """);

    private Text Answer(string caseId) => new($"An answer stands on your receipt page - {caseId}", $"""
        There is an answer to your report. It stands on your receipt page:

        {address.Of(Links.Receipt.Start())}

        Reference: {caseId}
        """);

    private Text Code(string caseId, OutboxRow row, CaseRoster roster)
    {
        var minutes = (int)roster.Directory.Settings.Durations.CodeLife.TotalMinutes;
        return new("Your code for " + roster.Directory.Settings.TrustName, $"""
            Your code is:

            {codes.Digits(caseId, row.SecretId!)}

            It works once, for {minutes} minutes, on the page that asked for it. Nobody will ever ask you for it by telephone or mail.
            If you did not ask for a code, you can delete this mail.
            """);
    }

    private string Footer(CaseRoster roster, Core.People.School? school)
    {
        var trust = roster.Directory.Settings.TrustName;
        var telephone = school?.Telephone ?? roster.Directory.Settings.Administrator.Telephone;
        return $"""
            --
            {(school is null ? trust : $"{school.Name}, {trust}")}
            To check this mail without using its link, go to {address.Base} yourself and sign in, or telephone {telephone} and give the reference.
            Do not reply to this mail: nobody reads the answers.
            """;
    }
}
