using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;

namespace PolicyFlows.Core.Tests.SignIn;

public sealed class RoleGroupsTests
{
    private static readonly Guid One = new("99999999-0000-0000-0000-000000000001"), Two = new("99999999-0000-0000-0000-000000000002");
    private static readonly DateTimeOffset At = new(2026, 11, 22, 22, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ")]
    public void Nothing_set_is_no_role(string? text) => Assert.Empty(RoleGroups.Parse(text).Roles);

    [Fact]
    public void A_role_may_have_several_groups_and_a_group_several_roles()
    {
        var groups = RoleGroups.Parse($"Dpo={One}, hr = {One}; Dpo={Two}");
        Assert.Equal([Role.Hr, Role.Dpo], groups.Roles.Order());
        Assert.Equal([Role.Hr, Role.Dpo], groups.Of(In(One)).Order());
        Assert.Equal([Role.Dpo], groups.Of(In(Two)));
        Assert.Empty(groups.Of(In(Guid.NewGuid())));
        Assert.Empty(groups.Of(null));
        Assert.Empty(groups.Of(In(One) with { GroupsKnown = false }));
    }

    [Theory]
    [InlineData("Dpo")]
    [InlineData("Dpo=")]
    [InlineData("Dpo=officers")]
    [InlineData("Dpo=00000000-0000-0000-0000-000000000000")]
    [InlineData("Dpo=99999999-0000-0000-0000-000000000001=x")]
    [InlineData("Boss=99999999-0000-0000-0000-000000000001")]
    [InlineData("9=99999999-0000-0000-0000-000000000001")]
    [InlineData("SeniorManager=99999999-0000-0000-0000-000000000001")]
    [InlineData("Headteacher=99999999-0000-0000-0000-000000000001")]
    [InlineData("Dsl=99999999-0000-0000-0000-000000000001")]
    [InlineData("StaffMember=99999999-0000-0000-0000-000000000001")]
    public void What_is_no_trust_wide_role_with_a_group_is_refused(string text) => Assert.Throws<FormatException>(() => RoleGroups.Parse(text));

    [Fact]
    public void Only_the_asker_and_those_they_stand_in_for_are_seen_with_other_roles()
    {
        var seed = DemonstrationSeed.Create();
        var absence = new Absence { Id = "a-1", PersonId = DemonstrationSeed.Hr, From = At.AddDays(-1), To = At.AddDays(1), SubstituteId = DemonstrationSeed.Dpo };
        var directory = new TrustDirectory(seed.Settings, seed.Schools, seed.People, [absence]);
        var groups = RoleGroups.Parse($"Dpo={One},Hr={One},Administrator={Two}");

        var seen = groups.Seen(directory, DemonstrationSeed.Dpo, null, At);
        Assert.False(seen.Person(DemonstrationSeed.Dpo)!.Holds(Role.Dpo, null, At));
        Assert.False(seen.Person(DemonstrationSeed.Hr)!.Holds(Role.Hr, null, At));
        Assert.True(seen.Person(DemonstrationSeed.Administrator)!.Holds(Role.Administrator, null, At));

        var held = groups.Seen(directory, DemonstrationSeed.Dpo, new HashSet<Role> { Role.Dpo, Role.Administrator }, At);
        Assert.True(held.Person(DemonstrationSeed.Dpo)!.Holds(Role.Dpo, null, At));
        Assert.True(held.Person(DemonstrationSeed.Dpo)!.Holds(Role.Administrator, null, At));
        Assert.False(held.Person(DemonstrationSeed.Hr)!.Holds(Role.Hr, null, At));
        Assert.Same(directory, groups.Seen(directory, DemonstrationSeed.Manager, null, At));
        Assert.Same(directory, RoleGroups.None.Seen(directory, DemonstrationSeed.Dpo, null, At));
    }

    [Fact]
    public void A_role_at_a_school_stays_with_the_list_of_people()
    {
        var seed = DemonstrationSeed.Create();
        var directory = new TrustDirectory(seed.Settings, seed.Schools, seed.People.Select(p => p.Id == DemonstrationSeed.Teacher
            ? p with { Roles = [.. p.Roles, new RoleAt(Role.ChairOfGovernors, DemonstrationSeed.FirstSchool)] } : p), []);
        var seen = RoleGroups.Parse($"ChairOfGovernors={One}").Seen(directory, DemonstrationSeed.Teacher, null, At);
        Assert.True(seen.Person(DemonstrationSeed.Teacher)!.Holds(Role.ChairOfGovernors, DemonstrationSeed.FirstSchool, At));
    }

    private static WorkAccount In(params Guid[] groups) => new(Guid.NewGuid(), "somebody") { GroupIds = groups.ToHashSet() };
}
