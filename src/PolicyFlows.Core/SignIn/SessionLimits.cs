using PolicyFlows.Core.People;

namespace PolicyFlows.Core.SignIn;

/// <summary>How long a person's session lasts, in system time. Asked anew with every request: a role counts from the moment it is given.</summary>
/// <param name="Length">From its beginning.</param>
/// <param name="Idle">Without a request.</param>
public sealed record SessionLimits(TimeSpan Length, TimeSpan Idle)
{
    private static readonly Role[] FarReaching = [Role.Administrator, Role.Dpo, Role.TrustLead, Role.Hr];

    /// <summary>The limits of a person. Whoever stands in for somebody with far-reaching rights has them too.</summary>
    /// <param name="at">Business time: roles and absences end by it.</param>
    /// <param name="fromGroups">Roles that the session has besides.</param>
    public static SessionLimits Of(TrustDirectory directory, string personId, DateTimeOffset at, IReadOnlySet<Role>? fromGroups = null)
    {
        var d = directory.Settings.Durations;
        var far = fromGroups?.Overlaps(FarReaching) == true || directory.StandsFor(personId, at).Append(directory.Person(personId)).OfType<Person>()
            .Any(p => p.Roles.Any(held => FarReaching.Contains(held.Role) && p.Holds(held.Role, held.SchoolId, at)));
        return far ? new(Shorter(d.FarReachingSessionLength, d.SessionLength), Shorter(d.FarReachingSessionIdle, d.SessionIdle)) : new(d.SessionLength, d.SessionIdle);
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
