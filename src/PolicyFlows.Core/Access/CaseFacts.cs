namespace PolicyFlows.Core.Access;

/// <summary>What a person may do; the letters of the table in roles.md.</summary>
public enum Right
{
    /// <summary>Knows that it exists, with its state (S).</summary>
    See,

    /// <summary>Reads content and evidence (R).</summary>
    Read,

    /// <summary>Acts on their own task (A).</summary>
    Act,

    /// <summary>Decides the route or the outcome (D).</summary>
    Decide,

    /// <summary>Takes it out of the program (X).</summary>
    Export,
}

/// <summary>Parts of the program's records that have their own rights.</summary>
public enum CasePart
{
    /// <summary>A report of abuse of staff: content, evidence, timeline.</summary>
    Incident,

    /// <summary>One target to be removed.</summary>
    Takedown,

    /// <summary>Consent and referral. Clause 9.5.</summary>
    Police,

    /// <summary>Offer of support and what was arranged. Clause 9.6.</summary>
    Support,

    /// <summary>Why somebody said yes or no to support; the manager does not read it.</summary>
    SupportReasons,

    /// <summary>A safeguarding concern. Clause 7.1.</summary>
    Safeguarding,

    /// <summary>Hand-over of a pupil's conduct. Clause 9.2.</summary>
    PupilConduct,

    /// <summary>Conduct of a member of staff. Clause 10.</summary>
    Breach,

    /// <summary>Work on the policy. The published policy page is open to everyone and needs no filter.</summary>
    Policy,

    /// <summary>People, absences and settings.</summary>
    People,

    /// <summary>Audit and retention across cases.</summary>
    Audit,

    /// <summary>Operator page: ids, states, errors, configuration log.</summary>
    Operator,

    /// <summary>Counts, clocks and overdue work by school, without names or content.</summary>
    Counts,
}

/// <summary>How far a safeguarding alert is.</summary>
public enum SafeguardingState
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Sent, and nobody has said that they have it.</summary>
    Unacknowledged,

    /// <summary>A lead has it; it is closed to everyone else.</summary>
    Acknowledged,
}

/// <summary>The facts of a case that decide who may do what. Ids of people only.</summary>
public sealed record CaseFacts
{
    private static readonly IReadOnlySet<string> Nobody = new HashSet<string>(StringComparer.Ordinal);
    private static readonly IReadOnlyDictionary<CasePart, IReadOnlySet<string>> NoTasks = new Dictionary<CasePart, IReadOnlySet<string>>();

    /// <summary>School of the case; empty for something of the trust as a whole.</summary>
    public required string SchoolId { get; init; }

    /// <summary>People named as subject of the case or as involved: they lose everything.</summary>
    public IReadOnlySet<string> InvolvedPersonIds { get; init; } = Nobody;

    /// <summary>The subject of a conduct case, who is one of the involved too.</summary>
    public string? SubjectId { get; init; }

    /// <summary>The allegation has been put to the subject.</summary>
    public bool DisclosedToSubject { get; init; }

    /// <summary>Who reported, if they have a record here.</summary>
    public string? ReporterId { get; init; }

    /// <summary>The member of staff harmed, if they have a record here.</summary>
    public string? PersonHarmedId { get; init; }

    /// <summary>People who hold an open task, by the part the task belongs to (a decision belongs to the incident, filing and checks to the takedown).</summary>
    public IReadOnlyDictionary<CasePart, IReadOnlySet<string>> TaskHolderIds { get; init; } = NoTasks;

    /// <summary>The host takes a request only from the person harmed, or the person received it.</summary>
    public bool PersonHarmedFiles { get; init; }

    /// <summary>A child is concerned.</summary>
    public bool ChildConcerned { get; init; }

    /// <summary>The concern is about a member of staff. Clause 7.1.</summary>
    public bool AboutStaff { get; init; }

    /// <summary>The case is about the headteacher, who then has no part in it.</summary>
    public bool AboutHeadteacher { get; init; }

    /// <summary>The safeguarding alert of the case.</summary>
    public SafeguardingState Safeguarding { get; init; }

    /// <summary>The senior manager who handed it to safeguarding, and sees that hand-over.</summary>
    public string? HandedOverBy { get; init; }

    /// <summary>People of human resources who were invited to this case.</summary>
    public IReadOnlySet<string> InvitedPersonIds { get; init; } = Nobody;

    /// <summary>Appointed investigator of a conduct case.</summary>
    public string? InvestigatorId { get; init; }

    /// <summary>Appointed decider of a conduct case.</summary>
    public string? DeciderId { get; init; }

    /// <summary>Data protection officers whose request to read, with a reason, is on the record.</summary>
    public IReadOnlySet<string> ReasonedRequestBy { get; init; } = Nobody;
}

/// <summary>Answer of the filter.</summary>
/// <param name="OnBehalfOf">The absent person whose right it is, or null for the person's own.</param>
/// <param name="Rule">The row of the table that decided, for logs and for explaining a refusal to an administrator.</param>
public sealed record Verdict(bool Allowed, string? OnBehalfOf, string Rule);
