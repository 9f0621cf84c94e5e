using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Tasks;

namespace PolicyFlows.Web.Cases;

/// <summary>Answers of tasks in words: what was decided, by whom, when. All that a spent link shows (scenario 12), and the steps of a timeline.</summary>
public static class AnswerWords
{
    /// <summary>"It was decided by the deputy senior manager, Imran Castellan, on Monday 23 November 2026 at 09:12."</summary>
    public static string ByWhom(CaseRoster roster, TaskRecord task, string myKey) => task.Answer is { } answer
        ? $"{(IsDecision(task) ? "It was decided" : "It was answered")} by {(answer.PersonKey == myKey ? "you" : PersonWords.Who(roster, task, answer.PersonKey, answer.OnBehalfOf) + ",")} on {London.Format(answer.At)}."
        : "It is no longer needed. Nobody has to answer it any more.";

    /// <summary>What was decided; null when the question was withdrawn.</summary>
    public static string? What(TaskRecord task) => task.Answer is { } answer ? Upper((IsDecision(task) ? "decision: " : "") + Of(task.Kind, answer.Code)) + "." : null;

    /// <summary>An answer in the middle of a sentence: "it is still there". Codes are written by the desks of the field.</summary>
    public static string Of(TaskKind kind, string code) => (kind, code) switch
    {
        (TaskKind.Decide or TaskKind.SecondLook, _) => RouteWords.Decided(code.Split('+').Select(Enum.Parse<IncidentRoute>)),
        (TaskKind.CheckRemoval, _) => Of(Enum.Parse<CheckOutcome>(code)),
        (TaskKind.PoliceConsent, _) => Enum.Parse<ConsentAnswer>(code) switch
        {
            ConsentAnswer.Yes => "yes, the police may be told",
            ConsentAnswer.YesWithoutName => "yes, without the name",
            ConsentAnswer.No => "no, the police are not told",
            _ => "a talk first",
        },
        (TaskKind.FileRequest or TaskKind.HostingProvider, "sent") => "the request was sent",
        (TaskKind.RemoveOurselves, "sent") => "it was removed from the school's own account",
        (_, "cannot-be-removed") => "it was found that it cannot be removed, and a second person is asked to agree",
        (_, "agreed") => "they agreed that it cannot be removed",
        (_, "not-agreed") => "they did not agree, and the work goes on",
        (TaskKind.Agreement, "yes") => "yes, the school may ask for it to be removed",
        (TaskKind.Agreement, "no") => "no, the school does not ask for it to be removed",
        (TaskKind.TalkFirst, _) => "the talk took place",
        (TaskKind.PoliceReport, _) => "it was reported to the police",
        (TaskKind.SupportOffer, "accepted") => "support was accepted",
        (TaskKind.SupportOffer, "later") => "perhaps later",
        (TaskKind.SupportOffer, "declined") => "support was not wanted",
        (TaskKind.SafeguardingHandOver or TaskKind.AcknowledgeAlert, _) => "somebody has confirmed that they have it",
        (TaskKind.PupilConduct or TaskKind.StaffConduct, HandOverDesk.HandedOver) => "it was taken over",
        (TaskKind.PupilConduct, HandOverDesk.NoneFound) => "no pupil was found to be behind it",
        (TaskKind.StaffConduct, HandOverDesk.NoneFound) => "no breach was found",
        (_, HandOverDesk.Managing or HandOverDesk.MoreWanted or HandOverDesk.NotWanted or HandOverDesk.Done) => "it was done",
        _ => "it was answered",
    };

    /// <summary>What a check found: "it is gone".</summary>
    public static string Of(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Gone => "it is gone",
        CheckOutcome.ChangedAsAsked => "it was changed as asked",
        CheckOutcome.StillThere => "it is still there",
        _ => "they could not tell, and somebody else is asked",
    };

    private static bool IsDecision(TaskRecord task) => task.Kind is TaskKind.Decide or TaskKind.SecondLook;

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
