using PolicyFlows.Core.People;

namespace PolicyFlows.Core.Access;

/// <summary>Rights as bits, so that a cell of the table is one expression.</summary>
[Flags]
internal enum Grant
{
    None = 0,
    See = 1 << Right.See,
    Read = 1 << Right.Read,
    Act = 1 << Right.Act,
    Decide = 1 << Right.Decide,
    Export = 1 << Right.Export,
}

/// <summary>The rows of the table in roles.md, one method each. Reading, acting, deciding and exporting each include seeing.</summary>
internal static class AccessRows
{
    private const Grant S = Grant.See;
    private const Grant R = Grant.See | Grant.Read;
    private const Grant A = Grant.See | Grant.Act;
    private const Grant D = Grant.See | Grant.Decide;
    private const Grant X = Grant.See | Grant.Export;
    private const Grant No = Grant.None;

    private static readonly (string Name, Func<CasePart, CaseFacts, string, Grant> Cell)[] Personal =
    [
        ("reporter", Reporter), ("person harmed", PersonHarmed), ("task holder", TaskHolder), ("investigator or decider", Appointed),
    ];

    private static readonly (string Name, Role[] Roles, Func<CasePart, CaseFacts, string, Grant> Cell)[] ByRole =
    [
        ("senior manager or deputy", [Role.SeniorManager, Role.DeputySeniorManager], SeniorManager),
        ("headteacher", [Role.Headteacher], Headteacher),
        ("DSL or deputy", [Role.Dsl, Role.DeputyDsl], SafeguardingLead),
        ("behaviour lead", [Role.BehaviourLead], BehaviourLead),
        ("support contact", [Role.SupportContact], SupportContact),
        ("HR", [Role.Hr], Hr),
        ("chair of governors", [Role.ChairOfGovernors], Chair),
        ("approver or union contact", [Role.Approver, Role.UnionContact], Approver),
        ("DPO", [Role.Dpo], Dpo),
        ("trust lead", [Role.TrustLead], TrustLead),
        ("inspector", [Role.Inspector], Inspector),
        ("administrator", [Role.Administrator], Administrator),
    ];

    /// <summary>The first row that grants it, or null.</summary>
    public static string? Granting(Person person, DateTimeOffset at, Grant wanted, CasePart part, CaseFacts facts) =>
        Personal.Where(row => row.Cell(part, facts, person.Id).HasFlag(wanted)).Select(row => row.Name).FirstOrDefault()
        ?? GrantingRole(person, at, wanted, part, facts);

    /// <summary>The first row that grants it because of a role, or null. Only these pass to a substitute.</summary>
    public static string? GrantingRole(Person person, DateTimeOffset at, Grant wanted, CasePart part, CaseFacts facts) =>
        ByRole.Where(row => Array.Exists(row.Roles, role => Holds(person, role, part, facts, at)) && row.Cell(part, facts, person.Id).HasFlag(wanted))
            .Select(row => row.Name).FirstOrDefault();

    /// <summary>Whether a substitute has the absent person's rights to this part.</summary>
    public static bool IsDelegable(CasePart part) => part is CasePart.Incident or CasePart.Takedown or CasePart.Police or CasePart.Support
        or CasePart.SupportReasons or CasePart.Safeguarding or CasePart.PupilConduct or CasePart.Policy;

    /// <summary>What is left to somebody named in a case: as the subject of a conduct case, once it was put to them, to see it and to answer.</summary>
    public static Grant Subject(CasePart part, CaseFacts facts, string me) =>
        part is CasePart.Breach && facts.DisclosedToSubject && Same(facts.SubjectId, me) ? A : No;

    private static Grant Reporter(CasePart part, CaseFacts facts, string me) => !Same(facts.ReporterId, me) ? No : part switch
    {
        CasePart.Incident => A,
        CasePart.Takedown or CasePart.Safeguarding or CasePart.Breach => S,
        _ => No,
    };

    private static Grant PersonHarmed(CasePart part, CaseFacts facts, string me) => !Same(facts.PersonHarmedId, me) ? No : part switch
    {
        CasePart.Incident => A,
        CasePart.Takedown => facts.PersonHarmedFiles ? R | A : No,
        CasePart.Police or CasePart.Support or CasePart.SupportReasons => A,
        CasePart.Breach => S,
        _ => No,
    };

