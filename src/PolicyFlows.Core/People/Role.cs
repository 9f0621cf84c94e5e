namespace PolicyFlows.Core.People;

/// <summary>What a person is asked for. School roles come with a school id; the others cover the whole trust.</summary>
public enum Role
{
    /// <summary>Senior manager of a school, asked first. Clauses 8.1, 9.1.</summary>
    SeniorManager,

    /// <summary>Stands next in order; several are ordered by <see cref="RoleAt.Order"/>.</summary>
    DeputySeniorManager,

    /// <summary>Headteacher of a school.</summary>
    Headteacher,

    /// <summary>Designated safeguarding lead of a school. Clause 7.1.</summary>
    Dsl,

    /// <summary>Deputy designated safeguarding lead.</summary>
    DeputyDsl,

    /// <summary>Owner of the behaviour policy of a school. Clause 9.2.</summary>
    BehaviourLead,

    /// <summary>Offers and arranges support for staff of a school. Clause 9.6.</summary>
    SupportContact,

    /// <summary>Looks after the school's own social media accounts.</summary>
    AccountOwner,

    /// <summary>Human resources. Clause 3.3.</summary>
    Hr,

    /// <summary>Data protection officer.</summary>
    Dpo,

    /// <summary>IT.</summary>
    It,

    /// <summary>Leads the trust.</summary>
    TrustLead,

    /// <summary>Chair of governors; with a school id or for the trust.</summary>
    ChairOfGovernors,

    /// <summary>Approves a version of the policy. Clause 11.3.</summary>
    Approver,

    /// <summary>Union representative consulted on the policy. Clause 11.3.</summary>
    UnionContact,

    /// <summary>Sees counts and clocks for a limited time.</summary>
    Inspector,

    /// <summary>Runs the program; reads no case.</summary>
    Administrator,

    /// <summary>Any other employee, with or without an account. Clause 2.5.</summary>
    StaffMember,
}

/// <summary>A role held, where, and in what order it is asked.</summary>
/// <param name="SchoolId">Null for the whole trust.</param>
/// <param name="Order">Lower is asked earlier; equal ones by person id.</param>
/// <param name="Until">The role ends at this instant; null for no end.</param>
public sealed record RoleAt(Role Role, string? SchoolId = null, int Order = 0, DateTimeOffset? Until = null)
{
    /// <summary>True when the role counts for a school at an instant; a trust-wide role counts for every school.</summary>
    public bool Covers(string? schoolId, DateTimeOffset at) =>
        (SchoolId is null || string.Equals(SchoolId, schoolId, StringComparison.Ordinal)) && (Until is null || at < Until);
}
