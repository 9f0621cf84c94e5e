using PolicyFlows.Core.People;

namespace PolicyFlows.Web.Report;

/// <summary>Somebody who will be asked about a report.</summary>
/// <param name="Role">"senior manager", with whom they stand in for.</param>
public sealed record Reader(string PersonId, string Name, string Role, string? Telephone)
{
    /// <summary>"Ruth Ashdown, senior manager".</summary>
    public string NameAndRole => $"{Name}, {Role}";
}

/// <summary>Who reads a report, in order, in words.</summary>
internal static class Readers
{
    /// <summary>The order of the decision (scenarios 1 to 6).</summary>
    public static IReadOnlyList<Reader> Of(TrustDirectory directory, string schoolId, DateTimeOffset at, IReadOnlySet<string> excluded) =>
        [.. Routing.DecisionLadder(directory, schoolId, at, excluded).Select(c => Of(directory, c))];

    /// <summary>One candidate.</summary>
    public static Reader Of(TrustDirectory directory, Candidate candidate)
    {
        var role = RoleWords.Of(candidate.Role);
        if (candidate.OnBehalfOf is { } absent) role = $"{role}, standing in for {directory.NameOf(absent)}";
        return new(candidate.PersonId, directory.NameOf(candidate.PersonId), role, directory.Person(candidate.PersonId)?.Telephone);
    }

    /// <summary>
    /// Everybody who can be ticked as involved: those who would be asked, those who come next once somebody is ticked, and those who are
    /// away and stood in for.
    /// </summary>
    public static IReadOnlyList<Reader> ToTick(TrustDirectory directory, string schoolId, DateTimeOffset at, IReadOnlySet<string> ticked)
    {
        var found = new List<Candidate>();
        var excluded = new HashSet<string>(StringComparer.Ordinal);
        int before;
        do
        {
            // Each tick lets the next ones in; whoever was ticked among them stays on the list.
            before = excluded.Count;
            found.AddRange(Routing.DecisionLadder(directory, schoolId, at, excluded));
            excluded.UnionWith(found.SelectMany(c => new[] { c.PersonId, c.OnBehalfOf }).OfType<string>().Where(ticked.Contains));
        }
        while (excluded.Count > before);
        var readers = found.Select(c => Of(directory, c)).DistinctBy(r => r.PersonId).ToList();
        foreach (var candidate in found)
        {
            if (candidate.OnBehalfOf is { } absent && readers.TrueForAll(r => r.PersonId != absent))
                readers.Add(new(absent, directory.NameOf(absent), $"{RoleWords.Of(candidate.Role)}, away now", directory.Person(absent)?.Telephone));
        }

        return readers;
    }
}
