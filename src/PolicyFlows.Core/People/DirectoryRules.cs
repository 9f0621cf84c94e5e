namespace PolicyFlows.Core.People;

/// <summary>Why a change of the directory is not taken.</summary>
public enum DirectoryRule
{
    /// <summary>Nobody gives or takes their own roles, or ends their own time here: another administrator does.</summary>
    OwnRights,

    /// <summary>Without an administrator nobody could put anything right again.</summary>
    LastAdministrator,

    /// <summary>Somebody else who works here has the address: a code mailed to it would not prove who asks.</summary>
    AddressTaken,

    /// <summary>An administrator signs in by a mailed code.</summary>
    AdministratorWithoutAddress,

    /// <summary>A school that does not exist.</summary>
    UnknownSchool,

    /// <summary>Durations that break a promise of the policy or each other's order.</summary>
    Durations,

    /// <summary>Somebody else changed the same thing meanwhile, or it is gone.</summary>
    ChangedMeanwhile,
}

/// <summary>A change that breaks a rule; nothing was written.</summary>
public sealed class DirectoryRuleException(DirectoryRule rule) : Exception($"The directory was not changed: {rule}.")
{
    /// <summary>Which rule.</summary>
    public DirectoryRule Rule { get; } = rule;
}

/// <summary>What holds for every change of people, whoever makes it.</summary>
internal static class DirectoryRules
{
    /// <exception cref="DirectoryRuleException">The change breaks a rule.</exception>
    public static void Check(TrustDirectory before, Person person, string by, DateTimeOffset at)
    {
        var known = before.Person(person.Id);
        if (person.Id == by && known is not null && (!known.Roles.SequenceEqual(person.Roles) || known.Active != person.Active || known.LeavesAt != person.LeavesAt))
            throw new DirectoryRuleException(DirectoryRule.OwnRights);
        if (person.SchoolIds.Concat(person.Roles.Select(role => role.SchoolId).OfType<string>()).Any(school => before.School(school) is null))
            throw new DirectoryRuleException(DirectoryRule.UnknownSchool);
        if (person.IsHere(at) && person.Email is { } email && before.People.Any(other => other.Id != person.Id && other.IsHere(at) && IsSame(other.Email, email)))
            throw new DirectoryRuleException(DirectoryRule.AddressTaken);
        if (person.Holds(Role.Administrator, schoolId: null, at) && person.Email is null) throw new DirectoryRuleException(DirectoryRule.AdministratorWithoutAddress);
        if (IsLasting(known, at) && !IsLasting(person, at) && !before.People.Any(other => other.Id != person.Id && IsLasting(other, at)))
            throw new DirectoryRuleException(DirectoryRule.LastAdministrator);
    }

    /// <summary>An administrator now, and as far as anybody has said for good.</summary>
    private static bool IsLasting(Person? person, DateTimeOffset at) =>
        person is { LeavesAt: null } && person.IsHere(at) && person.Roles.Any(role => role is { Role: Role.Administrator, Until: null });

    private static bool IsSame(string? one, string other) => string.Equals(one?.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
