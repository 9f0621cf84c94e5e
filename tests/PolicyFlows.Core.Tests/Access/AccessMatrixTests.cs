using PolicyFlows.Core.Access;
using PolicyFlows.Core.People;

namespace PolicyFlows.Core.Tests.Access;

/// <summary>
/// Every role and situation against every part and right. The table is a copy of the one the product is built to, with the
/// conditions of its cells as rows of their own; a letter changed in the code fails here.
/// </summary>
public sealed class AccessMatrixTests
{
    private const string Approver = "p-901";
    private const string Union = "p-902";
    private const string Inspector = "p-903";
    private const string Stranger = "p-904";

    // S sees, R reads, A acts, D decides, X exports; any letter includes S; - is nothing.
    private const string Table = """
        row                        | incident | takedown | police | support | reasons | safeguarding | pupil | breach | policy | people | audit | operator | counts
        nobody known               | -        | -        | -      | -       | -       | -            | -     | -      | -      | -      | -     | -        | -
        employee                   | -        | -        | -      | -       | -       | -            | -     | -      | -      | -      | -     | -        | -
        reporter                   | A        | S        | -      | -       | -       | S            | -     | S      | -      | -      | -     | -        | -
        harmed                     | A        | -        | A      | A       | A       | -            | -     | S      | -      | -      | -     | -        | -
        harmed, only they may file | A        | RA       | A      | A       | A       | -            | -     | S      | -      | -      | -     | -        | -
        task holder                | R        | A        | A      | A       | -       | A            | A     | A      | A      | -      | -     | -        | -
        senior manager             | RDX      | RA       | RA     | RA      | -       | -            | S     | -      | R      | S      | -     | -        | -
        deputy                     | RDX      | RA       | RA     | RA      | -       | -            | S     | -      | R      | S      | -     | -        | -
        senior manager, handed on  | RDX      | RA       | RA     | RA      | -       | S            | S     | -      | R      | S      | -     | -        | -
        headteacher                | RDX      | R        | R      | R       | -       | -            | S     | D      | R      | R      | -     | -        | -
        headteacher, alert open    | RDX      | R        | R      | R       | -       | S            | S     | D      | R      | R      | -     | -        | -
        headteacher, about staff   | RDX      | R        | R      | R       | -       | RD           | S     | D      | R      | R      | -     | -        | -
        headteacher, about self    | -        | -        | -      | -       | -       | -            | -     | -      | R      | R      | -     | -        | -
        dsl                        | -        | -        | -      | -       | -       | RDX          | S     | -      | -      | -      | -     | -        | -
        dsl, child concerned       | S        | -        | -      | -       | -       | RDX          | S     | S      | -      | -      | -     | -        | -
        deputy dsl                 | -        | -        | -      | -       | -       | RDX          | S     | -      | -      | -      | -     | -        | -
        deputy dsl, child concerned| S        | -        | -      | -       | -       | RDX          | S     | S      | -      | -      | -     | -        | -
        behaviour lead             | -        | -        | -      | -       | -       | -            | RA    | -      | -      | -      | -     | -        | -
        support contact            | -        | -        | -      | RA      | RA      | -            | -     | -      | -      | -      | -     | -        | -
        account owner              | -        | -        | -      | -       | -       | -            | -     | -      | -      | -      | -     | -        | -
        hr                         | -        | -        | -      | S       | -       | -            | -     | RAX    | RDX    | R      | D     | -        | -
        hr, invited                | R        | -        | -      | S       | -       | -            | -     | RAX    | RDX    | R      | D     | -        | -
        hr, appointed decider      | -        | -        | -      | S       | -       | -            | -     | RADX   | RDX    | R      | D     | -        | -
        investigator               | -        | -        | -      | -       | -       | -            | -     | RA     | -      | -      | -     | -        | -
        decider                    | -        | -        | -      | -       | -       | -            | -     | RD     | -      | -      | -     | -        | -
        chair                      | -        | -        | -      | -       | -       | -            | -     | -      | RD     | -      | -     | -        | -
        chair, about the head      | RD       | -        | -      | -       | -       | RD           | -     | RD     | RD     | -      | -     | -        | -
        approver                   | -        | -        | -      | -       | -       | -            | -     | -      | RA     | -      | -     | -        | -
        union contact              | -        | -        | -      | -       | -       | -            | -     | -      | RA     | -      | -     | -        | -
        it                         | -        | -        | -      | -       | -       | -            | -     | -      | -      | -      | -     | -        | -
        dpo                        | -        | -        | -      | -       | -       | -            | -     | -      | R      | -      | RDX   | -        | -
        dpo, reason on record      | R        | R        | R      | R       | R       | R            | R     | R      | R      | -      | RDX   | -        | -
        trust lead                 | -        | -        | -      | -       | -       | -            | -     | -      | RX     | R      | R     | -        | S
        trust lead, alert open     | -        | -        | -      | -       | -       | S            | -     | -      | RX     | R      | R     | -        | S
        inspector                  | -        | -        | -      | -       | -       | -            | -     | -      | R      | -      | -     | -        | S
        administrator              | -        | -        | -      | -       | -       | -            | -     | -      | -      | RA     | -     | RA       | -
        subject, before disclosure | -        | -        | -      | -       | -       | -            | -     | -      | -      | -      | -     | -        | -
        subject, after disclosure  | -        | -        | -      | -       | -       | -            | -     | A      | -      | -      | -     | -        | -
        """;

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private static readonly CaseFacts Plain = new() { SchoolId = DemonstrationSeed.FirstSchool };

