namespace PolicyFlows.Core.People;

/// <summary>Where a role can be held.</summary>
public static class RoleFacts
{
    /// <summary>Held for one school.</summary>
    public static IReadOnlyList<Role> OfSchools { get; } =
    [
        Role.SeniorManager, Role.DeputySeniorManager, Role.Headteacher, Role.Dsl, Role.DeputyDsl, Role.BehaviourLead, Role.SupportContact, Role.AccountOwner, Role.ChairOfGovernors,
    ];

    /// <summary>Held for the whole trust.</summary>
    public static IReadOnlyList<Role> OfTrust { get; } =
        [Role.TrustLead, Role.ChairOfGovernors, Role.Hr, Role.Dpo, Role.It, Role.Approver, Role.UnionContact, Role.Administrator];
}
