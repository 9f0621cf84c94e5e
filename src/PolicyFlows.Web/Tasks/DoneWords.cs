using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Cases;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Tasks;

/// <summary>What happens next, for whoever has just answered.</summary>
public static class DoneWords
{
    /// <summary>Heading of the confirmation.</summary>
    public static string Heading(TaskKind kind) => kind switch
    {
        TaskKind.Decide or TaskKind.SecondLook => "Your decision is recorded",
        TaskKind.SafeguardingHandOver or TaskKind.AcknowledgeAlert => "You have it",
        _ => "Thank you. It is recorded",
    };

    /// <summary>Sentences, in order.</summary>
    public static IReadOnlyList<string> Next(TaskView view)
    {
        var code = view.Task.Answer!.Code;
        return view.Task.Kind switch
        {
            TaskKind.Decide or TaskKind.SecondLook => [.. code.Split('+').Select(r => RouteWords.Next(Enum.Parse<IncidentRoute>(r)))],
            TaskKind.FileRequest or TaskKind.RemoveOurselves or TaskKind.HostingProvider when code == "sent" => Sent(view),
            _ when code == "cannot-be-removed" => ["A second person is asked whether they agree. If they do, the school stops trying and your reason stays on the record. If not, the work goes on."],
            TaskKind.CheckRemoval => Checked(view, Enum.Parse<CheckOutcome>(code)),
            TaskKind.ConfirmNotRemoved => [code == "agreed" ? "The school stops trying. The reason stays on the record with both names." : "The work goes on: the request is to be sent again."],
            TaskKind.Agreement => [code == "yes"
                ? "The senior manager may now ask for it to be removed. You hear from us if the website takes a request only from you."
                : "The school does not ask for it to be removed, and stops where it had begun. Support is still there for you. If you change your mind, tell your senior manager."],
            TaskKind.PoliceConsent => Consent(Enum.Parse<ConsentAnswer>(code)),
            TaskKind.TalkFirst => ["The person harmed is now asked once more whether the police may be told."],
            TaskKind.PoliceReport => ["The reference is on the record. If the police ask for copies, hand over the saved files: they have not been changed since they arrived. The person harmed may still take their yes back; what was reported stays reported."],
            TaskKind.SupportOffer => Support(code),
            TaskKind.SupportArrange or TaskKind.SupportFollowUp => ["There is nothing else to do here."],
            TaskKind.PupilConduct or TaskKind.StaffConduct => ["The senior manager sees that it was answered. Everything else is recorded in your own procedure, not here."],
            TaskKind.SafeguardingHandOver or TaskKind.AcknowledgeAlert => ["Nobody else is reminded any more. Whoever sent it sees that you have it, and when you confirmed. Record what you do in your own safeguarding system."],
            TaskKind.FindSomebody => ["If somebody in the directory can be asked now, they are asked at once. If not, what you wrote stays on the record, and nobody else is asked."],
            TaskKind.DeliveryTrouble => ["Mail that waits is tried again by itself, at most five minutes apart. Mail that was refused is not sent again: tell those people another way."],
            _ => [],
        };
    }

    private static List<string> Sent(TaskView view)
    {
        var d = view.Durations;
        if (view.Takedown is not { Requests.Count: > 0 } takedown) return ["The time is on the record."];
        var request = takedown.Requests[^1];
        return
        [
            $"Sent: {London.Format(request.SentAt)}{(request.Reference is null ? "" : $", reference {request.Reference}")}.",
            $"The website now has {Words.Of(d.RemovedDue)}. On {London.Format(request.SentAt + d.FirstCheck)} somebody is asked to look whether it is gone, and once more after that. You need not remember it.",
        ];
    }

    private static IReadOnlyList<string> Checked(TaskView view, CheckOutcome outcome)
    {
        if (view.Takedown is not { } takedown || view.Task.Id.StartsWith("later-", StringComparison.Ordinal))
        {
            return outcome switch
            {
                CheckOutcome.StillThere => ["It is back: the report is open again, and there is a new task to ask for its removal."],
                CheckOutcome.CannotTell => ["Somebody else is asked to look."],
                _ => ["Good. There is nothing else to do here."],
            };
        }

        return outcome switch
        {
            CheckOutcome.StillThere => [$"The removal clock is missed, which is the website's doing, not yours. There is now a task to ask the hosting provider, to be sent within {Words.Of(view.Durations.HostingProviderDue)}."],
            CheckOutcome.CannotTell => ["Somebody else is asked to look."],
            _ when takedown.State == TakedownState.Removed => ["It was found gone twice and counts as removed. We look again 7 and 30 days after the request. If nothing else is open, the report can be closed."],
            _ => [$"Gone once. It is looked at a second time, {Words.Of(view.Durations.SecondCheckAfterGone)} from now or later. Twice gone counts as removed."],
        };
    }

    private static IReadOnlyList<string> Consent(ConsentAnswer answer) => answer switch
    {
        ConsentAnswer.Yes => ["The senior manager is asked to report it to the police. You can change your mind: tell your senior manager. What was reported by then stays reported."],
        ConsentAnswer.YesWithoutName => ["The senior manager is asked to report it to the police without your name. The police may ask who you are; you decide then. You can change your mind: tell your senior manager."],
        ConsentAnswer.No => ["The police are not told. Nothing else changes: support and everything else go on. If you change your mind, tell your senior manager, or go to the police yourself on 101. In danger, call 999."],
        _ => ["The senior manager is asked to speak with you. After that you are asked again. Nothing is said to the police until you say yes."],
    };

    private static IReadOnlyList<string> Support(string answer) => answer switch
    {
        "accepted" => ["The support contact of your school gets in touch with you. Nobody else is told what you talk about."],
        "later" => ["The support contact asks you again in a week. You can also go to them at any time."],
        _ => ["That is fine. You can still ask for support at any time, from your line manager or the support contact."],
    };
}
