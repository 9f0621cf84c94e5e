using System.Text.Json.Serialization;

namespace PolicyFlows.Core.Cases;

/// <summary>What kind of case a partition holds.</summary>
public enum CaseType
{
    /// <summary>Abuse of a member of staff (clauses 8, 9).</summary>
    Incident,

    /// <summary>A safeguarding concern (clauses 6, 7).</summary>
    Safeguarding,

    /// <summary>The program's own troubles: mail that does not arrive. No case content.</summary>
    Operations,

    /// <summary>The sign-ins of one person. No case content.</summary>
    SignIn,
}

/// <summary>The part that the case rows of all types share, by name. Reading a case row as this ignores the rest.</summary>
public sealed record CaseCommon
{
    /// <summary>Type.</summary>
    public required CaseType Type { get; init; }

    /// <summary>School; null for the trust.</summary>
    public string? SchoolId { get; init; }

    /// <summary>People named as subject or as involved: they hold nothing, see nothing, decide nothing (architecture rule 11).</summary>
    public IReadOnlyList<string> NamedPersonIds { get; init; } = [];

    /// <summary>Who decided, and so manages the case.</summary>
    public string? ManagerKey { get; init; }
}

/// <summary>A person of a case: somebody of the directory, or somebody known only by what the form said.</summary>
/// <param name="PersonId">Person of the directory with that address; null when unknown there.</param>
public sealed record CasePerson(string? PersonId, string? Name, string? Email, string? Telephone = null);

/// <summary>The people of a case.</summary>
/// <param name="Harmed">The person harmed; the reporter's own entry when they report for themselves.</param>
/// <param name="InvolvedText">Involved people as typed, where no person of the directory was chosen.</param>
public sealed record CasePeople(CasePerson? Reporter, CasePerson? Harmed, string? InvolvedText = null)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Keys of people who are not in the directory.</summary>
    public const string ReporterKey = "reporter", HarmedKey = "harmed";

    /// <summary>Key under which the reporter holds tasks.</summary>
    [JsonIgnore]
    public string KeyOfReporter => Reporter?.PersonId ?? ReporterKey;

    /// <summary>Key under which the person harmed holds tasks.</summary>
    [JsonIgnore]
    public string KeyOfHarmed => Harmed?.PersonId ?? (ReportedForSelf ? KeyOfReporter : HarmedKey);

    /// <summary>True when reporter and person harmed are one.</summary>
    [JsonIgnore]
    public bool ReportedForSelf => Harmed is not null && Harmed == Reporter;
}
