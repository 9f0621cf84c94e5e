using PolicyFlows.Core.People;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Core.Tests.People;

public sealed class RoutingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_ladder_is_manager_deputies_in_order_headteacher()
    {
        Assert.Equal(
            [new(Manager, null, Role.SeniorManager), new(FirstDeputy, null, Role.DeputySeniorManager), new(SecondDeputy, null, Role.DeputySeniorManager), new(Headteacher, null, Role.Headteacher)],
            Ladder(Directory()));
        Assert.Equal(
            [SecondSchoolManager, SecondSchoolDeputy, SecondSchoolHeadteacher],
            Routing.DecisionLadder(Directory(), SecondSchool, Now, Set()).Select(candidate => candidate.PersonId));
    }

    [Fact]
    public void Somebody_named_vanishes_and_the_next_is_asked_first() =>
        Assert.Equal([FirstDeputy, SecondDeputy, Headteacher], Ids(Directory(), Manager));

    [Fact]
    public void A_substitute_takes_the_place_and_it_is_recorded_for_whom() =>
        Assert.Equal(new Candidate(Substitute, Manager, Role.SeniorManager), Ladder(Directory((Manager, Substitute)))[0]);

    [Fact]
    public void A_named_substitute_is_passed_over() =>
        Assert.Equal([FirstDeputy, SecondDeputy, Headteacher], Ids(Directory((Manager, Substitute)), Substitute));

    [Fact]
    public void A_substitute_of_somebody_named_is_not_asked_in_their_place() =>
        Assert.Equal([FirstDeputy, SecondDeputy, Headteacher], Ids(Directory((Manager, Substitute)), Manager));

    [Fact]
    public void A_deputy_who_stands_in_is_on_the_list_once()
    {
        var ladder = Ladder(Directory((Manager, FirstDeputy)));
        Assert.Equal([FirstDeputy, SecondDeputy, Headteacher], ladder.Select(candidate => candidate.PersonId));
        Assert.Equal(Manager, ladder[0].OnBehalfOf);
    }

    [Fact]
    public void A_headteacher_who_stands_in_for_the_manager_does_not_bring_in_the_trust_lead() =>
        Assert.Equal([Headteacher, FirstDeputy, SecondDeputy], Ids(Directory((Manager, Headteacher))));

    [Fact]
    public void Somebody_away_without_a_substitute_is_passed_over() =>
        Assert.Equal([FirstDeputy, SecondDeputy, Headteacher], Ids(Directory((Manager, null))));

    [Fact]
    public void A_substitute_who_is_away_too_is_followed_to_theirs() =>
        Assert.Equal(new Candidate(Substitute, Manager, Role.SeniorManager), Ladder(Directory((Manager, SecondTeacher), (SecondTeacher, Substitute)))[0]);

    [Fact]
    public void Two_people_who_stand_in_for_each_other_are_both_passed_over() =>
        Assert.Equal([SecondDeputy, Headteacher], Ids(Directory((Manager, FirstDeputy), (FirstDeputy, Manager))));

    [Fact]
    public void The_absence_counts_from_its_first_to_before_its_last_instant()
    {
        var directory = Directory((Manager, Substitute));
        Assert.Equal(Substitute, Routing.DecisionLadder(directory, FirstSchool, Now.AddDays(-1), Set())[0].PersonId);
        Assert.Equal(Manager, Routing.DecisionLadder(directory, FirstSchool, Now.AddDays(-1).AddTicks(-1), Set())[0].PersonId);
        Assert.Equal(Manager, Routing.DecisionLadder(directory, FirstSchool, Now.AddDays(1), Set())[0].PersonId);
    }

    [Fact]
    public void Without_the_headteacher_the_trust_lead_takes_that_place_then_the_chair()
    {
        Assert.Equal(new Candidate(TrustLead, null, Role.TrustLead), Ladder(Directory(), Headteacher)[^1]);
        Assert.Equal([Chair], Ids(Directory(), Manager, FirstDeputy, SecondDeputy, Headteacher, TrustLead));
        Assert.Empty(Ids(Directory(), Manager, FirstDeputy, SecondDeputy, Headteacher, TrustLead, Chair));
    }

    [Fact]
    public void When_everybody_is_away_somebody_is_asked_nevertheless() =>
        Assert.Equal([Manager], Ids(Directory((Manager, null), (FirstDeputy, null), (SecondDeputy, null), (Headteacher, null), (TrustLead, null), (Chair, null))));

    [Fact]
    public void No_subset_of_named_people_yields_somebody_named_somebody_twice_or_nobody()
    {
        string[] all = [Manager, FirstDeputy, SecondDeputy, Headteacher, TrustLead, Chair, Substitute];
        (string, string?)[][] absences = [[], [(Manager, Substitute)], [(Manager, FirstDeputy), (Headteacher, SecondDeputy)], [(Headteacher, null)], [(TrustLead, Substitute), (Headteacher, TrustLead)]];
        foreach (var away in absences)
        {
            for (var bits = 0; bits < 1 << all.Length; bits++)
            {
                var named = all.Where((_, index) => (bits & (1 << index)) != 0).ToArray();
                var ids = Ids(Directory(away), named);
                Assert.Empty(ids.Intersect(named));
                Assert.Distinct(ids);
                Assert.Equal(all[..6].All(named.Contains), ids.Count == 0);
            }
        }
    }

    [Fact]
    public void Another_route_goes_to_its_holders_and_without_one_to_the_headteacher()
    {
        Assert.Equal([new(BehaviourLead, null, Role.BehaviourLead)], Routing.For(Directory(), Role.BehaviourLead, FirstSchool, Now, Set()));
        Assert.Equal([new(Headteacher, null, Role.Headteacher)], Routing.For(Directory(), Role.BehaviourLead, FirstSchool, Now, Set(BehaviourLead)));
        Assert.Equal([new(Hr, null, Role.Hr)], Routing.For(Directory(), Role.Hr, FirstSchool, Now, Set()));
    }

    [Fact]
    public void Safeguarding_goes_to_lead_and_deputies_and_beside_them_to_trust_lead_and_headteacher()
    {
        var route = Routing.Safeguarding(Directory(), FirstSchool, Now, Set());
        Assert.Equal([Dsl, DeputyDsl, SecondDeputyDsl], route.Leads.Select(lead => lead.PersonId));
        Assert.Equal(TrustLead, route.TrustLead?.PersonId);
        Assert.Equal(Headteacher, route.Headteacher?.PersonId);
    }

    [Fact]
    public void Safeguarding_without_a_lead_goes_to_the_headteacher_once()
    {
        var route = Routing.Safeguarding(Directory(), FirstSchool, Now, Set(Dsl, DeputyDsl, SecondDeputyDsl));
        Assert.Equal([Headteacher], route.Leads.Select(lead => lead.PersonId));
        Assert.Equal(TrustLead, route.TrustLead?.PersonId);
        Assert.Null(route.Headteacher);
    }

    [Fact]
    public void An_absent_safeguarding_lead_is_replaced_by_the_substitute()
    {
        var route = Routing.Safeguarding(Directory((Dsl, Substitute)), FirstSchool, Now, Set());
        Assert.Equal(new Candidate(Substitute, Dsl, Role.Dsl), route.Leads[0]);
    }

    private static IReadOnlyList<Candidate> Ladder(TrustDirectory directory, params string[] named) => Routing.DecisionLadder(directory, FirstSchool, Now, Set(named));

    private static List<string> Ids(TrustDirectory directory, params string[] named) => [.. Ladder(directory, named).Select(candidate => candidate.PersonId)];

    private static HashSet<string> Set(params string[] ids) => new(ids, StringComparer.Ordinal);

    private static TrustDirectory Directory(params (string Person, string? Substitute)[] away)
    {
        var seed = Create();
        return new TrustDirectory(seed.Settings, seed.Schools, seed.People,
            away.Select((pair, index) => new Absence { Id = $"a-{index}", PersonId = pair.Person, SubstituteId = pair.Substitute, From = Now.AddDays(-1), To = Now.AddDays(1) }));
    }
}
