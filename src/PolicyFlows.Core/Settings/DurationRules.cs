namespace PolicyFlows.Core.Settings;

/// <summary>A duration that cannot be.</summary>
/// <param name="Setting">Name of the duration.</param>
/// <param name="Least">It must be at least this long, or null.</param>
/// <param name="Most">It must be at most this long, or null.</param>
/// <param name="Other">The duration that sets the bound, or null for a bound of its own.</param>
public sealed record DurationProblem(string Setting, TimeSpan? Least, TimeSpan? Most, string? Other = null);

/// <summary>What durations may be, so that no setting breaks a promise of the policy or an order of the program.</summary>
public static class DurationRules
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    // No orchestration waits longer (architecture rule 4).
    private static readonly TimeSpan LongestOfCases = TimeSpan.FromDays(35);
    private static readonly TimeSpan LongestOfAll = TimeSpan.FromDays(400);

    /// <summary>Upper bounds of their own: what the policy promises (clauses 7.1, 9.3), and how long a mailed code may live (OWASP ASVS 5.0, 6.5.5).</summary>
    private static readonly Dictionary<string, TimeSpan> Longest = new(StringComparer.Ordinal)
    {
        [nameof(Durations.SentDue)] = TimeSpan.FromHours(24), [nameof(Durations.RemovedDue)] = TimeSpan.FromHours(24), [nameof(Durations.HostingProviderDue)] = TimeSpan.FromHours(24),
        [nameof(Durations.DecisionHeadteacherDue)] = TimeSpan.FromHours(24), [nameof(Durations.SafeguardingHeadteacher)] = TimeSpan.FromHours(4),
        [nameof(Durations.SafeguardingSendWithin)] = TimeSpan.FromSeconds(60), [nameof(Durations.CodeLife)] = TimeSpan.FromMinutes(10),
        [nameof(Durations.MailRetryMax)] = TimeSpan.FromMinutes(5), [nameof(Durations.WakeUpSweep)] = TimeSpan.FromMinutes(10), [nameof(Durations.SessionLength)] = TimeSpan.FromHours(24),
        [nameof(Durations.DeviceTrust)] = TimeSpan.FromHours(24), [nameof(Durations.LinkLife)] = TimeSpan.FromDays(60), [nameof(Durations.ReadingOnRequest)] = TimeSpan.FromDays(7),
    };

    /// <summary>Lower bounds of their own.</summary>
    private static readonly Dictionary<string, TimeSpan> Least = new(StringComparer.Ordinal)
    {
        // Longer than any upload takes.
        [nameof(Durations.LeftoverFileLife)] = TimeSpan.FromHours(24), [nameof(Durations.SessionIdle)] = TimeSpan.FromMinutes(5), [nameof(Durations.FarReachingSessionIdle)] = TimeSpan.FromMinutes(5),
        [nameof(Durations.CodeLife)] = TimeSpan.FromMinutes(2), [nameof(Durations.HandOverWorkingDays)] = TimeSpan.FromDays(1), [nameof(Durations.DraftLife)] = TimeSpan.FromDays(2),
    };

    /// <summary>Each is not longer than the next.</summary>
    private static readonly string[][] Orders =
    [
        [nameof(Durations.DecisionDue), nameof(Durations.DecisionDeputyDue), nameof(Durations.DecisionHeadteacherDue)],
        [nameof(Durations.DecisionDeputyJoins), nameof(Durations.DecisionDeputyDue)],
        [nameof(Durations.DecisionDeputyJoins), nameof(Durations.DecisionHeadteacherJoins), nameof(Durations.DecisionHeadteacherDue)],
        [nameof(Durations.SentFirstWarning), nameof(Durations.SentSecondWarning), nameof(Durations.SentDue)],
        [nameof(Durations.FirstCheck), nameof(Durations.SecondCheck), nameof(Durations.ThirdCheck), nameof(Durations.LastCheck)],
        [nameof(Durations.AnswerReminder), nameof(Durations.AnswerOtherPerson)],
        [nameof(Durations.SupportFirstFollowUp), nameof(Durations.SupportSecondFollowUp)],
        [nameof(Durations.SafeguardingRepeat), nameof(Durations.SafeguardingTrustLead), nameof(Durations.SafeguardingHeadteacher)],
        [nameof(Durations.SessionIdle), nameof(Durations.SessionLength)],
        [nameof(Durations.FarReachingSessionIdle), nameof(Durations.FarReachingSessionLength), nameof(Durations.SessionLength)],
        [nameof(Durations.FarReachingSessionIdle), nameof(Durations.SessionIdle)],
        [nameof(Durations.MailRetryFirst), nameof(Durations.MailRetryMax)],
        [nameof(Durations.DraftReminder), nameof(Durations.DraftLife)],
    ];

    private static readonly Dictionary<string, DurationSetting> ByName = DurationSetting.All.ToDictionary(setting => setting.Name, StringComparer.Ordinal);

    /// <summary>All that cannot be; empty when everything can.</summary>
    public static IReadOnlyList<DurationProblem> Check(Durations durations) =>
    [
        .. DurationSetting.All.Select(setting => OwnBound(setting, setting.Of(durations))).OfType<DurationProblem>(),
        .. Orders.SelectMany(order => order.Zip(order.Skip(1))).Distinct().Where(pair => ByName[pair.First].Of(durations) > ByName[pair.Second].Of(durations))
            .Select(pair => new DurationProblem(pair.First, null, ByName[pair.Second].Of(durations), pair.Second)),
    ];

    private static DurationProblem? OwnBound(DurationSetting setting, TimeSpan value)
    {
        var (least, most) = (Least.GetValueOrDefault(setting.Name, Shortest), Longest.GetValueOrDefault(setting.Name, setting.IsOfSchools ? LongestOfCases : LongestOfAll));
        return value < least ? new(setting.Name, least, null) : value > most ? new(setting.Name, null, most) : null;
    }
}
