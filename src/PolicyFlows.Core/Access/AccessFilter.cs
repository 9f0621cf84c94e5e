using PolicyFlows.Core.People;

namespace PolicyFlows.Core.Access;

/// <summary>
/// The one answer to "may this person do that with this part of this case, now?" for pages, lists, search, counts, timeline, files and
/// exports. Pure; everything not granted by a row of <see cref="AccessRows"/> is refused.
/// </summary>
public static class AccessFilter
{
    /// <summary>Decides. Rights of a person's own come first; then those of the people they stand in for at that instant.</summary>
    public static Verdict May(TrustDirectory directory, string personId, DateTimeOffset at, Right right, CasePart part, CaseFacts facts)
    {
        if (directory.Person(personId) is not { } person || !person.IsHere(at))
        {
            return new Verdict(Allowed: false, OnBehalfOf: null, "nobody known");
        }

        if (facts.InvolvedPersonIds.Contains(personId))
        {
            return AccessRows.Subject(part, facts, personId).HasFlag(Bit(right))
                ? new Verdict(Allowed: true, OnBehalfOf: null, "subject")
                : new Verdict(Allowed: false, OnBehalfOf: null, "named in the case");
        }

        if (AccessRows.Granting(person, at, Bit(right), part, facts) is { } own)
        {
            return new Verdict(Allowed: true, OnBehalfOf: null, own);
        }

        if (AccessRows.IsDelegable(part))
        {
            foreach (var away in directory.StandsFor(personId, at).Where(away => !facts.InvolvedPersonIds.Contains(away.Id)))
            {
                if (AccessRows.GrantingRole(away, at, Bit(right), part, facts) is { } rule)
                {
                    return new Verdict(Allowed: true, away.Id, rule);
                }
            }
        }

        return new Verdict(Allowed: false, OnBehalfOf: null, "not named in the table");
    }

    /// <summary>Every right a person has to a part, for drawing a page in one go.</summary>
    public static IReadOnlySet<Right> Rights(TrustDirectory directory, string personId, DateTimeOffset at, CasePart part, CaseFacts facts) =>
        Enum.GetValues<Right>().Where(right => May(directory, personId, at, right, part, facts).Allowed).ToHashSet();

    /// <summary>
    /// The verdict on reading a part once the person has asked for it with a reason that is on the record (row "DPO"); null where asking gives
    /// them nothing: they read it anyway, or never. Whoever reported, or is the person harmed, is too close to it to ask.
    /// </summary>
    public static Verdict? OnRequest(TrustDirectory directory, string personId, DateTimeOffset at, CasePart part, CaseFacts facts)
    {
        if (personId == facts.ReporterId || personId == facts.PersonHarmedId || May(directory, personId, at, Right.Read, part, facts).Allowed) return null;
        var asked = facts with { ReasonedRequestBy = directory.StandsFor(personId, at).Select(p => p.Id).Append(personId).ToHashSet(StringComparer.Ordinal) };
        return May(directory, personId, at, Right.Read, part, asked) is { Allowed: true } verdict ? verdict : null;
    }

    /// <summary>True for people whom asking with a reason would let read reports of some school: they are offered to ask.</summary>
    public static bool MayAsk(TrustDirectory directory, string personId, DateTimeOffset at) =>
        directory.Schools.Any(school => OnRequest(directory, personId, at, CasePart.Incident, new CaseFacts { SchoolId = school.Id }) is not null);

    private static Grant Bit(Right right) => (Grant)(1 << (int)right);
}
