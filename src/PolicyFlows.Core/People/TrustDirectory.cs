using System.Collections.Frozen;
using PolicyFlows.Core.Settings;

namespace PolicyFlows.Core.People;

/// <summary>An unchanging picture of schools, people, absences and settings, with look-ups.</summary>
public sealed class TrustDirectory
{
    private readonly FrozenDictionary<string, Person> _people;
    private readonly FrozenDictionary<string, School> _schools;
    private readonly ILookup<string, Person> _byEmail;

    /// <summary>Takes the picture.</summary>
    /// <exception cref="ArgumentException">Two schools or people share an id.</exception>
    public TrustDirectory(TrustSettings settings, IEnumerable<School> schools, IEnumerable<Person> people, IEnumerable<Absence> absences)
    {
        Settings = settings;
        Schools = [.. schools.OrderBy(school => school.Name, StringComparer.Ordinal)];
        People = [.. people.OrderBy(person => person.Name, StringComparer.Ordinal).ThenBy(person => person.Id, StringComparer.Ordinal)];
        Absences = [.. absences.OrderBy(absence => absence.From).ThenBy(absence => absence.Id, StringComparer.Ordinal)];
        _schools = Unique(Schools, school => school.Id);
        _people = Unique(People, person => person.Id);
        _byEmail = People.Where(person => person.Email is not null).ToLookup(person => person.Email!.Trim(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Settings of the trust.</summary>
    public TrustSettings Settings { get; }

    /// <summary>Schools by name.</summary>
    public IReadOnlyList<School> Schools { get; }

    /// <summary>People by name, also those who left.</summary>
    public IReadOnlyList<Person> People { get; }

    /// <summary>Absences by start.</summary>
    public IReadOnlyList<Absence> Absences { get; }

    /// <summary>A person, or null.</summary>
    public Person? Person(string? personId) => personId is null ? null : _people.GetValueOrDefault(personId);

    /// <summary>A school, or null.</summary>
    public School? School(string? schoolId) => schoolId is null ? null : _schools.GetValueOrDefault(schoolId);

    /// <summary>The one person with this address (case does not matter) who is here at an instant, or null; also null when two people share it.</summary>
    public Person? ByEmail(string? email, DateTimeOffset at) =>
        email is not null && _byEmail[email.Trim()].Where(person => person.IsHere(at)).Take(2).ToList() is [var only] ? only : null;

    /// <summary>Name to show, or the id for somebody unknown.</summary>
    public string NameOf(string personId) => Person(personId)?.Name ?? personId;

    /// <summary>People working at a school at an instant, by name.</summary>
    public IReadOnlyList<Person> PeopleAt(string schoolId, DateTimeOffset at) => [.. People.Where(person => person.IsHere(at) && person.SchoolIds.Contains(schoolId, StringComparer.Ordinal))];

    /// <summary>Everybody who holds the role for this school (null: trust-wide ones only) at an instant, in the order they are asked. Absences do not count here.</summary>
    public IReadOnlyList<Person> Holders(Role role, string? schoolId, DateTimeOffset at) =>
        [.. People.Where(person => person.Holds(role, schoolId, at))
            .OrderBy(person => person.Roles.Where(held => held.Role == role && held.Covers(schoolId, at)).Min(held => held.Order))
            .ThenBy(person => person.Id, StringComparer.Ordinal)];

    /// <summary>The absence a person is in at an instant, or null. Of overlapping ones the one that started last.</summary>
    public Absence? AbsenceOf(string personId, DateTimeOffset at) =>
        Absences.LastOrDefault(absence => string.Equals(absence.PersonId, personId, StringComparison.Ordinal) && absence.Covers(at));

    /// <summary>The person, or whoever stands in at the end of the chain of substitutes while they are away; null when nobody does.</summary>
    public Person? PresentFor(string personId, DateTimeOffset at)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var current = Person(personId);
        while (current?.IsHere(at) is true && AbsenceOf(current.Id, at) is { } absence)
        {
            current = seen.Add(current.Id) ? Person(absence.SubstituteId) : null;
        }

        return current?.IsHere(at) is true ? current : null;
    }

    /// <summary>People whose work this person does at an instant because they are away.</summary>
    public IReadOnlyList<Person> StandsFor(string personId, DateTimeOffset at) =>
        [.. Absences.Where(absence => absence.Covers(at)).Select(absence => Person(absence.PersonId)).OfType<Person>().Distinct()
            .Where(away => !string.Equals(away.Id, personId, StringComparison.Ordinal)
                && string.Equals(PresentFor(away.Id, at)?.Id, personId, StringComparison.Ordinal))];

    private static FrozenDictionary<string, T> Unique<T>(IReadOnlyList<T> rows, Func<T, string> id)
    {
        foreach (var twice in rows.GroupBy(id, StringComparer.Ordinal).Where(same => same.Skip(1).Any()))
        {
            throw new ArgumentException($"Two rows of the directory share the id '{twice.Key}'.", nameof(rows));
        }

        return rows.ToFrozenDictionary(id, StringComparer.Ordinal);
    }
}
