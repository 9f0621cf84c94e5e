using PolicyFlows.Core.People;
using PolicyFlows.Web.Cases;

namespace PolicyFlows.Web.Demonstration;

/// <summary>People of a school, or of the trust, to sign in as.</summary>
public sealed record SignInAsGroup(string Title, IReadOnlyList<SignInAsPerson> People)
{
    /// <summary>All active people, by school, in the order of their roles.</summary>
    public static IReadOnlyList<SignInAsGroup> Of(TrustDirectory directory, DateTimeOffset now) =>
    [
        .. directory.Schools.Select(s => new SignInAsGroup(s.Name, Sorted(directory, directory.PeopleAt(s.Id, now), now))),
        new("The trust", Sorted(directory, directory.People.Where(p => p.IsHere(now) && p.SchoolIds.Count == 0), now)),
    ];

    private static IReadOnlyList<SignInAsPerson> Sorted(TrustDirectory directory, IEnumerable<Person> people, DateTimeOffset now) =>
    [
        .. people.OrderBy(p => p.Roles.Count == 0 ? Role.StaffMember : p.Roles.Min(r => r.Role)).ThenBy(p => p.Roles.Select(r => r.Order).DefaultIfEmpty(0).Min())
            .ThenBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => new SignInAsPerson(p.Id, p.Name, string.Join(", ", p.Roles.Select(r => RoleWords.Of(r.Role)).Distinct()), Note(directory, p, now))),
    ];

    private static string? Note(TrustDirectory directory, Person person, DateTimeOffset now) =>
        directory.AbsenceOf(person.Id, now) is { } away
            ? away.SubstituteId is { } substitute ? $"away, {directory.NameOf(substitute)} stands in" : "away"
            : person.Email is null ? "has no mail address" : null;
}

/// <summary>A person to sign in as.</summary>
public sealed record SignInAsPerson(string Id, string Name, string Roles, string? Note);