    private static readonly Dictionary<string, (string Person, CaseFacts Facts)> Situations = new(StringComparer.Ordinal)
    {
        ["nobody known"] = (Stranger, Plain),
        ["employee"] = (DemonstrationSeed.Teacher, Plain),
        ["reporter"] = (DemonstrationSeed.Teacher, Plain with { ReporterId = DemonstrationSeed.Teacher }),
        ["harmed"] = (DemonstrationSeed.Teacher, Plain with { PersonHarmedId = DemonstrationSeed.Teacher }),
        ["harmed, only they may file"] = (DemonstrationSeed.Teacher, Plain with { PersonHarmedId = DemonstrationSeed.Teacher, PersonHarmedFiles = true }),
        ["task holder"] = (DemonstrationSeed.Teacher, Plain with { TaskHolderIds = Enum.GetValues<CasePart>().ToDictionary(part => part, _ => Set(DemonstrationSeed.Teacher)) }),
        ["senior manager"] = (DemonstrationSeed.Manager, Plain),
        ["deputy"] = (DemonstrationSeed.FirstDeputy, Plain),
        ["senior manager, handed on"] = (DemonstrationSeed.Manager, Plain with { HandedOverBy = DemonstrationSeed.Manager }),
        ["headteacher"] = (DemonstrationSeed.Headteacher, Plain with { Safeguarding = SafeguardingState.Acknowledged }),
        ["headteacher, alert open"] = (DemonstrationSeed.Headteacher, Plain with { Safeguarding = SafeguardingState.Unacknowledged }),
        ["headteacher, about staff"] = (DemonstrationSeed.Headteacher, Plain with { AboutStaff = true, Safeguarding = SafeguardingState.Acknowledged }),
        ["headteacher, about self"] = (DemonstrationSeed.Headteacher, Plain with { AboutHeadteacher = true, AboutStaff = true, Safeguarding = SafeguardingState.Unacknowledged }),
        ["dsl"] = (DemonstrationSeed.Dsl, Plain),
        ["dsl, child concerned"] = (DemonstrationSeed.Dsl, Plain with { ChildConcerned = true }),
        ["deputy dsl"] = (DemonstrationSeed.DeputyDsl, Plain),
        ["deputy dsl, child concerned"] = (DemonstrationSeed.DeputyDsl, Plain with { ChildConcerned = true }),
        ["behaviour lead"] = (DemonstrationSeed.BehaviourLead, Plain),
        ["support contact"] = (DemonstrationSeed.SupportContact, Plain),
        ["account owner"] = (DemonstrationSeed.AccountOwner, Plain),
        ["hr"] = (DemonstrationSeed.Hr, Plain),
        ["hr, invited"] = (DemonstrationSeed.Hr, Plain with { InvitedPersonIds = Set(DemonstrationSeed.Hr) }),
        ["hr, appointed decider"] = (DemonstrationSeed.Hr, Plain with { DeciderId = DemonstrationSeed.Hr }),
        ["investigator"] = (DemonstrationSeed.Teacher, Plain with { InvestigatorId = DemonstrationSeed.Teacher }),
        ["decider"] = (DemonstrationSeed.Teacher, Plain with { DeciderId = DemonstrationSeed.Teacher }),
        ["chair"] = (DemonstrationSeed.Chair, Plain),
        ["chair, about the head"] = (DemonstrationSeed.Chair, Plain with { AboutHeadteacher = true }),
        ["approver"] = (Approver, Plain),
        ["union contact"] = (Union, Plain),
        ["it"] = (DemonstrationSeed.It, Plain),
        ["dpo"] = (DemonstrationSeed.Dpo, Plain),
        ["dpo, reason on record"] = (DemonstrationSeed.Dpo, Plain with { ReasonedRequestBy = Set(DemonstrationSeed.Dpo) }),
        ["trust lead"] = (DemonstrationSeed.TrustLead, Plain with { Safeguarding = SafeguardingState.Acknowledged }),
        ["trust lead, alert open"] = (DemonstrationSeed.TrustLead, Plain with { Safeguarding = SafeguardingState.Unacknowledged }),
        ["inspector"] = (Inspector, Plain with { Safeguarding = SafeguardingState.Unacknowledged }),
        ["administrator"] = (DemonstrationSeed.Administrator, Plain with { Safeguarding = SafeguardingState.Unacknowledged, ChildConcerned = true, AboutStaff = true }),
        ["subject, before disclosure"] = (DemonstrationSeed.Manager, Plain with { InvolvedPersonIds = Set(DemonstrationSeed.Manager), SubjectId = DemonstrationSeed.Manager }),
        ["subject, after disclosure"] = (DemonstrationSeed.Manager, Plain with { InvolvedPersonIds = Set(DemonstrationSeed.Manager), SubjectId = DemonstrationSeed.Manager, DisclosedToSubject = true }),
    };

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var cut = line.IndexOf('|', StringComparison.Ordinal);
            rows.Add(line[..cut].Trim(), line[(cut + 1)..]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_of_the_table_gives_exactly_its_rights(string row, string cells)
    {
        var (person, facts) = Situations[row];
        var letters = cells.Split('|').Select(cell => cell.Trim()).ToArray();
        var directory = Directory();
        var parts = Enum.GetValues<CasePart>();
        Assert.Equal(parts.Length, letters.Length);
        foreach (var part in parts)
        {
            var expected = letters[(int)part] == "-" ? "" : "S" + letters[(int)part].Replace("S", "", StringComparison.Ordinal);
            var actual = string.Concat("SRADX".Where(letter => AccessFilter.May(directory, person, Now, RightOf(letter), part, facts).Allowed));
            Assert.Equal($"{row}, {part}: {expected}", $"{row}, {part}: {actual}");
        }
    }

    [Fact]
    public void Every_situation_stands_in_the_table_and_every_role_in_a_situation()
    {
        Assert.Equal(Situations.Keys.Order(StringComparer.Ordinal), Rows().Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
        var directory = Directory();
        var covered = Situations.Values.Select(situation => directory.Person(situation.Person)).OfType<Person>().SelectMany(person => person.Roles).Select(held => held.Role).ToHashSet();
        Assert.Equal(Enum.GetValues<Role>(), covered.Order());
    }

    [Fact]
    public void A_named_person_loses_every_right_whatever_the_role()
    {
        var directory = Directory();
        foreach (var (_, (person, facts)) in Situations)
        {
            var named = facts with { InvolvedPersonIds = Set(person), SubjectId = null };
            Assert.All(Enum.GetValues<CasePart>(), part => Assert.Empty(AccessFilter.Rights(directory, person, Now, part, named)));
        }
    }

    [Fact]
    public void Roles_of_another_school_give_nothing_but_the_policy()
    {
        var directory = Directory();
        var facts = Plain with { ChildConcerned = true, AboutStaff = true, Safeguarding = SafeguardingState.Unacknowledged };
        foreach (var person in directory.PeopleAt(DemonstrationSeed.SecondSchool, Now).Where(person => person.SchoolIds.Count == 1))
        {
            foreach (var part in Enum.GetValues<CasePart>().Where(part => part is not CasePart.Policy))
            {
                Assert.Empty(AccessFilter.Rights(directory, person.Id, Now, part, facts));
            }
        }

        Assert.True(AccessFilter.May(directory, DemonstrationSeed.SecondSchoolManager, Now, Right.Read, CasePart.Policy, Plain with { SchoolId = "" }).Allowed);
    }

    [Fact]
    public void Somebody_who_left_has_no_rights()
    {
        var seed = Directory();
        var people = seed.People.Select(person => person.Id == DemonstrationSeed.Manager ? person with { Active = false } : person);
        var directory = new TrustDirectory(seed.Settings, seed.Schools, people, []);
        Assert.False(AccessFilter.May(directory, DemonstrationSeed.Manager, Now, Right.See, CasePart.Incident, Plain).Allowed);
    }

    [Fact]
    public void A_time_limited_role_ends_by_itself()
    {
        var directory = Directory();
        Assert.True(AccessFilter.May(directory, Inspector, Now, Right.See, CasePart.Counts, Plain).Allowed);
        Assert.False(AccessFilter.May(directory, Inspector, Now.AddDays(30), Right.See, CasePart.Counts, Plain).Allowed);
    }

    internal static IReadOnlySet<string> Set(params string[] ids) => new HashSet<string>(ids, StringComparer.Ordinal);

    private static Right RightOf(char letter) => letter switch
    {
        'S' => Right.See,
        'R' => Right.Read,
        'A' => Right.Act,
        'D' => Right.Decide,
        _ => Right.Export,
    };

    private static TrustDirectory Directory()
    {
        var seed = DemonstrationSeed.Create();
        return new TrustDirectory(seed.Settings, seed.Schools,
        [
            .. seed.People,
            new Person { Id = Approver, Name = "Approver", Roles = [new RoleAt(Role.Approver)] },
            new Person { Id = Union, Name = "Union contact", Roles = [new RoleAt(Role.UnionContact)] },
            new Person { Id = Inspector, Name = "Inspector", Roles = [new RoleAt(Role.Inspector, Until: Now.AddDays(14))] },
        ], []);
    }
}
