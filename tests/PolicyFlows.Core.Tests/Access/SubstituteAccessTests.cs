using PolicyFlows.Core.Access;
using PolicyFlows.Core.People;
using static PolicyFlows.Core.Tests.Access.AccessMatrixTests;

namespace PolicyFlows.Core.Tests.Access;

public sealed class SubstituteAccessTests
{
    private static readonly DateTimeOffset From = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = From.AddDays(5);
    private static readonly CaseFacts Facts = new() { SchoolId = DemonstrationSeed.FirstSchool, HandedOverBy = DemonstrationSeed.Manager };

    [Fact]
    public void A_substitute_has_the_rights_of_the_absent_person_and_it_is_said_whose()
    {
        var directory = Away((DemonstrationSeed.Manager, DemonstrationSeed.Substitute));
        foreach (var part in Enum.GetValues<CasePart>())
        {
            var owner = AccessFilter.Rights(directory, DemonstrationSeed.Manager, From, part, Facts);
            var substitute = AccessFilter.Rights(directory, DemonstrationSeed.Substitute, From, part, Facts);
            Assert.Equal(part is CasePart.People ? [] : owner.Order(), substitute.Order());
        }

        var verdict = AccessFilter.May(directory, DemonstrationSeed.Substitute, From, Right.Decide, CasePart.Incident, Facts);
        Assert.Equal(new Verdict(Allowed: true, DemonstrationSeed.Manager, "senior manager or deputy"), verdict);
    }

    [Fact]
    public void The_rights_begin_and_end_with_the_absence()
    {
        var directory = Away((DemonstrationSeed.Manager, DemonstrationSeed.Substitute));
        Assert.False(Decides(directory, DemonstrationSeed.Substitute, From.AddTicks(-1)));
        Assert.True(Decides(directory, DemonstrationSeed.Substitute, From));
        Assert.True(Decides(directory, DemonstrationSeed.Substitute, To.AddTicks(-1)));
        Assert.False(Decides(directory, DemonstrationSeed.Substitute, To));
    }

    [Fact]
    public void Breach_people_audit_and_operator_rights_do_not_pass_to_a_substitute()
    {
        var directory = Away((DemonstrationSeed.Headteacher, DemonstrationSeed.Substitute), (DemonstrationSeed.Dpo, DemonstrationSeed.Substitute), (DemonstrationSeed.Administrator, DemonstrationSeed.Substitute));
        Assert.All([CasePart.Breach, CasePart.People, CasePart.Audit, CasePart.Operator, CasePart.Counts],
            part => Assert.Empty(AccessFilter.Rights(directory, DemonstrationSeed.Substitute, From, part, Facts)));
    }

    [Fact]
    public void Nobody_stands_in_for_somebody_named_in_the_case()
    {
        var directory = Away((DemonstrationSeed.Manager, DemonstrationSeed.Substitute));
        var facts = Facts with { InvolvedPersonIds = Set(DemonstrationSeed.Manager) };
        Assert.Empty(AccessFilter.Rights(directory, DemonstrationSeed.Substitute, From, CasePart.Incident, facts));
    }

    [Fact]
    public void A_named_substitute_has_nothing()
    {
        var directory = Away((DemonstrationSeed.Manager, DemonstrationSeed.Substitute));
        var facts = Facts with { InvolvedPersonIds = Set(DemonstrationSeed.Substitute) };
        Assert.Empty(AccessFilter.Rights(directory, DemonstrationSeed.Substitute, From, CasePart.Incident, facts));
    }

    [Fact]
    public void Own_rights_are_used_before_those_of_somebody_else()
    {
        var directory = Away((DemonstrationSeed.Manager, DemonstrationSeed.FirstDeputy));
        Assert.Null(AccessFilter.May(directory, DemonstrationSeed.FirstDeputy, From, Right.Decide, CasePart.Incident, Facts).OnBehalfOf);
    }

    [Fact]
    public void Being_reporter_or_person_harmed_does_not_pass_to_a_substitute()
    {
        var directory = Away((DemonstrationSeed.Teacher, DemonstrationSeed.Substitute));
        var facts = Facts with { ReporterId = DemonstrationSeed.Teacher, PersonHarmedId = DemonstrationSeed.Teacher, PersonHarmedFiles = true };
        Assert.All(Enum.GetValues<CasePart>(), part => Assert.Empty(AccessFilter.Rights(directory, DemonstrationSeed.Substitute, From, part, facts)));
    }

    [Fact]
    public void The_end_of_a_chain_of_substitutes_has_the_rights_and_a_circle_gives_none()
    {
        var chain = Away((DemonstrationSeed.Manager, DemonstrationSeed.SecondTeacher), (DemonstrationSeed.SecondTeacher, DemonstrationSeed.Substitute));
        Assert.True(Decides(chain, DemonstrationSeed.Substitute, From));
        Assert.False(Decides(chain, DemonstrationSeed.SecondTeacher, From));

        var circle = Away((DemonstrationSeed.Manager, DemonstrationSeed.Substitute), (DemonstrationSeed.Substitute, DemonstrationSeed.Manager));
        Assert.False(Decides(circle, DemonstrationSeed.Substitute, From));
    }

    private static bool Decides(TrustDirectory directory, string personId, DateTimeOffset at) =>
        AccessFilter.May(directory, personId, at, Right.Decide, CasePart.Incident, Facts).Allowed;

    private static TrustDirectory Away(params (string Person, string Substitute)[] pairs)
    {
        var seed = DemonstrationSeed.Create();
        return new TrustDirectory(seed.Settings, seed.Schools, seed.People,
            pairs.Select((pair, index) => new Absence { Id = $"a-{index}", PersonId = pair.Person, SubstituteId = pair.Substitute, From = From, To = To }));
    }
}
