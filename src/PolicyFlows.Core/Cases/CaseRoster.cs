using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Settings;

namespace PolicyFlows.Core.Cases;

/// <summary>Who can be asked in a case at an instant: the directory less everyone who is named in it.</summary>
public sealed class CaseRoster(TrustDirectory directory, CaseCommon common, CasePeople people, DateTimeOffset at)
{
    /// <summary>Directory as it stood when the act began.</summary>
    public TrustDirectory Directory => directory;

    /// <summary>Shared facts of the case.</summary>
    public CaseCommon Common => common;

    /// <summary>Reporter and person harmed.</summary>
    public CasePeople People => people;

    /// <summary>Durations of the school.</summary>
    public Durations Durations => directory.Settings.For(common.SchoolId);

    /// <summary>Working days and school hours of the school.</summary>
    public WorkingCalendar Calendar => new(directory.Settings, common.SchoolId);

    /// <summary>Nobody of these manages, decides or checks anything here: named people, the reporter, the person harmed.</summary>
    public IReadOnlySet<string> Excluded { get; } = new HashSet<string>(
        common.NamedPersonIds.Concat(new[] { people.Reporter?.PersonId, people.Harmed?.PersonId }.OfType<string>()), StringComparer.Ordinal);

    /// <summary>Order of the managers: senior manager, deputies, headteacher's place last.</summary>
    public IReadOnlyList<Candidate> Ladder() =>
        common.SchoolId is { } school ? Routing.DecisionLadder(directory, school, at, Excluded) : Routing.For(directory, Role.Administrator, null, at, Excluded);

    /// <summary>
    /// The manager of the case: whoever decided, while they are in the order of managers; else its first. Somebody who has left, lost the role,
    /// is away or stood in for a time that has ended manages nothing any more.
    /// </summary>
    public Candidate? Manager() => Ladder() is var ladder && common.ManagerKey is { } key ? ladder.FirstOrDefault(c => c.PersonId == key) ?? ladder.FirstOrDefault() : ladder.FirstOrDefault();

    /// <summary>First holder of a role, or the headteacher's place.</summary>
    public Candidate? First(Role role) => Routing.For(directory, role, common.SchoolId, at, Excluded).FirstOrDefault();

    /// <summary>The same without these people, as if they were named in the case.</summary>
    public CaseRoster Without(IEnumerable<string> barred) =>
        new(directory, common with { NamedPersonIds = [.. common.NamedPersonIds.Union(barred, StringComparer.Ordinal)] }, people, at);

    /// <summary>Name and address behind a key; null when the case knows nobody of that key.</summary>
    public CasePerson? Find(string personKey) => personKey switch
    {
        CasePeople.ReporterKey => people.Reporter,
        CasePeople.HarmedKey => people.Harmed,
        _ => directory.Person(personKey) is { } p ? new CasePerson(p.Id, p.Name, p.Email, p.Telephone) : null,
    };

    /// <summary>True when mail can reach the key.</summary>
    public bool HasAddress(string personKey) => !string.IsNullOrWhiteSpace(Find(personKey)?.Email);
}

/// <summary>Builds rosters.</summary>
public sealed class CaseRosters(DirectoryStore directories)
{
    /// <summary>Roster of the case that an act is changing.</summary>
    public async Task<CaseRoster> OfAsync(CaseChange change) => new(
        await directories.RequireAsync(), await change.NeedAsync<CaseCommon>(Rows.Case),
        await change.GetAsync<CasePeople>(Rows.People) ?? new(null, null), change.Now);

    /// <summary>Roster of a case for reading.</summary>
    public async Task<CaseRoster> OfAsync(CaseStore cases, string caseId, DateTimeOffset at) => new(
        await directories.RequireAsync(), await cases.NeedAsync<CaseCommon>(caseId, Rows.Case),
        await cases.GetAsync<CasePeople>(caseId, Rows.People) ?? new(null, null), at);
}
