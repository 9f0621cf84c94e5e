using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Tests.Tasks;

namespace PolicyFlows.Core.Tests.SignIn;

public sealed class SessionLimitTests
{
    private static readonly DateTimeOffset At = new(2026, 10, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly SessionLimits Far = new(TimeSpan.FromHours(4), TimeSpan.FromMinutes(30)), Usual = new(TimeSpan.FromHours(8), TimeSpan.FromHours(2));

    [Theory, InlineData(DemonstrationSeed.Administrator), InlineData(DemonstrationSeed.Dpo), InlineData(DemonstrationSeed.TrustLead), InlineData(DemonstrationSeed.Hr)]
    public void Far_reaching_roles_have_short_sessions(string person) => Assert.Equal(Far, SessionLimits.Of(DemonstrationSeed.Create(), person, At));

    [Theory, InlineData(DemonstrationSeed.Manager), InlineData(DemonstrationSeed.Headteacher), InlineData(DemonstrationSeed.Teacher), InlineData("p-unknown")]
    public void Others_have_the_usual_ones(string person) => Assert.Equal(Usual, SessionLimits.Of(DemonstrationSeed.Create(), person, At));

    [Fact]
    public void A_role_counts_while_it_lasts_at_whatever_school_and_so_does_standing_in_for_it()
    {
        var seed = DemonstrationSeed.Create();
        var until = seed.With(seed.Person(DemonstrationSeed.Teacher)! with { Roles = [new(Role.Hr, "s-other", Until: At.AddHours(1))] });
        Assert.Equal(Far, SessionLimits.Of(until, DemonstrationSeed.Teacher, At));
        Assert.Equal(Usual, SessionLimits.Of(until, DemonstrationSeed.Teacher, At.AddHours(1)));
        var away = new TrustDirectory(seed.Settings, seed.Schools, seed.People,
            [new() { Id = "a-1", PersonId = DemonstrationSeed.Dpo, From = At, To = At.AddDays(1), SubstituteId = DemonstrationSeed.Teacher }]);
        Assert.Equal(Far, SessionLimits.Of(away, DemonstrationSeed.Teacher, At));
        Assert.Equal(Usual, SessionLimits.Of(away, DemonstrationSeed.Teacher, At.AddDays(1)));
    }

    [Fact]
    public void A_trust_that_shortens_all_sessions_shortens_these_too()
    {
        var seed = DemonstrationSeed.Create();
        var settings = seed.Settings with { Durations = seed.Settings.Durations with { SessionLength = TimeSpan.FromHours(1), SessionIdle = TimeSpan.FromMinutes(5) } };
        Assert.Equal(new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5)), SessionLimits.Of(new(settings, seed.Schools, seed.People, []), DemonstrationSeed.Hr, At));
    }
}
