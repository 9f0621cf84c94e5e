using System.Collections.Frozen;
using PolicyFlows.Core.People;

namespace PolicyFlows.Core.SignIn;

/// <summary>
/// Which trust-wide roles come from groups of the trust's own directory of accounts (docs/decisions/0009). A role listed here is held in a
/// session if, and only if, the session's account is in a group of that role: sessions by mailed code do not have it, whatever the directory of
/// people says. Who is asked, mailed and invited stays with the directory of people, and so do roles at a school.
/// </summary>
public sealed class RoleGroups
{
    private static readonly FrozenSet<Role> TrustWide = new[]
    {
        Role.Hr, Role.Dpo, Role.It, Role.TrustLead, Role.ChairOfGovernors, Role.Approver, Role.UnionContact, Role.Inspector, Role.Administrator,
    }.ToFrozenSet();

    private readonly ILookup<Role, Guid> groups;

    private RoleGroups(IEnumerable<(Role Role, Guid Group)> entries)
    {
        groups = entries.ToLookup(entry => entry.Role, entry => entry.Group);
        Roles = groups.Select(entry => entry.Key).ToFrozenSet();
    }

    /// <summary>No role comes from a group.</summary>
    public static RoleGroups None { get; } = new([]);

    /// <summary>Roles that come from groups.</summary>
    public IReadOnlySet<Role> Roles { get; }

    /// <summary>Reads "Dpo=GROUP-ID, Administrator=GROUP-ID"; a role may stand there more than once. Empty is none.</summary>
    /// <exception cref="FormatException">Something else; says which part.</exception>
    public static RoleGroups Parse(string? text)
    {
        var entries = (text ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(entry =>
        {
            var parts = entry.Split('=', StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !Guid.TryParseExact(parts[1], "D", out var group) || group == Guid.Empty)
                throw new FormatException($"\"{entry}\" is not ROLE=GROUP-ID with the object id of a group.");
            return Enum.TryParse<Role>(parts[0], ignoreCase: true, out var role) && TrustWide.Contains(role) && !int.TryParse(parts[0], out _)
                ? (role, group)
                : throw new FormatException($"\"{parts[0]}\" is not a role that can come from a group. Those are: {string.Join(", ", TrustWide.Order())}.");
        }).ToList();
        return entries.Count == 0 ? None : new(entries);
    }

    /// <summary>Roles that an account has by its groups; none without an account, or when its groups are not known.</summary>
    public IReadOnlySet<Role> Of(WorkAccount? account) => account is { GroupsKnown: true }
        ? groups.Where(entry => entry.Any(account.GroupIds.Contains)).Select(entry => entry.Key).ToFrozenSet()
        : FrozenSet<Role>.Empty;

    /// <summary>
    /// The directory as a session's rights are read from it: the person holds the roles of <paramref name="held"/> and no other one that comes
    /// from groups, and stands in for nobody in such a role. Only for asking the access filter, never for finding out whom to ask.
    /// </summary>
    /// <param name="held">By the session's account; null for none.</param>
    public TrustDirectory Seen(TrustDirectory directory, string personId, IReadOnlySet<Role>? held, DateTimeOffset at)
    {
        if (Roles.Count == 0 || directory.Person(personId) is not { } person) return directory;
        var changed = directory.StandsFor(personId, at).Select(Rested).Append(Granted(Rested(person)))
            .Where(p => !ReferenceEquals(p, directory.Person(p.Id))).ToDictionary(p => p.Id, StringComparer.Ordinal);
        return changed.Count == 0
            ? directory
            : new(directory.Settings, directory.Schools, directory.People.Select(p => changed.GetValueOrDefault(p.Id, p)), directory.Absences);

        bool Rests(RoleAt role) => role.SchoolId is null && Roles.Contains(role.Role) && held?.Contains(role.Role) != true;

        Person Rested(Person one) => one.Roles.Any(Rests) ? one with { Roles = [.. one.Roles.Where(role => !Rests(role))] } : one;

        Person Granted(Person one)
        {
            var missing = (held ?? FrozenSet<Role>.Empty).Where(role => !one.Holds(role, null, at)).ToList();
            return missing.Count == 0 ? one : one with { Roles = [.. one.Roles, .. missing.Select(role => new RoleAt(role))] };
        }
    }
}
