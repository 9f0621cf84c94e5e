using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Core.Access;

/// <summary>Which part of a case something belongs to: tasks by their kind, steps of the timeline by their code and subject.</summary>
public static class CaseParts
{
    /// <summary>The part a task belongs to.</summary>
    public static CasePart Of(TaskKind kind) => kind switch
    {
        TaskKind.Decide or TaskKind.SecondLook or TaskKind.Agreement => CasePart.Incident,
        TaskKind.FileRequest or TaskKind.RemoveOurselves or TaskKind.CheckRemoval or TaskKind.HostingProvider or TaskKind.ConfirmNotRemoved => CasePart.Takedown,
        TaskKind.PoliceConsent or TaskKind.TalkFirst or TaskKind.PoliceReport => CasePart.Police,
        TaskKind.SupportOffer or TaskKind.SupportArrange or TaskKind.SupportFollowUp => CasePart.Support,
        TaskKind.PupilConduct => CasePart.PupilConduct,
        TaskKind.StaffConduct => CasePart.Breach,
        TaskKind.SafeguardingHandOver or TaskKind.AcknowledgeAlert => CasePart.Safeguarding,
        TaskKind.DeliveryTrouble or TaskKind.FindSomebody => CasePart.Operator,
        _ => throw new InvalidOperationException($"No part is known for a task of kind {kind}."),
    };

    /// <summary>The part that a whole case of a type is.</summary>
    public static CasePart Of(CaseType type) => type switch
    {
        CaseType.Incident => CasePart.Incident,
        CaseType.Safeguarding => CasePart.Safeguarding,
        CaseType.Operations => CasePart.Operator,
        _ => throw new InvalidOperationException($"Nobody opens a case of type {type}."),
    };

    /// <summary>The part a step of the timeline belongs to.</summary>
    /// <param name="tasks">All tasks of the case by id.</param>
    public static CasePart Of(TimelineEntry entry, CaseType type, IReadOnlyDictionary<string, TaskRecord> tasks)
    {
        if (entry.Subject is { } subject && tasks.TryGetValue(subject, out var task)) return Of(task.Kind);
        return entry.Code[..entry.Code.IndexOf('.', StringComparison.Ordinal)] switch
        {
            "target" or "takedown" => CasePart.Takedown,
            "clock" => entry.Subject is null ? Of(type) : CasePart.Takedown,
            "police" => CasePart.Police,
            "support" => CasePart.Support,
            "alert" => CasePart.Safeguarding,
            "mail" => CasePart.Operator,
            _ => Of(type),
        };
    }

    /// <summary>The part whose readers read what was written with an answer. Reasons about support are not for the manager.</summary>
    public static CasePart OfWords(TaskKind kind) => Of(kind) is CasePart.Support ? CasePart.SupportReasons : Of(kind);

    /// <summary>Answers that the person harmed gives for themselves: whoever reported for a colleague never sees them (scenario 9).</summary>
    public static bool IsPersonal(TaskKind kind) => kind is TaskKind.Agreement or TaskKind.PoliceConsent or TaskKind.SupportOffer;
}
