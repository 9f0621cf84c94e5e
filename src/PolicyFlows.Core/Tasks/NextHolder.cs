using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Takedowns;

namespace PolicyFlows.Core.Tasks;

/// <summary>Who is asked next, by kind of question. Nobody who was asked before, and nobody who may not answer.</summary>
public static class NextHolder
{
    /// <summary>The next in order, or null: none is left, or only its holder can answer.</summary>
    public static async Task<Candidate?> OfAsync(CaseChange change, CaseRoster roster, TaskRecord task)
    {
        var barred = new HashSet<string>(roster.Excluded.Concat(task.Holders.Select(h => h.PersonKey)), StringComparer.Ordinal);
        if (await BarredAsync(change, task) is { } also) barred.Add(also);
        return task.Kind switch
        {
            _ when IsPersonal(roster, task) => null,
            TaskKind.AcknowledgeAlert or TaskKind.SafeguardingHandOver =>
                Routing.Safeguarding(roster.Directory, roster.Common.SchoolId ?? "", change.Now, barred).Leads.FirstOrDefault(),
            TaskKind.PupilConduct => First(Role.BehaviourLead),
            TaskKind.StaffConduct => First(Role.Hr),
            TaskKind.SupportArrange or TaskKind.SupportFollowUp => First(Role.SupportContact),
            TaskKind.RemoveOurselves => First(Role.AccountOwner),
            TaskKind.SecondLook => First(Role.Headteacher),
            TaskKind.DeliveryTrouble => First(Role.Administrator),
            TaskKind.FindSomebody => Routing.Overseers(roster.Directory, roster.Common.SchoolId, change.Now, barred).FirstOrDefault(),
            _ => roster.Ladder().FirstOrDefault(c => !barred.Contains(c.PersonId)),
        };

        // Without another holder of the role it is the headteacher's place.
        Candidate? First(Role role) => Routing.For(roster.Directory, role, roster.Common.SchoolId, change.Now, barred).FirstOrDefault();
    }

    /// <summary>True for a question that only its holder can answer.</summary>
    public static bool IsPersonal(CaseRoster roster, TaskRecord task) =>
        task.Kind is TaskKind.Agreement or TaskKind.PoliceConsent or TaskKind.SupportOffer
        || (task.Kind == TaskKind.FileRequest && task.Holders.Any(h => h.PersonKey == roster.People.KeyOfHarmed));

    /// <summary>Two people are wanted: whoever said it first does not confirm it, whoever decided does not look a second time.</summary>
    private static async Task<string?> BarredAsync(CaseChange change, TaskRecord task) => task.Kind switch
    {
        TaskKind.ConfirmNotRemoved when task.Target is { } no => (await change.GetAsync<TakedownRecord>(Rows.Takedown(no)))?.NotRemoved?.ByKey,
        TaskKind.SecondLook => (await change.GetAsync<IncidentRecord>(Rows.Case))?.Decision?.ByKey,
        _ => null,
    };
}