    private static Grant TaskHolder(CasePart part, CaseFacts facts, string me) =>
        !(facts.TaskHolderIds.TryGetValue(part, out var holders) && holders.Contains(me)) ? No : part switch
        {
            CasePart.Incident => R,
            CasePart.Takedown or CasePart.Police or CasePart.Support or CasePart.Safeguarding or CasePart.PupilConduct or CasePart.Breach or CasePart.Policy => A,
            _ => No,
        };

    private static Grant Appointed(CasePart part, CaseFacts facts, string me) => part is not CasePart.Breach ? No
        : Same(facts.InvestigatorId, me) ? R | A
        : Same(facts.DeciderId, me) ? R | D
        : No;

    private static Grant SeniorManager(CasePart part, CaseFacts facts, string me) => part switch
    {
        CasePart.Incident => R | D | X,
        CasePart.Takedown or CasePart.Police or CasePart.Support => R | A,
        CasePart.Safeguarding => Same(facts.HandedOverBy, me) ? S : No,
        CasePart.PupilConduct or CasePart.People => S,
        CasePart.Policy => R,
        _ => No,
    };

    private static Grant Headteacher(CasePart part, CaseFacts facts, string me) => part switch
    {
        CasePart.Policy or CasePart.People => R,
        _ when facts.AboutHeadteacher => No,
        CasePart.Incident => R | D | X,
        CasePart.Takedown or CasePart.Police or CasePart.Support => R,
        CasePart.Safeguarding => facts.AboutStaff ? R | D : facts.Safeguarding is SafeguardingState.Unacknowledged ? S : No,
        CasePart.PupilConduct => S,
        CasePart.Breach => D,
        _ => No,
    };

    private static Grant SafeguardingLead(CasePart part, CaseFacts facts, string me) => part switch
    {
        CasePart.Incident or CasePart.Breach => facts.ChildConcerned ? S : No,
        CasePart.Safeguarding => R | D | X,
        CasePart.PupilConduct => S,
        _ => No,
    };

    private static Grant BehaviourLead(CasePart part, CaseFacts facts, string me) => part is CasePart.PupilConduct ? R | A : No;

    private static Grant SupportContact(CasePart part, CaseFacts facts, string me) =>
        part is CasePart.Support or CasePart.SupportReasons ? R | A : No;

    private static Grant Hr(CasePart part, CaseFacts facts, string me) => part switch
    {
        CasePart.Incident => facts.InvitedPersonIds.Contains(me) ? R : No,
        CasePart.Support => S,
        CasePart.Breach => R | A | X,
        CasePart.Policy => R | D | X,
        CasePart.People => R,
        CasePart.Audit => D,
        _ => No,
    };

    private static Grant Chair(CasePart part, CaseFacts facts, string me) => part switch
    {
        CasePart.Incident or CasePart.Safeguarding or CasePart.Breach => facts.AboutHeadteacher ? R | D : No,
        CasePart.Policy => R | D,
        _ => No,
    };

    private static Grant Approver(CasePart part, CaseFacts facts, string me) => part is CasePart.Policy ? R | A : No;

    private static Grant Dpo(CasePart part, CaseFacts facts, string me) => part switch
    {
        CasePart.Policy => R,
        CasePart.Audit => R | D | X,
        CasePart.People or CasePart.Operator or CasePart.Counts => No,
        _ => facts.ReasonedRequestBy.Contains(me) ? R : No,
    };

    private static Grant TrustLead(CasePart part, CaseFacts facts, string me) => part switch
    {
        CasePart.Counts => S,
        CasePart.Safeguarding => facts.Safeguarding is SafeguardingState.Unacknowledged ? S : No,
        CasePart.Policy => R | X,
        CasePart.People or CasePart.Audit => R,
        _ => No,
    };

    private static Grant Inspector(CasePart part, CaseFacts facts, string me) => part switch
    {
        CasePart.Counts => S,
        CasePart.Policy => R,
        _ => No,
    };

    private static Grant Administrator(CasePart part, CaseFacts facts, string me) =>
        part is CasePart.People or CasePart.Operator ? R | A : No;

    // The policy belongs to the trust: a role at any school counts for it.
    private static bool Holds(Person person, Role role, CasePart part, CaseFacts facts, DateTimeOffset at) => part is CasePart.Policy
        ? person.Roles.Any(held => held.Role == role && person.Holds(role, held.SchoolId, at))
        : person.Holds(role, facts.SchoolId, at);

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
