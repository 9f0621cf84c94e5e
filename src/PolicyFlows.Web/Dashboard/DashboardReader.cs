using PolicyFlows.Core.Access;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Index;
using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Cases;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Policies;

namespace PolicyFlows.Web.Dashboard;

/// <summary>Reads the dashboard of a person: lists from index rows, each line asked of its case before it counts.</summary>
public sealed class DashboardReader(CaseIndex index, CaseGate gate, CaseStore cases, DirectoryStore directories, RoleGroups groups, BusinessClock clock)
{
    private const int MostClosed = 25;

    /// <summary>The dashboard of a person of the directory.</summary>
    /// <param name="fromGroups">Roles that their session has from groups; null for none.</param>
    public async Task<DashboardModel> ReadAsync(string personId, CancellationToken cancellation = default, IReadOnlySet<Role>? fromGroups = null)
    {
        var now = clock.Now;
        var directory = groups.Seen(await directories.RequireAsync(cancellation), personId, fromGroups, now);
        var person = directory.Person(personId)!;
        var lines = new Dictionary<School, IReadOnlyList<CaseLine>>();
        foreach (var school in directory.Schools) lines[school] = await index.CasesAsync(school.Id, cancellation);
        var listed = lines.Values.SelectMany(l => l).ToList();
        var seen = await gate.SeenAsync(personId, listed.Where(l => l.Open).Concat(listed.Where(l => !l.Open).OrderByDescending(l => l.At).Take(4 * MostClosed)), cancellation, fromGroups);
        var incidents = seen.Where(s => s.Line.Type is CaseType.Incident).Select(s => s.Line).OrderByDescending(l => l.At).ToList();
        var alerts = seen.Where(s => s.Line.Type is CaseType.Safeguarding).Select(s => s.Line).OrderByDescending(l => l.At).ToList();
        var open = incidents.Where(l => l.Open).ToList();
        var tasks = await TasksAsync(personId, now, fromGroups, cancellation);
        var stands = directory.StandsFor(personId, now);
        var lists = AccessRowsList(person, stands, directory, now);
        return new DashboardModel
        {
            Name = person.Name,
            StandingInFor = stands.Count == 0 ? null : string.Join(" and ", stands.Select(p => p.Name)),
            PolicyOverdue = PolicyWords.Overdue(directory.Settings.Policy, London.Day(now)),
            Tasks = tasks,
            Alerts = [.. alerts.Select(l => new AlertLine(l.CaseId, Links.Cases.Show(l.CaseId), SchoolName(directory, l), London.Format(l.At, LondonStyle.Listed, now), l.Open))],
            Open = [.. open.Select(l => Listed(directory, l, now))],
            Closed = [.. incidents.Where(l => !l.Open).Take(MostClosed).Select(l => Listed(directory, l, now))],
            Figures = Figures(tasks, open, alerts, lists, now),
            Counts = await CountsAsync(personId, directory, lines, now, cancellation),
            IsAdministrator = AccessFilter.May(directory, personId, now, Right.Read, CasePart.Operator, new CaseFacts { SchoolId = "" }).Allowed,
            ListsCases = lists, MayAskToRead = AccessFilter.MayAsk(directory, personId, now),
        };
    }

    /// <summary>A clock as it stands now: the line was written when the case last changed.</summary>
    internal static bool IsMissed(ClockFace face, DateTimeOffset now) =>
        face.Kept == false || (face is { Kept: null, StoppedAt: null } && face.Code != TaskPlans.RemovedClock && now > face.DueAt);

    private async Task<IReadOnlyList<OwnTask>> TasksAsync(string personId, DateTimeOffset now, IReadOnlySet<Role>? fromGroups, CancellationToken cancellation)
    {
        var own = new List<OwnTask>();
        foreach (var line in await index.TasksAsync(personId, cancellation))
        {
            if (await gate.OpenAsync(personId, line.CaseId, cancellation, fromGroups) is null) continue;
            var overdue = line.DueAt < now;
            own.Add(new(CaseWords.Of(line.Kind), Links.Tasks.Task(line.CaseId, line.TaskId), line.CaseId, London.Format(line.DueAt, LondonStyle.Full, now), overdue,
                overdue ? $"{CaseWords.Span(now - line.DueAt)} overdue" : $"{CaseWords.Span(line.DueAt - now)} left", line.Clause));
        }

        return own;
    }

