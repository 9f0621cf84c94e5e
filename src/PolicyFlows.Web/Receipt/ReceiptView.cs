using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Support;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Web.Receipt;

/// <summary>
/// A report as its reporter may see it. Answers of a colleague for whom it was reported, and everything that is asked of them, are not in it.
/// </summary>
public sealed record ReceiptView
{
    /// <summary>The report.</summary>
    public required ReceiptEntry Entry { get; init; }

    /// <summary>Hosts.</summary>
    public required HostDirectory Hosts { get; init; }

    /// <summary>All tasks; shown are only those of <see cref="ToDo"/> and <see cref="Deciding"/>.</summary>
    public required IReadOnlyList<TaskRecord> Tasks { get; init; }

    /// <summary>Targets.</summary>
    public required IReadOnlyList<TargetRecord> Targets { get; init; }

    /// <summary>Takedowns.</summary>
    public required IReadOnlyList<TakedownRecord> Takedowns { get; init; }

    /// <summary>Evidence: names and sizes, never the files.</summary>
    public required IReadOnlyList<EvidenceItem> Evidence { get; init; }

    /// <summary>What the reporter added.</summary>
    public required IReadOnlyList<ReporterMessage> Messages { get; init; }

    /// <summary>Null for a reporter who is not the person harmed.</summary>
    public SupportRecord? Support { get; init; }

    /// <summary>Null for a reporter who is not the person harmed, and before the police were thought of.</summary>
    public PoliceRecord? Police { get; init; }

    /// <summary>The case row.</summary>
    public IncidentRecord Incident => Entry.Incident;

    /// <summary>What is asked of the reporter as the person harmed, oldest first.</summary>
    public IReadOnlyList<TaskRecord> ToDo => Entry.ForSelf
        ? [.. Tasks.Where(t => t.IsOpen && t.Kind != TaskKind.SupportOffer && t.HolderOf(Entry.People.KeyOfHarmed) is not null).OrderBy(t => t.AskedAt)]
        : [];

    /// <summary>The open question to the managers, or null.</summary>
    public TaskRecord? Deciding => Tasks.LastOrDefault(t => t is { IsOpen: true, Kind: TaskKind.Decide or TaskKind.SecondLook });

    /// <summary>The takedown of a target, or null.</summary>
    public TakedownRecord? TakedownOf(TargetRecord target) => Takedowns.FirstOrDefault(t => t.No == target.No);

    /// <summary>The reporter may ask the headteacher for a second look.</summary>
    public bool MayAskSecondLook => ClosingDesk.MayAskSecondLook(Incident, Entry.Roster.Durations, Entry.Now);
}
