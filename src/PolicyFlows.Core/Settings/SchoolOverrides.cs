namespace PolicyFlows.Core.Settings;

/// <summary>What one school has different from the trust. Null means the trust's value.</summary>
public sealed record SchoolOverrides
{
    /// <summary>See <see cref="Durations.DecisionDue"/>.</summary>
    public TimeSpan? DecisionDue { get; init; }

    /// <summary>See <see cref="Durations.DecisionDeputyJoins"/>.</summary>
    public TimeSpan? DecisionDeputyJoins { get; init; }

    /// <summary>See <see cref="Durations.DecisionDeputyDue"/>.</summary>
    public TimeSpan? DecisionDeputyDue { get; init; }

    /// <summary>See <see cref="Durations.DecisionHeadteacherJoins"/>.</summary>
    public TimeSpan? DecisionHeadteacherJoins { get; init; }

    /// <summary>See <see cref="Durations.DecisionHeadteacherDue"/>.</summary>
    public TimeSpan? DecisionHeadteacherDue { get; init; }

    /// <summary>See <see cref="Durations.SentDue"/>.</summary>
    public TimeSpan? SentDue { get; init; }

    /// <summary>See <see cref="Durations.SentFirstWarning"/>.</summary>
    public TimeSpan? SentFirstWarning { get; init; }

    /// <summary>See <see cref="Durations.SentSecondWarning"/>.</summary>
    public TimeSpan? SentSecondWarning { get; init; }

    /// <summary>See <see cref="Durations.RemovedDue"/>.</summary>
    public TimeSpan? RemovedDue { get; init; }

    /// <summary>See <see cref="Durations.FirstCheck"/>.</summary>
    public TimeSpan? FirstCheck { get; init; }

    /// <summary>See <see cref="Durations.SecondCheck"/>.</summary>
    public TimeSpan? SecondCheck { get; init; }

    /// <summary>See <see cref="Durations.SecondCheckAfterGone"/>.</summary>
    public TimeSpan? SecondCheckAfterGone { get; init; }

    /// <summary>See <see cref="Durations.ThirdCheck"/>.</summary>
    public TimeSpan? ThirdCheck { get; init; }

    /// <summary>See <see cref="Durations.LastCheck"/>.</summary>
    public TimeSpan? LastCheck { get; init; }

    /// <summary>See <see cref="Durations.HostingProviderDue"/>.</summary>
    public TimeSpan? HostingProviderDue { get; init; }

    /// <summary>See <see cref="Durations.AnswerReminder"/>.</summary>
    public TimeSpan? AnswerReminder { get; init; }

    /// <summary>See <see cref="Durations.AnswerOtherPerson"/>.</summary>
    public TimeSpan? AnswerOtherPerson { get; init; }

    /// <summary>See <see cref="Durations.SecondLookDue"/>.</summary>
    public TimeSpan? SecondLookDue { get; init; }

    /// <summary>See <see cref="Durations.SecondLookOpen"/>.</summary>
    public TimeSpan? SecondLookOpen { get; init; }

    /// <summary>See <see cref="Durations.SupportFirstFollowUp"/>.</summary>
    public TimeSpan? SupportFirstFollowUp { get; init; }

    /// <summary>See <see cref="Durations.SupportSecondFollowUp"/>.</summary>
    public TimeSpan? SupportSecondFollowUp { get; init; }

    /// <summary>See <see cref="Durations.SafeguardingRepeat"/>.</summary>
    public TimeSpan? SafeguardingRepeat { get; init; }

    /// <summary>See <see cref="Durations.SafeguardingTrustLead"/>.</summary>
    public TimeSpan? SafeguardingTrustLead { get; init; }

    /// <summary>See <see cref="Durations.SafeguardingHeadteacher"/>.</summary>
    public TimeSpan? SafeguardingHeadteacher { get; init; }

    /// <summary>See <see cref="Durations.SafeguardingSendWithin"/>.</summary>
    public TimeSpan? SafeguardingSendWithin { get; init; }

    /// <summary>See <see cref="Durations.HandOverWorkingDays"/>.</summary>
    public int? HandOverWorkingDays { get; init; }

    /// <summary>See <see cref="Durations.DeliveryTroubleDue"/>.</summary>
    public TimeSpan? DeliveryTroubleDue { get; init; }

    /// <summary>Terms of a school that keeps other ones than the trust.</summary>
    public IReadOnlyList<Term>? Terms { get; init; }

    /// <summary>School hours of a school that keeps other ones than the trust.</summary>
    public SchoolHours? SchoolHours { get; init; }

    /// <summary>Children's services of the school's own council, out of hours.</summary>
    public Helpline? ChildrensServicesOutOfHours { get; init; }

    /// <summary>The trust's durations with this school's in their place.</summary>
    public Durations Over(Durations trust) => trust with
    {
        DecisionDue = DecisionDue ?? trust.DecisionDue,
        DecisionDeputyJoins = DecisionDeputyJoins ?? trust.DecisionDeputyJoins,
        DecisionDeputyDue = DecisionDeputyDue ?? trust.DecisionDeputyDue,
        DecisionHeadteacherJoins = DecisionHeadteacherJoins ?? trust.DecisionHeadteacherJoins,
        DecisionHeadteacherDue = DecisionHeadteacherDue ?? trust.DecisionHeadteacherDue,
        SentDue = SentDue ?? trust.SentDue,
        SentFirstWarning = SentFirstWarning ?? trust.SentFirstWarning,
        SentSecondWarning = SentSecondWarning ?? trust.SentSecondWarning,
        RemovedDue = RemovedDue ?? trust.RemovedDue,
        FirstCheck = FirstCheck ?? trust.FirstCheck,
        SecondCheck = SecondCheck ?? trust.SecondCheck,
        SecondCheckAfterGone = SecondCheckAfterGone ?? trust.SecondCheckAfterGone,
        ThirdCheck = ThirdCheck ?? trust.ThirdCheck,
        LastCheck = LastCheck ?? trust.LastCheck,
        HostingProviderDue = HostingProviderDue ?? trust.HostingProviderDue,
        AnswerReminder = AnswerReminder ?? trust.AnswerReminder,
        AnswerOtherPerson = AnswerOtherPerson ?? trust.AnswerOtherPerson,
        SecondLookDue = SecondLookDue ?? trust.SecondLookDue,
        SecondLookOpen = SecondLookOpen ?? trust.SecondLookOpen,
        SupportFirstFollowUp = SupportFirstFollowUp ?? trust.SupportFirstFollowUp,
        SupportSecondFollowUp = SupportSecondFollowUp ?? trust.SupportSecondFollowUp,
        SafeguardingRepeat = SafeguardingRepeat ?? trust.SafeguardingRepeat,
        SafeguardingTrustLead = SafeguardingTrustLead ?? trust.SafeguardingTrustLead,
        SafeguardingHeadteacher = SafeguardingHeadteacher ?? trust.SafeguardingHeadteacher,
        SafeguardingSendWithin = SafeguardingSendWithin ?? trust.SafeguardingSendWithin,
        HandOverWorkingDays = HandOverWorkingDays ?? trust.HandOverWorkingDays,
        DeliveryTroubleDue = DeliveryTroubleDue ?? trust.DeliveryTroubleDue,
    };
}
