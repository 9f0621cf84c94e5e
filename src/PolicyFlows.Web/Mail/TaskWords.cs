using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Web.Mail;

/// <summary>How a question is called in subjects, lists and sentences.</summary>
/// <param name="Needed">"Decision": begins a subject, followed by "needed by".</param>
/// <param name="Ask">What the reader is asked to do, after "You are asked to".</param>
/// <param name="Why">Why it is them, after "You get this because".</param>
public sealed record TaskWording(string Needed, string Ask, string Why);

/// <summary>One place for the words of every question.</summary>
public static class TaskWords
{
    private const string Manager = "you manage this report for your school";
    private const string Personal = "it concerns you";

    /// <summary>The words of a kind.</summary>
    public static TaskWording Of(TaskKind kind) => kind switch
    {
        TaskKind.Decide => new("Decision", "decide what the school does about a report of online abuse of a member of staff", "you are a senior manager of the school, or stand in for one"),
        TaskKind.SecondLook => new("Second look", "look again at a report that was closed without action", "you are the headteacher of the school, or stand in for them"),
        TaskKind.FileRequest => new("Removal request", "ask the website to remove the material, and record when you did", "you manage this report, or only you may ask this website"),
        TaskKind.RemoveOurselves => new("Removal", "remove the material from the school's own account", "you look after the school's social media accounts"),
        TaskKind.CheckRemoval => new("Check", "check whether the material is gone", Manager),
        TaskKind.HostingProvider => new("Request to hosting provider", "ask the website's hosting provider to act, because the material is still there", Manager),
        TaskKind.ConfirmNotRemoved => new("Confirmation", "say whether you agree that the material cannot be removed", "a second person must agree before the school stops trying"),
        TaskKind.Agreement => new("Your answer", "say whether the school may ask for material about you to be removed", "a colleague reported something that was posted about you"),
        TaskKind.PoliceConsent => new("Your answer", "say whether the school may tell the police", "nothing is said to the police without your agreement"),
        TaskKind.TalkFirst => new("Conversation", "talk with the member of staff before they answer", Manager),
        TaskKind.PoliceReport => new("Report to the police", "report the matter to the police, as agreed, and record the reference", Manager),
        TaskKind.SupportOffer => new("Support", "say whether you would like support", Personal),
        TaskKind.SupportArrange => new("Support to arrange", "arrange the support that was accepted", "you arrange support for staff of the school"),
        TaskKind.SupportFollowUp => new("Follow-up", "ask how things are", "you arrange support for staff of the school"),
        TaskKind.PupilConduct => new("Hand-over", "take over a matter of pupil conduct", "you own the behaviour policy of the school"),
        TaskKind.StaffConduct => new("Hand-over", "take over a matter of staff conduct", "you work in human resources"),
        TaskKind.SafeguardingHandOver or TaskKind.AcknowledgeAlert => new("Safeguarding alert", "read a safeguarding concern and confirm that you have it", "you are a designated safeguarding lead or deputy, or stand in their place"),
        TaskKind.FindSomebody => new("Somebody to answer", "find somebody who can answer a task that nobody holds any more", "you make sure that work has somebody to do it"),
        TaskKind.DeliveryTrouble => new("Mail trouble", "find out why mail does not arrive, and tell people another way", "you look after this program"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No words for this kind."),
    };
}
