using System.Collections.Frozen;
using PolicyFlows.Core.People;

namespace PolicyFlows.Web.SignIn;

/// <summary>Who uses this device now.</summary>
/// <param name="PersonId">The signed-in person of the directory, or null. Only a session opens case pages, lists and the dashboard.</param>
/// <param name="Passes">What mailed codes have opened on this device: the tasks of one person in one case, nothing else.</param>
public sealed record Visitor(string? PersonId, IReadOnlyList<TaskPass> Passes)
{
    /// <summary>Roles that the session has from groups of its work account. Never those of a pass.</summary>
    public IReadOnlySet<Role> RolesFromGroups { get; init; } = FrozenSet<Role>.Empty;

    /// <summary>Neither session nor pass.</summary>
    public static Visitor Nobody { get; } = new(null, []);

    /// <summary>The key under which the visitor acts on tasks of a case: the signed-in person, else the newest pass; null for neither.</summary>
    public string? KeyFor(string caseId) => KeysFor(caseId).FirstOrDefault();

    /// <summary>All keys that fit a case, the session first: on a shared device a session and somebody else's pass may stand side by side.</summary>
    public IReadOnlyList<string> KeysFor(string caseId) =>
        [.. new[] { PersonId }.OfType<string>()
            .Concat(Passes.Where(p => string.Equals(p.CaseId, caseId, StringComparison.Ordinal)).OrderByDescending(p => p.GivenAt).Select(p => p.PersonKey))
            .Distinct(StringComparer.Ordinal)];

    /// <summary>True when no further code is needed for that person's tasks of the case.</summary>
    public bool Is(string caseId, string personKey) => KeysFor(caseId).Contains(personKey, StringComparer.Ordinal);
}

/// <summary>After a mailed code: this person's tasks of this case, on this device, for a time.</summary>
/// <param name="PersonKey">Person of the directory, "reporter" or "harmed".</param>
/// <param name="GivenAt">System time.</param>
public sealed record TaskPass(string CaseId, string PersonKey, DateTimeOffset GivenAt);
