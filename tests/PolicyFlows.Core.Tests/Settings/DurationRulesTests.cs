using PolicyFlows.Core.People;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Tests.Cases;

namespace PolicyFlows.Core.Tests.Settings;

public sealed class DurationRulesTests
{
    public static TheoryData<string> Settings => [.. DurationSetting.All.Select(setting => setting.Name)];

    [Fact]
    public void The_values_that_a_trust_begins_with_are_in_order() => Assert.Empty(DurationRules.Check(new Durations()));

    [Theory]
    [MemberData(nameof(Settings))]
    public void Each_is_read_and_set_by_its_name_for_the_trust_and_where_it_may_for_a_school(string name)
    {
        var setting = DurationSetting.All.Single(s => s.Name == name);
        var longer = setting.Of(new Durations()) + TimeSpan.FromDays(1);
        var before = new Durations();
        var changed = setting.With(before, longer);
        Assert.Equal(longer, setting.Of(changed));
        Assert.Equal(new Durations(), before);
        Assert.All(DurationSetting.All.Where(s => s != setting), other => Assert.Equal(other.Of(before), other.Of(changed)));
        if (!setting.IsOfSchools)
        {
            Assert.Throws<InvalidOperationException>(() => setting.With(new SchoolOverrides(), longer));
            return;
        }

        var own = setting.With(new SchoolOverrides(), longer);
        Assert.Equal(longer, setting.Of(own));
        Assert.Equal(longer, setting.Of(own.Over(new Durations())));
        Assert.Null(setting.Of(setting.With(own, value: null)));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Nothing_may_take_no_time_or_years(string name)
    {
        var setting = DurationSetting.All.Single(s => s.Name == name);
        Assert.Contains(DurationRules.Check(setting.With(new Durations(), TimeSpan.Zero)), problem => problem.Setting == name && problem.Least is not null);
        Assert.Contains(DurationRules.Check(setting.With(new Durations(), TimeSpan.FromDays(1000))), problem => problem.Setting == name && problem is { Most: not null, Other: null });
    }

    [Fact]
    public void Nothing_lengthens_what_the_policy_promises()
    {
        var late = new Durations { SentDue = TimeSpan.FromHours(25), RemovedDue = TimeSpan.FromHours(25) };
        Assert.Equal([(nameof(Durations.SentDue), (TimeSpan?)TimeSpan.FromHours(24)), (nameof(Durations.RemovedDue), TimeSpan.FromHours(24))], DurationRules.Check(late).Select(p => (p.Setting, p.Most)));
    }

    [Fact]
    public void What_comes_first_is_not_later_than_what_comes_next()
    {
        var problem = Assert.Single(DurationRules.Check(new Durations { SentSecondWarning = TimeSpan.FromHours(11) }));
        Assert.Equal((nameof(Durations.SentFirstWarning), nameof(Durations.SentSecondWarning), TimeSpan.FromHours(11)), (problem.Setting, problem.Other, problem.Most));
    }

    [Fact]
    public async Task A_school_cannot_be_left_with_an_order_that_the_trusts_change_breaks()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<DirectoryDesk>();
        await desk.ChangeSettingsAsync(Own(new() { SentFirstWarning = TimeSpan.FromHours(10) }), spine.As(DemonstrationSeed.Administrator));
        Task ShortenAsync() => desk.ChangeSettingsAsync(
            settings => settings with { Durations = settings.Durations with { SentFirstWarning = TimeSpan.FromHours(4), SentSecondWarning = TimeSpan.FromHours(8) } }, spine.As(DemonstrationSeed.Administrator));
        Assert.Equal(DirectoryRule.Durations, (await Assert.ThrowsAsync<DirectoryRuleException>(ShortenAsync)).Rule);
        await desk.ChangeSettingsAsync(Own(new()), spine.As(DemonstrationSeed.Administrator));
        await ShortenAsync();

        var entries = (await spine.Get<ConfigurationLog>().ListAsync(null, 10)).Entries;
        Assert.Equal(["durations.sentFirstWarning", "durations.sentSecondWarning"], entries[0].Values.Select(value => value.Field));
        Assert.Equal(("12:00:00", "04:00:00"), (entries[0].Values[0].Before, entries[0].Values[0].After));
        Assert.Equal(["overrides.s-101.sentFirstWarning"], entries[^1].Values.Select(value => value.Field));

        static Func<TrustSettings, TrustSettings> Own(SchoolOverrides own) => settings => settings with { Overrides = new Dictionary<string, SchoolOverrides> { [Spine.School] = own } };
    }
}