    private static IReadOnlyList<Figure> Figures(IReadOnlyList<OwnTask> tasks, List<CaseLine> open, List<CaseLine> alerts, bool lists, DateTimeOffset now)
    {
        List<Figure> figures = [new(tasks.Count, tasks.Count == 1 ? "task of yours" : "tasks of yours")];
        var overdue = tasks.Count(t => t.Overdue);
        if (overdue > 0) figures.Add(new(overdue, "overdue", Bad: true));
        if (lists)
        {
            figures.Add(new(open.Count, open.Count == 1 ? "open case" : "open cases"));
            var missed = open.Sum(l => l.Clocks.Count(c => IsMissed(c, now)));
            figures.Add(new(missed, missed == 1 ? "clock missed in open cases" : "clocks missed in open cases", missed > 0));
        }

        var waiting = alerts.Count(l => l.Open);
        if (alerts.Count > 0) figures.Add(new(waiting, waiting == 1 ? "safeguarding concern not confirmed" : "safeguarding concerns not confirmed", waiting > 0));
        return figures;
    }

    private static ListedCase Listed(TrustDirectory directory, CaseLine line, DateTimeOffset now)
    {
        var state = Enum.TryParse<IncidentState>(line.State, out var known) ? known : IncidentState.InProgress;
        return new(line.CaseId, Links.Cases.Show(line.CaseId), SchoolName(directory, line), CaseWords.Of(state), CaseWords.Colour(state),
            London.Format(line.At, LondonStyle.Listed, now), [.. line.Clocks.Select(c => Clock(c, now))]);
    }

    private static ListedClock Clock(ClockFace face, DateTimeOffset now)
    {
        var name = char.ToUpperInvariant(TimelineWords.Clock(face.Code)[0]) + TimelineWords.Clock(face.Code)[1..];
        if (IsMissed(face, now)) return new($"{name}: missed", "late");
        if (face.Kept == true) return new($"{name}: kept", "good");
        return now > face.DueAt ? new($"{name}: waits for the check", "soon") : new($"{name}: {CaseWords.Span(face.DueAt - now)} left", null);
    }

    /// <summary>Counts for those who see counts; a case in which they are named is not counted for them.</summary>
    private async Task<IReadOnlyList<SchoolCounts>> CountsAsync(
        string personId, TrustDirectory directory, Dictionary<School, IReadOnlyList<CaseLine>> lines, DateTimeOffset now, CancellationToken cancellation)
    {
        var counts = new List<SchoolCounts>();
        foreach (var (school, all) in lines)
        {
            if (!AccessFilter.May(directory, personId, now, Right.See, CasePart.Counts, new CaseFacts { SchoolId = school.Id }).Allowed) continue;
            var counted = new List<CaseLine>();
            foreach (var line in all)
            {
                var common = await cases.GetAsync<CaseCommon>(line.CaseId, Rows.Case, cancellation);
                if (common?.NamedPersonIds.Contains(personId, StringComparer.Ordinal) == false) counted.Add(line);
            }

            var incidents = counted.Where(l => l.Type is CaseType.Incident).ToList();
            counts.Add(new(school.Name, incidents.Count(l => l.Open), incidents.Count(l => l.State == nameof(IncidentState.AwaitingDecision)),
                incidents.Sum(l => l.Clocks.Count(c => IsMissed(c, now))), incidents.Count(l => !l.Open), counted.Count(l => l.Type is CaseType.Safeguarding && l.Open)));
        }

        return counts;
    }

    private static string SchoolName(TrustDirectory directory, CaseLine line) => directory.School(line.SchoolId)?.Name ?? directory.Settings.TrustName;

    /// <summary>True for people to whom a report of their school would be shown.</summary>
    private static bool AccessRowsList(Person person, IReadOnlyList<Person> stands, TrustDirectory directory, DateTimeOffset now) =>
        directory.Schools.Any(school => stands.Append(person).Any(p =>
            AccessFilter.May(directory, p.Id, now, Right.See, CasePart.Incident, new CaseFacts { SchoolId = school.Id }).Allowed));
}
