namespace PolicyFlows.Core.Settings;

/// <summary>
/// Every duration the program works with. Elapsed time (nights, weekends and holidays count) unless the name says working days.
/// Trust values; a school may differ (<see cref="SchoolOverrides"/>). Resolve with <see cref="TrustSettings.For"/>.
/// </summary>
public sealed record Durations
{
    /// <summary>Report to decision: when the first person's answer is due. Clause 9.1.</summary>
    public TimeSpan DecisionDue { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Report to the moment the next person in order joins an undecided report.</summary>
    public TimeSpan DecisionDeputyJoins { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Report to the due time the joined deputy is given.</summary>
    public TimeSpan DecisionDeputyDue { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Report to the moment the headteacher joins an undecided report.</summary>
    public TimeSpan DecisionHeadteacherJoins { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Report to the due time the joined headteacher is given.</summary>
    public TimeSpan DecisionHeadteacherDue { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Sent clock: report (or addition of the target) to request sent. Clause 9.3.</summary>
    public TimeSpan SentDue { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Sent clock: first warning to the holders of the open task.</summary>
    public TimeSpan SentFirstWarning { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Sent clock: second warning to the holders of the open task.</summary>
    public TimeSpan SentSecondWarning { get; init; } = TimeSpan.FromHours(20);

    /// <summary>Removed clock: request sent to removed. Clause 9.3.</summary>
    public TimeSpan RemovedDue { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Request sent to the first removal check. Clause 9.4.</summary>
    public TimeSpan FirstCheck { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Request sent to the second removal check.</summary>
    public TimeSpan SecondCheck { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Least time between the first "gone" and the second check; the later of the two hours counts.</summary>
    public TimeSpan SecondCheckAfterGone { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Request sent to the third check, which may reopen the incident.</summary>
    public TimeSpan ThirdCheck { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Request sent to the last check, which may reopen the incident.</summary>
    public TimeSpan LastCheck { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Failed check to the hosting provider's notice being sent. Clause 9.4.</summary>
    public TimeSpan HostingProviderDue { get; init; } = TimeSpan.FromHours(24);

    /// <summary>An unanswered check or consent: reminder to the person asked.</summary>
    public TimeSpan AnswerReminder { get; init; } = TimeSpan.FromHours(12);

    /// <summary>An unanswered check or consent: another person is told.</summary>
    public TimeSpan AnswerOtherPerson { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Request for a second look at "no action" to the headteacher's answer.</summary>
    public TimeSpan SecondLookDue { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long after "no action" the reporter may ask for the second look.</summary>
    public TimeSpan SecondLookOpen { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Report to the first support follow-up. Clause 9.6.</summary>
    public TimeSpan SupportFirstFollowUp { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Report to the second support follow-up.</summary>
    public TimeSpan SupportSecondFollowUp { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Unacknowledged safeguarding alert in school hours: sent again to the leads. Clause 7.1.</summary>
    public TimeSpan SafeguardingRepeat { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Unacknowledged safeguarding alert in school hours: trust lead told.</summary>
    public TimeSpan SafeguardingTrustLead { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Unacknowledged safeguarding alert in school hours: headteacher told.</summary>
    public TimeSpan SafeguardingHeadteacher { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Longest time between a safeguarding form's POST and its mail leaving.</summary>
    public TimeSpan SafeguardingSendWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Working days for a hand-over task of another route (pupil conduct, conduct of staff, support, police). Clauses 9.1, 9.2.</summary>
    public int HandOverWorkingDays { get; init; } = 2;

    /// <summary>Due time of the administrator's task when mail cannot be delivered.</summary>
    public TimeSpan DeliveryTroubleDue { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Trust-wide: how long a data protection officer reads a case once they have asked with a reason.</summary>
    public TimeSpan ReadingOnRequest { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Trust-wide: life of a task link from its mail.</summary>
    public TimeSpan LinkLife { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Trust-wide: life of a mailed six-digit code.</summary>
    public TimeSpan CodeLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Trust-wide: wrong tries before a code is dead.</summary>
    public int CodeTries { get; init; } = 5;

    /// <summary>Trust-wide: codes one person may ask for within <see cref="CodeAskWindow"/>.</summary>
    public int CodeAsks { get; init; } = 5;

    /// <summary>Trust-wide: the window of <see cref="CodeAsks"/>.</summary>
    public TimeSpan CodeAskWindow { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Trust-wide: how long a device needs no further code for links of the same person.</summary>
    public TimeSpan DeviceTrust { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Trust-wide: longest session.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Trust-wide: a session ends after this long without a request.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Trust-wide: longest session of somebody with far-reaching rights (administrator, DPO, trust lead, HR). Never longer than <see cref="SessionLength"/>.</summary>
    public TimeSpan FarReachingSessionLength { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Trust-wide: their session ends after this long without a request. Never longer than <see cref="SessionIdle"/>.</summary>
    public TimeSpan FarReachingSessionIdle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Trust-wide: first pause after a failed try to send a mail; doubles up to <see cref="MailRetryMax"/>.</summary>
    public TimeSpan MailRetryFirst { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Trust-wide: longest pause between two tries.</summary>
    public TimeSpan MailRetryMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Trust-wide: how often wake-ups that were not drained at once are swept.</summary>
    public TimeSpan WakeUpSweep { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Trust-wide: reminder before an unsent draft is deleted, from its last change.</summary>
    public TimeSpan DraftReminder { get; init; } = TimeSpan.FromDays(83);

    /// <summary>Trust-wide: an unsent draft is deleted, from its last change.</summary>
    public TimeSpan DraftLife { get; init; } = TimeSpan.FromDays(90);

    /// <summary>
    /// Trust-wide: a file that no case and no draft holds is removed this long after its last byte, in system time. Longer than any upload takes.
    /// </summary>
    public TimeSpan LeftoverFileLife { get; init; } = TimeSpan.FromHours(48);

    /// <summary>Trust-wide: how long after the last check a host route counts as recently checked.</summary>
    public TimeSpan HostRouteCheckEvery { get; init; } = TimeSpan.FromDays(365);
}
