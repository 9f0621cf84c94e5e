using PolicyFlows.Core.People;

namespace PolicyFlows.Web.Report;

/// <summary>Roles as reporters know them.</summary>
internal static class RoleWords
{
    public static string Of(Role role) => role switch
    {
        Role.SeniorManager => "senior manager",
        Role.DeputySeniorManager => "deputy senior manager",
        Role.Headteacher => "headteacher",
        Role.Dsl => "designated safeguarding lead",
        Role.DeputyDsl => "deputy designated safeguarding lead",
        Role.TrustLead => "trust lead",
        Role.ChairOfGovernors => "chair of governors",
        Role.BehaviourLead => "behaviour lead",
        Role.SupportContact => "support contact",
        Role.AccountOwner => "looks after the school's accounts",
        Role.Hr => "human resources",
        Role.Dpo => "data protection officer",
        Role.It => "IT",
        Role.Administrator => "administrator of this service",
        _ => "member of staff",
    };
}
