using System.Reflection;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Settings;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tests.Settings;

public sealed class TrustSettingsTests
{
    // These belong to the program, not to a school.
    private static readonly string[] TrustWide =
    [
        nameof(Durations.LinkLife), nameof(Durations.CodeLife), nameof(Durations.CodeTries), nameof(Durations.CodeAsks), nameof(Durations.CodeAskWindow),
        nameof(Durations.DeviceTrust), nameof(Durations.SessionLength), nameof(Durations.SessionIdle), nameof(Durations.FarReachingSessionLength),
        nameof(Durations.FarReachingSessionIdle), nameof(Durations.MailRetryFirst),
        nameof(Durations.MailRetryMax), nameof(Durations.WakeUpSweep), nameof(Durations.DraftReminder), nameof(Durations.DraftLife),
        nameof(Durations.LeftoverFileLife), nameof(Durations.HostRouteCheckEvery), nameof(Durations.ReadingOnRequest),
    ];

    public static TheoryData<string> SchoolDurations() => [.. typeof(Durations).GetProperties().Select(property => property.Name).Except(TrustWide)
        .Where(name => name != "EqualityContract")];

    [Theory]
    [MemberData(nameof(SchoolDurations))]
    public void A_school_may_differ_in_every_duration_of_its_cases(string name)
    {
        var trust = typeof(Durations).GetProperty(name)!;
        var school = typeof(SchoolOverrides).GetProperty(name);
        Assert.NotNull(school);

        object other = trust.PropertyType == typeof(int) ? 77 : TimeSpan.FromMinutes(77);
        var overrides = new SchoolOverrides();
        school.SetValue(overrides, other);
        var settings = Settings() with { Overrides = new Dictionary<string, SchoolOverrides> { ["s-1"] = overrides } };

        Assert.Equal(other, trust.GetValue(settings.For("s-1")));
        Assert.Equal(trust.GetValue(new Durations()), trust.GetValue(settings.For("s-2")));
        Assert.All(typeof(Durations).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != name),
            property => Assert.Equal(property.GetValue(new Durations()), property.GetValue(settings.For("s-1"))));
    }

    [Fact]
    public void The_defaults_are_those_of_the_scenarios()
    {
        var clocks = new Durations();
        Assert.Equal([4, 4, 12, 12, 24], Hours(clocks.DecisionDue, clocks.DecisionDeputyJoins, clocks.DecisionDeputyDue, clocks.DecisionHeadteacherJoins, clocks.DecisionHeadteacherDue));
        Assert.Equal([12, 20, 24, 24], Hours(clocks.SentFirstWarning, clocks.SentSecondWarning, clocks.SentDue, clocks.RemovedDue));
        Assert.Equal([24, 48, 24, 7 * 24, 30 * 24], Hours(clocks.FirstCheck, clocks.SecondCheck, clocks.SecondCheckAfterGone, clocks.ThirdCheck, clocks.LastCheck));
        Assert.Equal([24, 12, 24, 7 * 24, 30 * 24], Hours(clocks.HostingProviderDue, clocks.AnswerReminder, clocks.AnswerOtherPerson, clocks.SupportFirstFollowUp, clocks.SupportSecondFollowUp));
        Assert.Equal([0.25, 0.5, 1], Hours(clocks.SafeguardingRepeat, clocks.SafeguardingTrustLead, clocks.SafeguardingHeadteacher));
        Assert.Equal(TimeSpan.FromSeconds(10), clocks.SafeguardingSendWithin);
        Assert.Equal([14 * 24, 12, 90 * 24], Hours(clocks.LinkLife, clocks.DeviceTrust, clocks.DraftLife));
        Assert.Equal(TimeSpan.FromMinutes(10), clocks.CodeLife);
        Assert.Equal(TimeSpan.FromMinutes(5), clocks.MailRetryMax);
        Assert.Equal(5, clocks.CodeTries);
    }

    [Fact]
    public void Settings_survive_storing_and_keep_their_version()
    {
        var settings = Settings() with { Overrides = new Dictionary<string, SchoolOverrides> { ["s-1"] = new() { DecisionDue = TimeSpan.FromHours(2), Terms = [] } } };
        var back = Json.Read<TrustSettings>(Json.Write(settings))!;
        Assert.Equal(Json.Write(settings), Json.Write(back));
        Assert.Equal(1, back.V);
        Assert.Equal(TimeSpan.FromHours(2), back.For("s-1").DecisionDue);
        Assert.Empty(back.TermsOf("s-1"));
        Assert.Contains("\"v\":1", Json.Write(settings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stored_record_without_a_newer_duration_gets_its_default()
    {
        var old = """{"v":1,"trustName":"T","durations":{"decisionDue":"03:00:00"},"childrensServicesOutOfHours":{"name":"n","number":"1","hours":"h","source":"s"},"administrator":{"name":"a","email":"a@b.example","telephone":"1"},"policy":{"title":"p","version":"1","approvedOn":"2020-11-01","revisionDueOn":"2021-11-30"}}""";
        var settings = Json.Read<TrustSettings>(old)!;
        Assert.Equal(TimeSpan.FromHours(3), settings.For(null).DecisionDue);
        Assert.Equal(TimeSpan.FromHours(24), settings.For("s-1").SentDue);
    }

    [Fact]
    public void The_policy_is_overdue_since_the_end_of_November_2021()
    {
        var policy = Settings().Policy;
        Assert.Equal(new DateOnly(2020, 11, 1), policy.ApprovedOn);
        Assert.False(policy.IsOverdue(new DateOnly(2021, 11, 30)));
        Assert.True(policy.IsOverdue(new DateOnly(2021, 12, 1)));
    }

    private static TrustSettings Settings() => DemonstrationSeed.Create().Settings;

    private static double[] Hours(params TimeSpan[] spans) => [.. spans.Select(span => span.TotalHours)];
}
