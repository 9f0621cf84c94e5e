using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Index;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;

namespace PolicyFlows.Core.Access;

/// <summary>
/// The door to every case: reads the facts that decide who may do what and asks <see cref="AccessFilter"/>. A case that does not exist and
/// one that the person may not see are the same answer, so that nobody learns of a case by asking for it.
/// </summary>
public sealed class CaseGate(CaseStore cases, DirectoryStore directories, RoleGroups groups, BusinessClock clock)
{
    /// <summary>What the person may do with the case, or null when there is no such case or they may see nothing of it.</summary>
    /// <param name="fromGroups">Roles that the person's session has from groups; null for none.</param>
    public async Task<CaseAccess?> OpenAsync(string? personId, string? caseId, CancellationToken cancellation = default, IReadOnlySet<Role>? fromGroups = null) =>
        await LookAsync(personId, caseId, fromGroups, cancellation) is { SeesSomething: true } access ? access : null;

    /// <summary>
    /// The case for somebody whom a request with a reason would let read it, and for whom they would ask; null when there is no such case, when
    /// asking gives them nothing, or when they are one of its people: again one and the same answer.
    /// </summary>
    public async Task<(CaseAccess Access, string? OnBehalfOf)?> OnRequestAsync(
        string? personId, string? caseId, CancellationToken cancellation = default, IReadOnlySet<Role>? fromGroups = null) =>
        await LookAsync(personId, caseId, fromGroups, cancellation) is { } access && access.OnRequest is { } verdict ? (access, verdict.OnBehalfOf) : null;

    private async Task<CaseAccess?> LookAsync(string? personId, string? caseId, IReadOnlySet<Role>? fromGroups, CancellationToken cancellation)
    {
        if (personId is null || !IsReference(caseId)) return null;
        var common = await cases.GetAsync<CaseCommon>(caseId!, Rows.Case, cancellation);
        if (common is null || common.Type is CaseType.SignIn || common.NamedPersonIds.Contains(personId, StringComparer.Ordinal)) return null;
        var now = clock.Now;
        var directory = groups.Seen(await directories.RequireAsync(cancellation), personId, fromGroups, now);
        var people = await cases.GetAsync<CasePeople>(caseId!, Rows.People, cancellation) ?? new CasePeople(null, null);
        var tasks = await ListAsync<TaskRecord>(caseId!, Rows.TaskPrefix, cancellation);
        var facts = Base(common, people, tasks, directory, now);
        if (common.Type is CaseType.Incident) facts = await OfIncidentAsync(caseId!, facts, tasks, cancellation);
        facts = await WithReadingAsync(caseId!, personId, facts, directory, now, cancellation);
        var police = common.Type is CaseType.Incident && await cases.GetAsync<PoliceRecord>(caseId!, PoliceDesk.Row, cancellation) is not null;
        return new CaseAccess(caseId!, personId, now, directory, common, people, facts, PartsOf(common, tasks, police))
        {
            HoldsTask = tasks.Any(t => t.IsOpen && t.HolderOf(personId) is not null),
        };
    }

    /// <summary>The lines of lists that the person may see, each with what they may do. The main part decides: the report, or the concern.</summary>
    public async Task<IReadOnlyList<(CaseLine Line, CaseAccess Access)>> SeenAsync(
        string personId, IEnumerable<CaseLine> lines, CancellationToken cancellation = default, IReadOnlySet<Role>? fromGroups = null)
    {
        var seen = new List<(CaseLine, CaseAccess)>();
        foreach (var line in lines)
        {
            if (await OpenAsync(personId, line.CaseId, cancellation, fromGroups) is { } access && access.May(Right.See, CaseParts.Of(line.Type))) seen.Add((line, access));
        }

        return seen;
    }

    private static CaseFacts Base(CaseCommon common, CasePeople people, IReadOnlyList<TaskRecord> tasks, TrustDirectory directory, DateTimeOffset now)
    {
        var safeguarding = tasks.Where(t => CaseParts.Of(t.Kind) is CasePart.Safeguarding).ToList();
        return new CaseFacts
        {
            SchoolId = common.SchoolId ?? "",
            InvolvedPersonIds = common.NamedPersonIds.ToHashSet(StringComparer.Ordinal),
            ReporterId = people.Reporter?.PersonId,
            PersonHarmedId = people.Harmed?.PersonId,
            TaskHolderIds = tasks.Where(t => t.IsOpen && t.Kind is not TaskKind.Agreement)
                .SelectMany(t => t.CurrentHolders.Select(h => (Part: CaseParts.Of(t.Kind), h.PersonKey)))
                .GroupBy(h => h.Part)
                .ToDictionary(g => g.Key, g => (IReadOnlySet<string>)g.Select(h => h.PersonKey).ToHashSet(StringComparer.Ordinal)),
            AboutHeadteacher = directory.Holders(Role.Headteacher, common.SchoolId, now).Any(head => common.NamedPersonIds.Contains(head.Id, StringComparer.Ordinal)),
            Safeguarding = safeguarding.Count == 0 ? SafeguardingState.None
                : safeguarding.Exists(t => t.IsOpen) ? SafeguardingState.Unacknowledged
                : SafeguardingState.Acknowledged,
        };
    }

