using PolicyFlows.Core.Access;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;

namespace PolicyFlows.Core.Tasks;

/// <summary>
/// What the page of a task shows its holder of the case: no more than the question needs, and nothing that the access filter refuses.
/// Holders who are not in the directory see the task and its targets only.
/// </summary>
/// <param name="Report">What was told and what was added later.</param>
/// <param name="Decisions">Earlier decisions with their reasons.</param>
/// <param name="Evidence">The list of evidence items.</param>
/// <param name="Targets">Every target; else only the one of the task.</param>
/// <param name="Reason">The reason of the decision that led to the task.</param>
/// <param name="Harmed">Name of the person harmed.</param>
/// <param name="Alert">The safeguarding concern.</param>
public sealed record TaskSight(bool Report = false, bool Decisions = false, bool Evidence = false, bool Targets = false, bool Reason = false, bool Harmed = false, bool Alert = false)
{
    /// <summary>The part of the case that a task belongs to: a decision to the incident, filing and checks to the takedown.</summary>
    public static CasePart PartOf(TaskKind kind) => kind switch
    {
        TaskKind.Decide or TaskKind.SecondLook => CasePart.Incident,
        TaskKind.FileRequest or TaskKind.RemoveOurselves or TaskKind.CheckRemoval or TaskKind.HostingProvider or TaskKind.ConfirmNotRemoved or TaskKind.Agreement => CasePart.Takedown,
        TaskKind.PoliceConsent or TaskKind.TalkFirst or TaskKind.PoliceReport => CasePart.Police,
        TaskKind.SupportOffer or TaskKind.SupportArrange or TaskKind.SupportFollowUp => CasePart.Support,
        TaskKind.PupilConduct => CasePart.PupilConduct,
        TaskKind.StaffConduct => CasePart.Breach,
        TaskKind.SafeguardingHandOver or TaskKind.AcknowledgeAlert => CasePart.Safeguarding,
        TaskKind.DeliveryTrouble or TaskKind.FindSomebody => CasePart.Operator,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No part for this kind."),
    };

    /// <summary>What the holder sees.</summary>
    public static TaskSight Of(TaskRecord task, string personKey, CaseRoster roster, IncidentRecord? incident, DateTimeOffset at)
    {
        var facts = Facts(task, roster, incident);
        var acts = May(Right.Act, PartOf(task.Kind));
        var reads = May(Right.Read, CasePart.Incident);
        return task.Kind switch
        {
            TaskKind.Decide or TaskKind.SecondLook => new(Report: reads, Decisions: reads, Evidence: reads, Targets: reads, Harmed: reads),
            TaskKind.PoliceReport => new(Report: reads, Evidence: reads, Targets: acts, Reason: acts, Harmed: acts),
            TaskKind.SafeguardingHandOver => new(Report: acts, Evidence: reads, Targets: acts, Reason: acts, Harmed: acts),
            TaskKind.PupilConduct or TaskKind.StaffConduct => new(Targets: acts, Reason: acts),
            TaskKind.TalkFirst => new(Reason: acts, Harmed: acts),
            TaskKind.SupportArrange or TaskKind.SupportFollowUp => new(Harmed: acts),
            TaskKind.AcknowledgeAlert => new(Alert: acts),
            // Their own words, where the person harmed reported; a colleague's words stay with the managers.
            TaskKind.Agreement or TaskKind.PoliceConsent => new(Report: roster.People.ReportedForSelf && personKey == roster.People.KeyOfReporter, Targets: true),
            _ => new(),
        };

        bool May(Right right, CasePart part) => AccessFilter.May(roster.Directory, personKey, at, right, part, facts).Allowed;
    }

    private static CaseFacts Facts(TaskRecord task, CaseRoster roster, IncidentRecord? incident) => new()
    {
        SchoolId = roster.Common.SchoolId ?? "",
        InvolvedPersonIds = roster.Common.NamedPersonIds.ToHashSet(StringComparer.Ordinal),
        ReporterId = roster.People.Reporter?.PersonId,
        PersonHarmedId = roster.People.Harmed?.PersonId,
        TaskHolderIds = new Dictionary<CasePart, IReadOnlySet<string>>
        {
            [PartOf(task.Kind)] = task.CurrentHolders.Select(h => h.PersonKey).ToHashSet(StringComparer.Ordinal),
        },
        ChildConcerned = incident?.ChildConcerned ?? false,
        Safeguarding = roster.Common.Type == CaseType.Safeguarding ? SafeguardingState.Unacknowledged : SafeguardingState.None,
        AboutHeadteacher = roster.Directory.Holders(Role.Headteacher, roster.Common.SchoolId, task.AskedAt).Any(h => roster.Common.NamedPersonIds.Contains(h.Id)),
    };
}
