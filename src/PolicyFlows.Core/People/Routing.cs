namespace PolicyFlows.Core.People;

/// <summary>Somebody to ask, in which role, and for whom they stand in.</summary>
/// <param name="OnBehalfOf">The absent person, or null when asked in their own right.</param>
/// <param name="Role">The role that puts them on the list; a substitute carries the role of the one they stand for.</param>
public sealed record Candidate(string PersonId, string? OnBehalfOf, Role Role);

/// <summary>Who hears of a safeguarding concern. Nobody excluded is in it, nobody is in it twice.</summary>
/// <param name="Leads">Receive the content at once: DSL and deputies; without any, the headteacher, trust lead or chair in their place.</param>
/// <param name="TrustLead">Makes sure that someone has it, without content.</param>
/// <param name="Headteacher">Makes sure that someone has it, without content.</param>
public sealed record SafeguardingRoute(IReadOnlyList<Candidate> Leads, Candidate? TrustLead, Candidate? Headteacher);

/// <summary>Whom to ask, in order. Pure: the same directory, school, instant and exclusions give the same answer.</summary>
public static class Routing
{
    private static readonly Role[] TopRoles = [Role.Headteacher, Role.TrustLead, Role.ChairOfGovernors];

    /// <summary>
    /// Order for the decision on a report: senior manager, deputies in order, <see cref="HeadteacherPlace"/> unless that person is on the list
    /// already (scenarios 1 to 6).
    /// </summary>
    public static IReadOnlyList<Candidate> DecisionLadder(TrustDirectory directory, string schoolId, DateTimeOffset at, IReadOnlySet<string> excluded) =>
        Ladder(directory, [Role.SeniorManager, Role.DeputySeniorManager], schoolId, at, excluded, alwaysTop: true);

    /// <summary>The headteacher; where they may not hold it or are away without a substitute, the trust lead, then the chair of governors. Null when all are excluded.</summary>
    public static Candidate? HeadteacherPlace(TrustDirectory directory, string? schoolId, DateTimeOffset at, IReadOnlySet<string> excluded) =>
        TopRoles.Select(role => Place(directory, role, schoolId, at, excluded).FirstOrDefault()).FirstOrDefault(candidate => candidate is not null);

    /// <summary>Holders of a role in order; when none is left, <see cref="HeadteacherPlace"/>.</summary>
    public static IReadOnlyList<Candidate> For(TrustDirectory directory, Role role, string? schoolId, DateTimeOffset at, IReadOnlySet<string> excluded) =>
        Ladder(directory, [role], schoolId, at, excluded, alwaysTop: false);

    /// <summary>
    /// Who makes sure that work has somebody to do it, where nobody of its own order is left: trust lead, chair of governors, data protection
    /// officer, administrator. None of them sees content for that.
    /// </summary>
    public static IReadOnlyList<Candidate> Overseers(TrustDirectory directory, string? schoolId, DateTimeOffset at, IReadOnlySet<string> excluded) =>
        [.. new[] { Role.TrustLead, Role.ChairOfGovernors, Role.Dpo, Role.Administrator }.SelectMany(role => Place(directory, role, schoolId, at, excluded)).DistinctBy(c => c.PersonId)];

    /// <summary>Recipients of a safeguarding alert (scenarios 7 and 7b, clause 7.1).</summary>
    public static SafeguardingRoute Safeguarding(TrustDirectory directory, string schoolId, DateTimeOffset at, IReadOnlySet<string> excluded)
    {
        var leads = Ladder(directory, [Role.Dsl, Role.DeputyDsl], schoolId, at, excluded, alwaysTop: false);
        var taken = new HashSet<string>(excluded.Concat(leads.Select(lead => lead.PersonId)), StringComparer.Ordinal);
        var trustLead = Place(directory, Role.TrustLead, schoolId, at, taken).FirstOrDefault();
        if (trustLead is not null)
        {
            taken.Add(trustLead.PersonId);
        }

        return new SafeguardingRoute(leads, trustLead, Place(directory, Role.Headteacher, schoolId, at, taken).FirstOrDefault());
    }

    private static List<Candidate> Ladder(TrustDirectory directory, Role[] roles, string? schoolId, DateTimeOffset at, IReadOnlySet<string> excluded, bool alwaysTop)
    {
        var ladder = new List<Candidate>();
        var taken = new HashSet<string>(excluded, StringComparer.Ordinal);
        foreach (var role in roles)
        {
            Add(Place(directory, role, schoolId, at, taken));
        }

        if ((alwaysTop || ladder.Count == 0) && HeadteacherPlace(directory, schoolId, at, excluded) is { } top && !taken.Contains(top.PersonId))
        {
            Add([top]);
        }

        // Everybody is away and nobody stands in: asking an absent person is better than asking nobody.
        if (ladder.Count == 0)
        {
            Add([.. roles.Concat(TopRoles).SelectMany(role => directory.Holders(role, schoolId, at).Select(person => new Candidate(person.Id, null, role)))
                .Where(candidate => !taken.Contains(candidate.PersonId)).Take(1)]);
        }

        return ladder;

        void Add(List<Candidate> found)
        {
            ladder.AddRange(found);
            taken.UnionWith(found.Select(candidate => candidate.PersonId));
        }
    }

    private static List<Candidate> Place(TrustDirectory directory, Role role, string? schoolId, DateTimeOffset at, IReadOnlySet<string> taken)
    {
        var found = new List<Candidate>();
        foreach (var holder in directory.Holders(role, schoolId, at).Where(holder => !taken.Contains(holder.Id)))
        {
            var present = directory.PresentFor(holder.Id, at)?.Id;
            if (present is not null && !taken.Contains(present) && found.TrueForAll(earlier => !string.Equals(earlier.PersonId, present, StringComparison.Ordinal)))
            {
                found.Add(new Candidate(present, string.Equals(present, holder.Id, StringComparison.Ordinal) ? null : holder.Id, role));
            }
        }

        return found;
    }
}
