using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Cases;

namespace PolicyFlows.Web.Tasks;

/// <summary>A task as its page needs it. It holds only what the holder may see: what is not allowed is not here.</summary>
public sealed record TaskView
{
    /// <summary>Who stands before it.</summary>
    public required TaskEntry Entry { get; init; }

    /// <summary>Hosts.</summary>
    public required HostDirectory Hosts { get; init; }

    /// <summary>The case row, where the case is an incident.</summary>
    public IncidentRecord? Incident { get; init; }

    /// <summary>What was told.</summary>
    public IncidentStory? Story { get; init; }

    /// <summary>What the reporter added.</summary>
    public IReadOnlyList<ReporterMessage> Messages { get; init; } = [];

    /// <summary>Earlier decisions.</summary>
    public IReadOnlyList<IncidentDecision> Decisions { get; init; } = [];

    /// <summary>Evidence items.</summary>
    public IReadOnlyList<EvidenceItem> Evidence { get; init; } = [];

    /// <summary>Targets: all, or only the one of the task.</summary>
    public IReadOnlyList<TargetRecord> Targets { get; init; } = [];

    /// <summary>The takedown of the task's target.</summary>
    public TakedownRecord? Takedown { get; init; }

    /// <summary>Hashes of the kept copies, for the request text.</summary>
    public IReadOnlyList<string> Hashes { get; init; } = [];

    /// <summary>Reason of the decision that led here.</summary>
    public string? Reason { get; init; }

    /// <summary>The person harmed.</summary>
    public CasePerson? Harmed { get; init; }

    /// <summary>How the police may be told, for whoever reports it; else null.</summary>
    public ConsentAnswer? Consent { get; init; }

    /// <summary>Crime reference for the request text, for those who know it.</summary>
    public string? CrimeReference { get; init; }

    /// <summary>The safeguarding concern.</summary>
    public AlertStory? Alert { get; init; }

    /// <summary>Who sent the safeguarding concern, if they said so.</summary>
    public CasePerson? Sender { get; init; }

    /// <summary>What trouble there is with the mail.</summary>
    public string? Trouble { get; init; }

    /// <summary>The task.</summary>
    public TaskRecord Task => Entry.Task;

    /// <summary>Reference of the case.</summary>
    public string CaseId => Entry.CaseId;

    /// <summary>The people of the trust.</summary>
    public TrustDirectory Directory => Entry.Roster.Directory;

    /// <summary>Durations of the school.</summary>
    public Durations Durations => Entry.Roster.Durations;

    /// <summary>Business time of the request.</summary>
    public DateTimeOffset Now => Entry.Now;

    /// <summary>Name of the school, or of the trust.</summary>
    public string SchoolName => Directory.School(Entry.Roster.Common.SchoolId)?.Name ?? Directory.Settings.TrustName;

    /// <summary>The task's target.</summary>
    public TargetRecord? Target => Task.Target is { } no ? Targets.FirstOrDefault(t => t.No == no) : null;

    /// <summary>The holder is the person harmed: kinder words.</summary>
    public bool ForHarmed => Entry.Holder.PersonKey == Entry.Roster.People.KeyOfHarmed;

    /// <summary>Questions that only their holder can answer: nobody else joins, and nobody hands them on.</summary>
    public bool IsPersonal => ForHarmed || Task.Kind is TaskKind.Agreement or TaskKind.PoliceConsent or TaskKind.SupportOffer;

    /// <summary>Other people who hold the task now.</summary>
    public IReadOnlyList<TaskHolder> Others => [.. Task.CurrentHolders.Where(h => h != Entry.Holder)];

    /// <summary>Host of a target.</summary>
    public Host HostOf(TargetRecord target) => Hosts.Get(target.HostId);

    /// <summary>How a target is called in a sentence: "post on Instagram".</summary>
    public string NameOf(TargetRecord target) => TargetWords.Name(target, Hosts);

    /// <summary>The route by which the task's host is asked.</summary>
    public HostRoute? Route => Target is { } target && Takedown is { } takedown ? HostOf(target).RouteFor(takedown.Ground, target.Kind, target.Address is not null) : null;
}