    private async Task<CaseFacts> OfIncidentAsync(string caseId, CaseFacts facts, IReadOnlyList<TaskRecord> tasks, CancellationToken cancellation)
    {
        var incident = await cases.NeedAsync<IncidentRecord>(caseId, Rows.Case, cancellation);
        var takedowns = await ListAsync<TakedownRecord>(caseId, Rows.TakedownPrefix, cancellation);
        facts = facts with
        {
            ChildConcerned = incident.ChildConcerned,
            PersonHarmedFiles = takedowns.Any(t => t is { FirstRung: Rung.Host, Filer: Filer.Victim or Filer.Recipient }),
        };
        // Who decided in their own right manages the case, in whatever place of the order they stood; a substitute does so for as long as they stand in.
        if (incident.Decision is { OnBehalfOf: null } && incident.ManagerKey is { } manager) facts = facts with { TaskHolderIds = With(facts.TaskHolderIds, CasePart.Incident, manager) };
        if (tasks.Any(t => t.Kind is TaskKind.SafeguardingHandOver)) facts = facts with { HandedOverBy = await HandedOverByAsync(incident, cancellation) };
        return facts;
    }

    /// <summary>Who was let in counts only for the roles that can be: nobody else's look at a case reads these rows.</summary>
    private async Task<CaseFacts> WithReadingAsync(string caseId, string personId, CaseFacts facts, TrustDirectory directory, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!directory.StandsFor(personId, now).Append(directory.Person(personId)).OfType<Person>().SelectMany(p => p.Roles).Any(r => r.Role is Role.Hr or Role.Dpo)) return facts;
        var rows = (await ListAsync<ReadingRow>(caseId, ReadingRow.Prefix, cancellation)).Where(row => row.Covers(now)).ToList();
        return facts with
        {
            InvitedPersonIds = rows.Where(row => row.Ground is ReadingGround.Invitation).Select(row => row.PersonKey).ToHashSet(StringComparer.Ordinal),
            // A request opens the case to whoever gave the reason: in the officer's place if they stood in, and to no other person.
            ReasonedRequestBy = rows.Where(row => row.Ground is ReadingGround.Request && row.PersonKey == personId).Select(row => row.OnBehalfOf ?? row.PersonKey).ToHashSet(StringComparer.Ordinal),
        };
    }

    private async Task<string?> HandedOverByAsync(IncidentRecord incident, CancellationToken cancellation)
    {
        var added = (await ListAsync<TimelineEntry>(incident.Reference, Rows.TimelinePrefix, cancellation))
            .LastOrDefault(e => e.Code == "incident.route-added" && e.Fact == nameof(IncidentRoute.Safeguarding));
        return added?.PersonKey ?? incident.Decisions.LastOrDefault(d => d.Routes.Contains(IncidentRoute.Safeguarding))?.ByKey;
    }

    /// <summary>Only parts that are there: a role that reads support everywhere sees nothing of a case without any.</summary>
    private static HashSet<CasePart> PartsOf(CaseCommon common, IReadOnlyList<TaskRecord> tasks, bool police)
    {
        var parts = tasks.Select(t => CaseParts.Of(t.Kind)).Append(CaseParts.Of(common.Type)).ToHashSet();
        if (common.Type is CaseType.Incident)
        {
            parts.Add(CasePart.Takedown);
            if (police) parts.Add(CasePart.Police);
            if (parts.Contains(CasePart.Support)) parts.Add(CasePart.SupportReasons);
        }

        return parts;
    }

    private static Dictionary<CasePart, IReadOnlySet<string>> With(IReadOnlyDictionary<CasePart, IReadOnlySet<string>> holders, CasePart part, string person)
    {
        var all = new Dictionary<CasePart, IReadOnlySet<string>>(holders);
        all[part] = all.TryGetValue(part, out var known) ? known.Append(person).ToHashSet(StringComparer.Ordinal) : new HashSet<string>(StringComparer.Ordinal) { person };
        return all;
    }

    private async Task<IReadOnlyList<T>> ListAsync<T>(string caseId, string prefix, CancellationToken cancellation) where T : class =>
        [.. (await cases.ListAsync<T>(caseId, prefix, cancellation)).Select(row => row.Value)];

    /// <summary>What a reference can look like; anything else never reaches the store.</summary>
    private static bool IsReference(string? caseId) =>
        caseId is { Length: > 3 and < 64 } && caseId.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-');
}
