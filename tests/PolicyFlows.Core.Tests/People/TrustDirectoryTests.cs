using System.Text.RegularExpressions;
using PolicyFlows.Core.People;

namespace PolicyFlows.Core.Tests.People;

public sealed partial class TrustDirectoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_demonstration_fills_every_role_a_case_needs()
    {
        var seed = DemonstrationSeed.Create();
        Assert.Equal(2, seed.Schools.Count);
        foreach (var school in seed.Schools)
        {
            Assert.All([Role.SeniorManager, Role.DeputySeniorManager, Role.Headteacher, Role.Dsl, Role.DeputyDsl, Role.BehaviourLead, Role.SupportContact, Role.AccountOwner, Role.Hr, Role.Dpo, Role.It, Role.TrustLead, Role.ChairOfGovernors, Role.Administrator],
                role => Assert.NotEmpty(seed.Holders(role, school.Id, Now)));
        }

        Assert.Equal(2, seed.Holders(Role.DeputySeniorManager, DemonstrationSeed.FirstSchool, Now).Count);
        Assert.Single(seed.Holders(Role.DeputySeniorManager, DemonstrationSeed.SecondSchool, Now));
    }

    [Fact]
    public void The_demonstration_reaches_nobody_real()
    {
        var seed = DemonstrationSeed.Create();
        Assert.All(seed.People.Where(person => person.Email is not null), person => Assert.EndsWith(".example", person.Email, StringComparison.Ordinal));
        Assert.All(seed.People, person => Assert.Matches(DramaNumber(), person.Telephone));
        Assert.All(seed.Schools, school => Assert.Matches(DramaNumber(), school.Telephone));
        Assert.Matches(DramaNumber(), seed.Settings.ChildrensServicesOutOfHours.Number);
        Assert.Matches(DramaNumber(), seed.Settings.Administrator.Telephone);
        Assert.Distinct(seed.People.Select(person => person.Name));
        Assert.All(seed.People, person => Assert.Matches(OpaqueId(), person.Id));
    }

    [Fact]
    public void An_address_finds_its_person_whatever_the_case()
    {
        var seed = DemonstrationSeed.Create();
        var manager = seed.Person(DemonstrationSeed.Manager)!;
        Assert.Equal(manager, seed.ByEmail($" {manager.Email!.ToUpperInvariant()} ", Now));
        Assert.Null(seed.ByEmail("nobody@polygon.example", Now));
        Assert.Null(seed.ByEmail(null, Now));
    }

    [Fact]
    public void An_address_that_two_people_share_finds_neither_and_somebody_who_left_is_not_found()
    {
        var settings = DemonstrationSeed.Create().Settings;
        var directory = new TrustDirectory(settings, [],
        [
            new Person { Id = "p-1", Name = "One", Email = "office@polygon.example" },
            new Person { Id = "p-2", Name = "Two", Email = "Office@polygon.example" },
            new Person { Id = "p-3", Name = "Three", Email = "three@polygon.example", Active = false },
        ], []);
        Assert.Null(directory.ByEmail("office@polygon.example", Now));
        Assert.Null(directory.ByEmail("three@polygon.example", Now));
    }

    [Fact]
    public void From_the_instant_somebody_leaves_they_hold_nothing_and_their_address_is_free_for_the_next()
    {
        var seed = DemonstrationSeed.Create();
        var leaver = seed.Person(DemonstrationSeed.Manager)! with { LeavesAt = Now };
        var heir = new Person { Id = "p-1", Name = "Next", Email = leaver.Email, SchoolIds = leaver.SchoolIds };
        var directory = new TrustDirectory(seed.Settings, seed.Schools, [leaver, heir], []);
        var before = Now.AddTicks(-1);

        Assert.True(leaver.Holds(Role.SeniorManager, DemonstrationSeed.FirstSchool, before));
        Assert.Equal(leaver, directory.PresentFor(leaver.Id, before));
        Assert.Null(directory.ByEmail(leaver.Email, before));

        Assert.False(leaver.Holds(Role.SeniorManager, DemonstrationSeed.FirstSchool, Now));
        Assert.Null(directory.PresentFor(leaver.Id, Now));
        Assert.Equal(heir, directory.ByEmail(leaver.Email, Now));
        Assert.Equal([heir], directory.PeopleAt(DemonstrationSeed.FirstSchool, Now));
    }

    [Fact]
    public void Of_overlapping_absences_the_later_one_counts()
    {
        var seed = DemonstrationSeed.Create();
        var directory = new TrustDirectory(seed.Settings, seed.Schools, seed.People,
        [
            new Absence { Id = "a-2", PersonId = DemonstrationSeed.Manager, SubstituteId = DemonstrationSeed.FirstDeputy, From = Now.AddDays(-1), To = Now.AddDays(1) },
            new Absence { Id = "a-1", PersonId = DemonstrationSeed.Manager, SubstituteId = DemonstrationSeed.Substitute, From = Now.AddDays(-2), To = Now.AddDays(3) },
        ]);
        Assert.Equal(DemonstrationSeed.FirstDeputy, directory.PresentFor(DemonstrationSeed.Manager, Now)?.Id);
        Assert.Equal(DemonstrationSeed.Substitute, directory.PresentFor(DemonstrationSeed.Manager, Now.AddDays(2))?.Id);
        Assert.Empty(directory.StandsFor(DemonstrationSeed.Substitute, Now));
        Assert.Equal([DemonstrationSeed.Manager], directory.StandsFor(DemonstrationSeed.FirstDeputy, Now).Select(person => person.Id));
    }

    [Fact]
    public void Two_rows_with_one_id_are_refused()
    {
        var settings = DemonstrationSeed.Create().Settings;
        Assert.Throws<ArgumentException>(() => new TrustDirectory(settings, [], [new Person { Id = "p-1", Name = "One" }, new Person { Id = "p-1", Name = "Two" }], []));
    }

    [GeneratedRegex(@"^(020 7946 0\d{3}|07700 900\d{3})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DramaNumber();

    [GeneratedRegex(@"^p-\d{3}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex OpaqueId();
}
