using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Web.Tasks;

/// <summary>The question of a task as the heading of its page, and what to know before answering.</summary>
public static class QuestionWords
{
    /// <summary>The heading.</summary>
    public static string Heading(TaskView view) => view.Task.Kind switch
    {
        TaskKind.Decide => "What should the school do about this report?",
        TaskKind.SecondLook => "Look again: should the school do something?",
        TaskKind.FileRequest when view.ForHarmed => "Ask the website to remove it",
        TaskKind.FileRequest => "Send the request to remove it",
        TaskKind.RemoveOurselves => "Remove it from the school's account",
        TaskKind.CheckRemoval => "Is it gone?",
        TaskKind.HostingProvider => "Ask the hosting provider",
        TaskKind.ConfirmNotRemoved => "Do you agree that it cannot be removed?",
        TaskKind.Agreement => "May the school ask for it to be removed?",
        TaskKind.PoliceConsent => "May the school tell the police?",
        TaskKind.TalkFirst => "Talk with the person harmed",
        TaskKind.PoliceReport => "Report it to the police",
        TaskKind.SupportOffer => "Would you like support?",
        TaskKind.SupportArrange => "Arrange support",
        TaskKind.SupportFollowUp => "Ask how things are",
        TaskKind.PupilConduct => "Take over: pupil conduct",
        TaskKind.StaffConduct => "Take over: conduct of staff",
        TaskKind.SafeguardingHandOver or TaskKind.AcknowledgeAlert => "Safeguarding alert: confirm that you have it",
        TaskKind.DeliveryTrouble => "Email does not arrive",
        TaskKind.FindSomebody => "A task has nobody to answer it",
        _ => throw new ArgumentOutOfRangeException(nameof(view), view.Task.Kind, "No words for this kind."),
    };

    /// <summary>One or two sentences below the heading.</summary>
    public static string Lead(TaskView view) => view.Task.Kind switch
    {
        TaskKind.Decide => "A member of staff is the target of something online. You decide what the school does. You can choose more than one thing, and add more later.",
        TaskKind.SecondLook => "This report was closed without action. The reporter asked for a second look, which they may do once. Your decision counts.",
        TaskKind.FileRequest when view.ForHarmed => "This website takes a request only from you. That is not because of anything you did. The text below is ready to use, and nothing is sent for you or in your name.",
        TaskKind.FileRequest => "The text below is ready to use. You send it to the website yourself: this program sends nothing to a website. Then tell us when you sent it.",
        TaskKind.RemoveOurselves => "It stands on one of the school's own accounts. Save nothing and reply to nobody: copies are kept. Remove it, then tell us when.",
        TaskKind.CheckRemoval => "The website was asked to remove it. Please look whether it is gone.",
        TaskKind.HostingProvider => "It is still there after the website was asked. The next step is the company that hosts the website. Send the text below to it, then tell us when.",
        TaskKind.ConfirmNotRemoved => "A colleague has found that it cannot be removed. The school stops trying only if a second person agrees.",
        TaskKind.Agreement => "A colleague told the school about something online that concerns you. The school can ask the website to remove it. It is your choice, and you need not give a reason.",
        TaskKind.PoliceConsent => "Your school thinks that the police should know about what was done to you. Nothing is said to them unless you say yes here.",
        TaskKind.TalkFirst => "Before they answer whether the police may be told, the person harmed would like to talk. Please speak with them soon.",
        TaskKind.PoliceReport => "The person harmed has agreed that the police are told. Please report it, and note the reference you are given.",
        TaskKind.SupportOffer => "Something online concerned you. You do not have to deal with it alone. Whatever you answer changes nothing about your report.",
        TaskKind.SupportArrange => "The person harmed has accepted support. Please arrange it with them. Write nothing about anybody's health here.",
        TaskKind.SupportFollowUp => "Please ask the person harmed how things are. Write nothing about anybody's health here.",
        TaskKind.PupilConduct => "The senior manager thinks that a pupil may be behind this. Please take it over under the behaviour policy. Do not enter a pupil's name here.",
        TaskKind.StaffConduct => "The senior manager asks you to take this over under the disciplinary procedure.",
        TaskKind.SafeguardingHandOver or TaskKind.AcknowledgeAlert => "Read it, act on it, and confirm that you have it, so that the others know. Until somebody confirms, everybody is asked to telephone.",
        TaskKind.FindSomebody => "Everybody who could be asked is named in the case, has stepped back or has left. Find somebody who can answer, or settle it outside this program. You need not know what the case is about, and must not ask the people in it.",
        TaskKind.DeliveryTrouble => "People may not know what they have been asked. Find out why, and tell them another way.",
        _ => throw new ArgumentOutOfRangeException(nameof(view), view.Task.Kind, "No words for this kind."),
    };
}
