using PolicyFlows.Core.Access;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;

namespace PolicyFlows.Web.Cases;

/// <summary>The mails of a case: to whom by role, about what, and whether they left.</summary>
internal static class CaseMails
{
    public static IReadOnlyList<MailLine> Of(CaseAccess access, CaseRecords records) =>
    [
        .. records.Mails.OrderBy(m => m.QueuedAt).ThenBy(m => m.Key, StringComparer.Ordinal)
            .Where(m => m.TaskId is null || records.Tasks.GetValueOrDefault(m.TaskId) is not { } task
                || (access.May(Right.See, CaseParts.Of(task.Kind)) && (!CaseParts.IsPersonal(task.Kind) || !access.IsReporter || access.IsHarmed)))
            .Select(m => new MailLine(To(access, m.To), About(m, records), London.Format(m.QueuedAt, LondonStyle.Listed, access.At), State(access, m),
                m.RefusedAt is not null ? "late" : m.SentAt is not null ? "good" : "soon")),
    ];

    private static string To(CaseAccess access, string key)
    {
        if (access.Directory.Person(key) is not { } person) return CaseWords.Person(access.Directory, key);
        var held = person.Roles.Where(r => r.Covers(access.Common.SchoolId, access.At)).Select(r => RoleWords.Of(r.Role)).FirstOrDefault();
        return key == access.People.Harmed?.PersonId ? "The person harmed" : key == access.People.Reporter?.PersonId ? "The reporter" : held ?? person.Name;
    }

    private static string About(OutboxRow mail, CaseRecords records)
    {
        var task = mail.TaskId is null ? null : records.Tasks.GetValueOrDefault(mail.TaskId);
        var question = task is null ? "" : ": " + TimelineFacts.Lower(CaseWords.Of(task.Kind)) + (task.Target is { } no ? $", target {no}" : "");
        return mail.Kind switch
        {
            MailKind.Receipt => "Receipt",
            MailKind.TaskAsked => "Task" + question,
            MailKind.TaskWarning => "Warning" + question,
            MailKind.TaskReminder => "Reminder" + question,
            MailKind.TaskTold => "Told that it waits" + question,
            MailKind.FreshLink => "Fresh link" + question,
            MailKind.Code => "Sign-in code",
            MailKind.AnswerOnReceipt => "An answer stands on the receipt page",
            MailKind.AlertTold => "Told of a safeguarding alert, without content",
            _ => mail.Kind.ToString(),
        };
    }

    private static string State(CaseAccess access, OutboxRow mail) => mail switch
    {
        { RefusedAt: { } at } => $"Refused {London.Format(at, LondonStyle.Listed, access.At)}",
        { SentAt: { } at } => $"Sent {London.Format(at, LondonStyle.Listed, access.At)}",
        _ => "Waiting to be sent",
    };
}

/// <summary>Roles in words.</summary>
public static class RoleWords
{
    /// <summary>A role as a title.</summary>
    public static string Of(Role role) => role switch
    {
        Role.SeniorManager => "Senior manager",
        Role.DeputySeniorManager => "Deputy senior manager",
        Role.Headteacher => "Headteacher",
        Role.Dsl => "Designated safeguarding lead",
        Role.DeputyDsl => "Deputy safeguarding lead",
        Role.BehaviourLead => "Behaviour lead",
        Role.SupportContact => "Support contact",
        Role.AccountOwner => "Owner of the school's accounts",
        Role.Hr => "Human resources",
        Role.Dpo => "Data protection officer",
        Role.It => "IT",
        Role.TrustLead => "Trust lead",
        Role.ChairOfGovernors => "Chair of governors",
        Role.Approver => "Approver of the policy",
        Role.UnionContact => "Union representative",
        Role.Inspector => "Inspector",
        Role.Administrator => "Administrator",
        _ => "Member of staff",
    };
}
