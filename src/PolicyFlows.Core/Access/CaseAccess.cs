using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Settings;

namespace PolicyFlows.Core.Access;

/// <summary>What one person may do with one case at one instant. Made by <see cref="CaseGate"/>; only people who see something of the case get one.</summary>
public sealed class CaseAccess
{
    private readonly CaseFacts _facts;

    internal CaseAccess(string caseId, string personId, DateTimeOffset at, TrustDirectory directory, CaseCommon common, CasePeople people, CaseFacts facts, IReadOnlySet<CasePart> parts)
    {
        (CaseId, PersonId, At, Directory, Common, People, _facts, Parts) = (caseId, personId, at, directory, common, people, facts, parts);
        IsReporter = string.Equals(people.Reporter?.PersonId, personId, StringComparison.Ordinal);
        IsHarmed = string.Equals(people.Harmed?.PersonId, personId, StringComparison.Ordinal);
    }

    /// <summary>Reference and partition.</summary>
    public string CaseId { get; }

    /// <summary>Whose access it is.</summary>
    public string PersonId { get; }

    /// <summary>The instant it was asked.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The directory of that instant.</summary>
    public TrustDirectory Directory { get; }

    /// <summary>Type, school, manager.</summary>
    public CaseCommon Common { get; }

    /// <summary>Reporter and person harmed.</summary>
    public CasePeople People { get; }

    /// <summary>Parts that this case has: only these are asked about.</summary>
    public IReadOnlySet<CasePart> Parts { get; }

    /// <summary>The person holds an open task of the case, of whatever part.</summary>
    public bool HoldsTask { get; internal init; }

    /// <summary>The person reported it.</summary>
    public bool IsReporter { get; }

    /// <summary>The person is the one harmed.</summary>
    public bool IsHarmed { get; }

    /// <summary>Durations of the case's school.</summary>
    public Durations Durations => Directory.Settings.For(Common.SchoolId);

    /// <summary>True when the person may do that with a part that the case has.</summary>
    public bool May(Right right, CasePart part) => Verdict(right, part).Allowed;

    /// <summary>The absent person for whom they may do it, or null.</summary>
    public string? OnBehalfOf(Right right, CasePart part) => Verdict(right, part).OnBehalfOf;

    /// <summary>True when they may see anything of it.</summary>
    public bool SeesSomething => Parts.Any(part => May(Right.See, part));

    /// <summary>The verdict on the main part once the person has asked to read it with a reason; null where asking gives them nothing.</summary>
    internal Verdict? OnRequest => AccessFilter.OnRequest(Directory, PersonId, At, CaseParts.Of(Common.Type), _facts);

    /// <summary>True when they read the main part: the report, or the concern.</summary>
    public bool Reads => May(Right.Read, CaseParts.Of(Common.Type));

    /// <summary>
    /// True when they may add targets and routes, note a host's reply and close: whoever may decide, and whoever did decide while they still
    /// read it. Never the reporter and never the person harmed.
    /// </summary>
    public bool Manages => Common.Type is CaseType.Incident && !IsReporter && !IsHarmed
        && (May(Right.Decide, CasePart.Incident) || (Reads && string.Equals(Common.ManagerKey, PersonId, StringComparison.Ordinal)));

    /// <summary>The context of an act of this person on this case.</summary>
    public ProcessContext Act(string process, string? why = null) =>
        new(process, PersonId, At, OnBehalfOf(Right.Decide, CaseParts.Of(Common.Type)) ?? OnBehalfOf(Right.Read, CaseParts.Of(Common.Type)), why);

    private Verdict Verdict(Right right, CasePart part) => Parts.Contains(part)
        ? AccessFilter.May(Directory, PersonId, At, right, part, _facts)
        : new Verdict(Allowed: false, OnBehalfOf: null, "the case has no such part");
}
