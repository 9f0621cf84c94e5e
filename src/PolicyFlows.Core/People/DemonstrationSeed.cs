using PolicyFlows.Core.Settings;

namespace PolicyFlows.Core.People;

/// <summary>
/// A made-up trust with two made-up schools. Names are invented, addresses end in the reserved <c>.example</c>, telephone numbers of
/// people and schools are from the ranges Ofcom keeps for drama. National helplines and bank holidays are real ones.
/// </summary>
public static class DemonstrationSeed
{
    /// <summary>The larger school: a senior manager and two deputies.</summary>
    public const string FirstSchool = "s-101";

    /// <summary>The smaller school: a senior manager and one deputy.</summary>
    public const string SecondSchool = "s-102";

    /// <summary>Senior manager of the first school.</summary>
    public const string Manager = "p-101";

    /// <summary>First deputy of the first school.</summary>
    public const string FirstDeputy = "p-102";

    /// <summary>Second deputy of the first school.</summary>
    public const string SecondDeputy = "p-103";

    /// <summary>Headteacher of the first school.</summary>
    public const string Headteacher = "p-104";

    /// <summary>Designated safeguarding lead of the first school.</summary>
    public const string Dsl = "p-105";

    /// <summary>First deputy designated safeguarding lead of the first school.</summary>
    public const string DeputyDsl = "p-106";

    /// <summary>Second deputy designated safeguarding lead of the first school.</summary>
    public const string SecondDeputyDsl = "p-107";

    /// <summary>Behaviour lead of the first school.</summary>
    public const string BehaviourLead = "p-108";

    /// <summary>Support contact of the first school.</summary>
    public const string SupportContact = "p-109";

    /// <summary>Looks after the first school's own accounts.</summary>
    public const string AccountOwner = "p-110";

    /// <summary>A teacher of the first school.</summary>
    public const string Teacher = "p-111";

    /// <summary>A second teacher of the first school.</summary>
    public const string SecondTeacher = "p-112";

    /// <summary>An agency teacher of the first school, without an e-mail address here.</summary>
    public const string AgencyTeacher = "p-113";

    /// <summary>A part-time teaching assistant of both schools.</summary>
    public const string Assistant = "p-114";

    /// <summary>Free to stand in for people of the first school.</summary>
    public const string Substitute = "p-115";

    /// <summary>Senior manager of the second school.</summary>
    public const string SecondSchoolManager = "p-201";

    /// <summary>The one deputy of the second school.</summary>
    public const string SecondSchoolDeputy = "p-202";

    /// <summary>Headteacher of the second school.</summary>
    public const string SecondSchoolHeadteacher = "p-203";

    /// <summary>Designated safeguarding lead of the second school.</summary>
    public const string SecondSchoolDsl = "p-204";

    /// <summary>Deputy designated safeguarding lead of the second school.</summary>
    public const string SecondSchoolDeputyDsl = "p-205";

    /// <summary>A teacher of the second school.</summary>
    public const string SecondSchoolTeacher = "p-209";

    /// <summary>Human resources of the trust.</summary>
    public const string Hr = "p-301";

    /// <summary>Data protection officer of the trust.</summary>
    public const string Dpo = "p-302";

    /// <summary>IT of the trust.</summary>
    public const string It = "p-303";

    /// <summary>Trust lead.</summary>
    public const string TrustLead = "p-304";

    /// <summary>Chair of governors.</summary>
    public const string Chair = "p-305";

    /// <summary>Administrator of this program.</summary>
    public const string Administrator = "p-306";

    /// <summary>The whole directory; nobody is away.</summary>
    public static TrustDirectory Create() => new(
        DemonstrationSettings.Create(),
        [
            new School { Id = FirstSchool, Name = "Quillmoor Academy", Telephone = "020 7946 0110" },
            new School { Id = SecondSchool, Name = "Sandlebrook School", Telephone = "020 7946 0120" },
        ],
        [
            At(FirstSchool, Manager, "Ruth Ashdown", Role.SeniorManager),
            At(FirstSchool, FirstDeputy, "Imran Castellan", Role.DeputySeniorManager, order: 1),
            At(FirstSchool, SecondDeputy, "Helen Thorogate", Role.DeputySeniorManager, order: 2),
            At(FirstSchool, Headteacher, "Marcus Wendleby", Role.Headteacher),
            At(FirstSchool, Dsl, "Priya Lathom", Role.Dsl),
            At(FirstSchool, DeputyDsl, "Owen Farradale", Role.DeputyDsl, order: 1),
            At(FirstSchool, SecondDeputyDsl, "Grace Oyelland", Role.DeputyDsl, order: 2),
            At(FirstSchool, BehaviourLead, "Daniel Merrivow", Role.BehaviourLead),
            At(FirstSchool, SupportContact, "Sophie Brackenholm", Role.SupportContact),
            At(FirstSchool, AccountOwner, "Leah Tindalow", Role.AccountOwner),
            At(FirstSchool, Teacher, "Alice Penhallick", Role.StaffMember),
            At(FirstSchool, SecondTeacher, "Tom Varnholt", Role.StaffMember),
            At(FirstSchool, AgencyTeacher, "Joan Ellacourt", Role.StaffMember) with { Email = null },
            At(FirstSchool, Assistant, "Nadia Rushmede", Role.StaffMember) with { SchoolIds = [FirstSchool, SecondSchool] },
            At(FirstSchool, Substitute, "Peter Hollinsby", Role.StaffMember),
            At(SecondSchool, SecondSchoolManager, "Amara Coldwick", Role.SeniorManager),
            At(SecondSchool, SecondSchoolDeputy, "George Stanmoor", Role.DeputySeniorManager),
            At(SecondSchool, SecondSchoolHeadteacher, "Fiona Larkenby", Role.Headteacher),
            At(SecondSchool, SecondSchoolDsl, "Samuel Ivoring", Role.Dsl),
            At(SecondSchool, SecondSchoolDeputyDsl, "Beth Quarrendon", Role.DeputyDsl),
            At(SecondSchool, "p-206", "Harjit Molesworthy", Role.BehaviourLead),
            At(SecondSchool, "p-207", "Clara Denfold", Role.SupportContact),
            At(SecondSchool, "p-208", "Ivan Trescombe", Role.AccountOwner),
            At(SecondSchool, SecondSchoolTeacher, "Megan Fallowdene", Role.StaffMember),
            At(SecondSchool, "p-210", "Louis Abernant", Role.StaffMember),
            At(null, Hr, "Judith Farthingoe", Role.Hr),
            At(null, Dpo, "Stephen Ockleby", Role.Dpo),
            At(null, It, "Yusuf Carrendale", Role.It),
            At(null, TrustLead, "Catherine Elmsworth", Role.TrustLead),
            At(null, Chair, "Robert Nightingate", Role.ChairOfGovernors),
            At(null, Administrator, "Wendy Harcombe-Lisle", Role.Administrator),
        ],
        []);

    private static Person At(string? schoolId, string id, string name, Role role, int order = 0) => new()
    {
        Id = id,
        Name = name,
        Email = $"{name.ToLowerInvariant().Replace(' ', '.')}@polygon.example",
        Telephone = "07700 900" + id[2..],
        SchoolIds = schoolId is null ? [] : [schoolId],
        Roles = [new RoleAt(role, schoolId, order)],
    };
}
