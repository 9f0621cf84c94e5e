using PolicyFlows.Core.Settings;
using D = PolicyFlows.Core.Settings.Durations;

namespace PolicyFlows.Web.Setup;

/// <summary>Durations that belong together, with their words. Every duration of the program is in one of <see cref="All"/>.</summary>
/// <param name="Key">Part of the address.</param>
/// <param name="Labels">What each one is, by its name.</param>
public sealed record DurationGroup(string Key, string Title, IReadOnlyList<KeyValuePair<string, string>> Labels)
{
    /// <summary>In the order of a case.</summary>
    public static IReadOnlyList<DurationGroup> All { get; } =
    [
        new("decision", "The decision on a report",
        [
            new(nameof(D.DecisionDue), "Report to decision, for the first person asked"), new(nameof(D.DecisionDeputyJoins), "Report to a deputy being asked too"),
            new(nameof(D.DecisionDeputyDue), "Report to decision, for a deputy asked too"), new(nameof(D.DecisionHeadteacherJoins), "Report to the headteacher being asked too"),
            new(nameof(D.DecisionHeadteacherDue), "Report to decision, for the headteacher asked too"), new(nameof(D.SecondLookOpen), "\"No action\" to the last day of asking for a second look"),
            new(nameof(D.SecondLookDue), "Asking for a second look to its answer"), new(nameof(D.HandOverWorkingDays), "Working days for a task that is handed over"),
        ]),
        new("removal", "Removal",
        [
            new(nameof(D.SentFirstWarning), "Report to the first warning that no request was sent"), new(nameof(D.SentSecondWarning), "Report to the second warning"),
            new(nameof(D.SentDue), "Report to the request being sent"), new(nameof(D.RemovedDue), "Request sent to removed"), new(nameof(D.FirstCheck), "Request sent to the first check"),
            new(nameof(D.SecondCheck), "Request sent to the second check"), new(nameof(D.SecondCheckAfterGone), "First \"gone\" to the second check, at least"),
            new(nameof(D.ThirdCheck), "Request sent to the third check"), new(nameof(D.LastCheck), "Request sent to the last check"),
            new(nameof(D.HostingProviderDue), "Failed check to the hosting provider being asked"), new(nameof(D.HostRouteCheckEvery), "How long a website's contact details count as checked"),
        ]),
        new("safeguarding", "Safeguarding",
        [
            new(nameof(D.SafeguardingSendWithin), "A concern being sent to its mail leaving, at most"), new(nameof(D.SafeguardingRepeat), "Not confirmed: the leads are told again after"),
            new(nameof(D.SafeguardingTrustLead), "Not confirmed: the trust lead is told after"), new(nameof(D.SafeguardingHeadteacher), "Not confirmed: the headteacher is told after"),
        ]),
        new("answers", "Answers and support",
        [
            new(nameof(D.AnswerReminder), "No answer: reminder after"), new(nameof(D.AnswerOtherPerson), "No answer: another person is told after"),
            new(nameof(D.SupportFirstFollowUp), "Report to the first question whether support helps"), new(nameof(D.SupportSecondFollowUp), "Report to the second one"),
            new(nameof(D.DeliveryTroubleDue), "Mail that cannot be delivered to the administrator's answer"),
        ]),
        new("sign-in", "Signing in and links",
        [
            new(nameof(D.LinkLife), "Life of a mailed link"), new(nameof(D.CodeLife), "Life of a mailed code"), new(nameof(D.CodeAskWindow), "Time in which only some codes can be asked for"),
            new(nameof(D.DeviceTrust), "No further code on the same device for"), new(nameof(D.SessionLength), "Longest session"), new(nameof(D.SessionIdle), "Session without use"),
            new(nameof(D.FarReachingSessionLength), "Longest session of people with far-reaching rights"), new(nameof(D.FarReachingSessionIdle), "Their session without use"),
            new(nameof(D.ReadingOnRequest), "A data protection officer reads a case after asking for"),
        ]),
        new("program", "Drafts, files and mail",
        [
            new(nameof(D.DraftReminder), "Last change of a draft to its reminder"), new(nameof(D.DraftLife), "Last change of a draft to its deletion"),
            new(nameof(D.LeftoverFileLife), "A file that nothing holds to its deletion"), new(nameof(D.MailRetryFirst), "First pause after a mail could not be sent"),
            new(nameof(D.MailRetryMax), "Longest pause between two tries"), new(nameof(D.WakeUpSweep), "How often forgotten work is looked for"),
        ]),
    ];

    /// <summary>Its durations; for a school only those that schools may have of their own.</summary>
    public IReadOnlyList<(DurationSetting Setting, string Label)> Settings(bool ofSchool) =>
    [
        .. Labels.Select(label => (Setting: DurationSetting.All.Single(setting => setting.Name == label.Key), Label: label.Value)).Where(row => !ofSchool || row.Setting.IsOfSchools),
    ];

    /// <summary>Words of a duration by its name.</summary>
    public static string LabelOf(string name) => All.SelectMany(group => group.Labels).First(label => label.Key == name).Value;
}
