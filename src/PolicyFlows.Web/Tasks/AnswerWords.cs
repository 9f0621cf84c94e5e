using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Web.Tasks;

/// <summary>What was decided, by whom, when: all that a spent link shows (scenario 12).</summary>
public static class AnswerWords
{
    /// <summary>"It was decided by the deputy senior manager, Imran Castellan, on Monday 23 November 2026 at 09:12."</summary>
    public static string ByWhom(CaseRoster roster, TaskRecord task, string myKey) => task.Answer is { } answer
        ? $"{(IsDecision(task) ? "It was decided" : "It was answered")} by {(answer.PersonKey == myKey ? "you" : PersonWords.Who(roster, task, answer.PersonKey, answer.OnBehalfOf) + ",")} on {London.Format(answer.At)}."
        : "It is no longer needed. Nobody has to answer it any more.";

    /// <summary>What was decided; null when the question was withdrawn.</summary>
    public static string? What(TaskRecord task) => task.Answer is { } answer ? Words(task.Kind, answer.Code) : null;

    private static bool IsDecision(TaskRecord task) => task.Kind is TaskKind.Decide or TaskKind.SecondLook;

    private static string Words(TaskKind kind, string code) => (kind, code) switch
    {
        (TaskKind.Decide or TaskKind.SecondLook, _) => Routes(code),
        (TaskKind.CheckRemoval, _) => Enum.Parse<CheckOutcome>(code) switch
        {
            CheckOutcome.Gone => "It is gone.",
            CheckOutcome.ChangedAsAsked => "It was changed as asked.",
            CheckOutcome.StillThere => "It is still there.",
            _ => "They could not tell. Somebody else is asked.",
        },
        (TaskKind.PoliceConsent, _) => Enum.Parse<ConsentAnswer>(code) switch
        {
            ConsentAnswer.Yes => "Yes, the police may be told.",
            ConsentAnswer.YesWithoutName => "Yes, without the name.",
            ConsentAnswer.No => "No, the police are not told.",
            _ => "A talk first.",
        },
        (TaskKind.FileRequest or TaskKind.HostingProvider, "sent") => "The request was sent.",
        (TaskKind.RemoveOurselves, "sent") => "It was removed from the school's own account.",
        (_, "cannot-be-removed") => "It was found that it cannot be removed. A second person is asked to agree.",
        (_, "agreed") => "They agreed that it cannot be removed.",
        (_, "not-agreed") => "They did not agree: the work goes on.",
        (TaskKind.Agreement, "yes") => "Yes, the school may ask for it to be removed.",
        (TaskKind.Agreement, "no") => "No, the school does not ask for it to be removed.",
        (TaskKind.TalkFirst, _) => "The talk took place.",
        (TaskKind.PoliceReport, _) => "It was reported to the police.",
        (TaskKind.SupportOffer, "accepted") => "Support was accepted.",
        (TaskKind.SupportOffer, "later") => "Perhaps later.",
        (TaskKind.SupportOffer, _) => "Support was not wanted.",
        (TaskKind.SafeguardingHandOver or TaskKind.AcknowledgeAlert, _) => "Somebody has confirmed that they have it.",
        (TaskKind.PupilConduct or TaskKind.StaffConduct, HandOverDesk.HandedOver) => "It was taken over.",
        (TaskKind.PupilConduct, HandOverDesk.NoneFound) => "No pupil was found to be behind it.",
        (TaskKind.StaffConduct, HandOverDesk.NoneFound) => "No breach was found.",
        (_, HandOverDesk.Managing or HandOverDesk.MoreWanted or HandOverDesk.NotWanted or HandOverDesk.Done) => "It was done.",
        _ => "It was answered.",
    };

    private static string Routes(string code) =>
        "Decision: " + string.Join("; ", code.Split('+').Select(r => RouteWords.Decided(Enum.Parse<IncidentRoute>(r)))) + ".";
}
