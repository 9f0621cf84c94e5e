using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Web.Tasks;

/// <summary>People as task pages name them.</summary>
public static class PersonWords
{
    /// <summary>A role in a sentence; null for one that says nothing here.</summary>
    public static string? Role(Role? role) => role switch
    {
        Core.People.Role.SeniorManager => "senior manager",
        Core.People.Role.DeputySeniorManager => "deputy senior manager",
        Core.People.Role.Headteacher => "headteacher",
        Core.People.Role.Dsl => "designated safeguarding lead",
        Core.People.Role.DeputyDsl => "deputy designated safeguarding lead",
        Core.People.Role.BehaviourLead => "behaviour lead",
        Core.People.Role.SupportContact => "support contact",
        Core.People.Role.AccountOwner => "account owner",
        Core.People.Role.Hr => "human resources",
        Core.People.Role.TrustLead => "trust lead",
        Core.People.Role.ChairOfGovernors => "chair of governors",
        Core.People.Role.Administrator => "administrator",
        _ => null,
    };

    /// <summary>"the deputy senior manager, Imran Castellan", also for whom they stood in.</summary>
    public static string Who(CaseRoster roster, TaskRecord task, string personKey, string? onBehalfOf)
    {
        var name = roster.Find(personKey)?.Name;
        var role = Role(task.Holders.LastOrDefault(h => h.PersonKey == personKey)?.Role);
        var who = personKey switch
        {
            _ when role is not null && name is not null => $"the {role}, {name}",
            _ when personKey == roster.People.KeyOfHarmed => "the person harmed",
            CasePeople.ReporterKey => "the reporter",
            _ => name ?? "somebody who is no longer known here",
        };
        return onBehalfOf is null ? who : $"{who}, for {roster.Directory.NameOf(onBehalfOf)}";
    }
}
