namespace PolicyFlows.Core.People;

/// <summary>A role that a school cannot do without, and what is missing from it.</summary>
/// <param name="Holders">Who holds it now.</param>
/// <param name="Missing">What is missing, or null when somebody can be reached in it.</param>
public sealed record RoleReadiness(Role Role, IReadOnlyList<Person> Holders, RoleGap? Missing);

/// <summary>Why nobody can be reached in a role.</summary>
public enum RoleGap
{
    /// <summary>Nobody holds it.</summary>
    Nobody,

    /// <summary>No holder has a mail address.</summary>
    NoAddress,

    /// <summary>No holder has a telephone number, which the safeguarding page shows.</summary>
    NoTelephone,
}

/// <summary>Whether a school has the people without whom a report reaches nobody: safeguarding lead, a deputy, and a senior manager (architecture rule 14).</summary>
public static class SchoolReadiness
{
    private static readonly Role[] Needed = [Role.Dsl, Role.DeputyDsl, Role.SeniorManager];

    /// <summary>The needed roles of a school at an instant. Trust-wide holders do not count: each school has its own.</summary>
    public static IReadOnlyList<RoleReadiness> Of(TrustDirectory directory, string schoolId, DateTimeOffset at) =>
        [.. Needed.Select(role => Of(role, [.. directory.Holders(role, schoolId, at).Where(person => person.Roles.Any(held => held.Role == role && held.SchoolId == schoolId && held.Covers(schoolId, at)))]))];

    private static RoleReadiness Of(Role role, IReadOnlyList<Person> holders) => new(role, holders,
        holders.Count == 0 ? RoleGap.Nobody
        : holders.All(person => person.Email is null) ? RoleGap.NoAddress
        : holders.All(person => person.Email is null || string.IsNullOrEmpty(person.Telephone)) ? RoleGap.NoTelephone
        : null);
}
