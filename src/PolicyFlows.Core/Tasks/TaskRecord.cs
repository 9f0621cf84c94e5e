using System.Text.Json.Serialization;
using PolicyFlows.Core.People;

namespace PolicyFlows.Core.Tasks;

/// <summary>The one question that a task asks.</summary>
public enum TaskKind
{
    /// <summary>What is done about a report? Clause 9.1.</summary>
    Decide,

    /// <summary>Ask the host to remove it, and record when and under which reference. Clause 9.3.</summary>
    FileRequest,

    /// <summary>Remove it from the school's own account. Clause 9.3.</summary>
    RemoveOurselves,

    /// <summary>Is it gone? Clause 9.4.</summary>
    CheckRemoval,

    /// <summary>Ask the hosting provider (the policy's ISP). Clause 9.4.</summary>
    HostingProvider,

    /// <summary>A second person confirms that it cannot be removed, because. Clause 9.4.</summary>
    ConfirmNotRemoved,

    /// <summary>The colleague for whom someone reported: may the school act? Clause 9.3.</summary>
    Agreement,

    /// <summary>May the police be told? Clause 9.5.</summary>
    PoliceConsent,

    /// <summary>The person harmed wants to talk before answering. Clause 9.5.</summary>
    TalkFirst,

    /// <summary>Report it to the police. Clause 9.5.</summary>
    PoliceReport,

    /// <summary>Would you like support? Clause 9.6.</summary>
    SupportOffer,

    /// <summary>Arrange the support that was accepted. Clause 9.6.</summary>
    SupportArrange,

    /// <summary>Ask how things are. Clause 9.6.</summary>
    SupportFollowUp,

    /// <summary>Hand over to the owner of the behaviour policy. Clause 9.2.</summary>
    PupilConduct,

    /// <summary>Hand over to the disciplinary procedure. Clause 10.1.</summary>
    StaffConduct,

    /// <summary>Pass a concern about a child that was found in an incident. Clause 7.1.</summary>
    SafeguardingHandOver,

    /// <summary>Someone has the safeguarding concern. Clauses 7.1, 7.2.</summary>
    AcknowledgeAlert,

    /// <summary>The headteacher looks again at "no action". Clause 9.1.</summary>
    SecondLook,

    /// <summary>Mail does not arrive: find out and tell people another way.</summary>
    DeliveryTrouble,

    /// <summary>A task elsewhere has nobody left who may answer it: find somebody.</summary>
    FindSomebody,
}

/// <summary>Where a task stands.</summary>
public enum TaskState { Open, Answered, Withdrawn }

/// <summary>One question to one or more people, of whom the first to answer decides (architecture rule 6).</summary>
public sealed record TaskRecord
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Id within the case, made of facts: "decide-1", "check-01-2".</summary>
    public required string Id { get; init; }

    /// <summary>The question.</summary>
    public required TaskKind Kind { get; init; }

    /// <summary>Clause of the policy that asks for it.</summary>
    public required string Clause { get; init; }

    /// <summary>Number of the target it concerns.</summary>
    public int? Target { get; init; }

    /// <summary>Business time at which it was asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When the answer is due from the first holder.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>State.</summary>
    public TaskState State { get; init; }

    /// <summary>Grows with every change; the orchestration waits for the change of the round that it has read.</summary>
    public int Round { get; init; } = 1;

    /// <summary>True when the case may not be closed while it is open.</summary>
    public bool Mandatory { get; init; } = true;

    /// <summary>Everyone who was ever asked, in order.</summary>
    public IReadOnlyList<TaskHolder> Holders { get; init; } = [];

    /// <summary>What happens while nobody answers, by time.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; init; } = [];

    /// <summary>The task in the operations log that asks to find a holder, from the moment this one had none; null if it always had one.</summary>
    public string? Search { get; init; }

    /// <summary>For <see cref="TaskKind.FindSomebody"/>: the task that has no holder.</summary>
    public string? About { get; init; }

    /// <summary>For <see cref="TaskKind.FindSomebody"/>: the task is a safeguarding one, and its mail goes in that lane.</summary>
    public bool Urgent { get; init; }

    /// <summary>The answer.</summary>
    public TaskAnswer? Answer { get; init; }

    /// <summary>True while it can be answered.</summary>
    [JsonIgnore]
    public bool IsOpen => State == TaskState.Open;

    /// <summary>Those who may answer now.</summary>
    [JsonIgnore]
    public IEnumerable<TaskHolder> CurrentHolders => Holders.Where(h => h.EndedAt is null);

    /// <summary>The current holder of that key, or null.</summary>
    public TaskHolder? HolderOf(string? personKey) => CurrentHolders.FirstOrDefault(h => h.PersonKey == personKey);

    /// <summary>Time of the next planned step, or null.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextStepAt => Steps.Where(s => !s.Done).Select(s => (DateTimeOffset?)s.At).Min();
}

/// <summary>Someone who was asked.</summary>
/// <param name="PersonKey">Person of the directory, "reporter" or "harmed".</param>
/// <param name="OnBehalfOf">The absent person.</param>
/// <param name="DueAt">The holder's own due time.</param>
/// <param name="Mailed">False for someone without an address: the task stands on the receipt page.</param>
public sealed record TaskHolder(string PersonKey, string? OnBehalfOf, DateTimeOffset Since, DateTimeOffset DueAt, Role? Role = null, bool Mailed = true)
{
    /// <summary>When each link was mailed, by number from 1; the last is the newest.</summary>
    public IReadOnlyList<DateTimeOffset> Links { get; init; } = [];

    /// <summary>When the task was taken from the holder, or null.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>"recused", "replaced", "named", "left".</summary>
    public string? EndedWhy { get; init; }
}

/// <summary>What a planned step does.</summary>
public enum StepKind
{
    /// <summary>The next in the order of deputies becomes a holder, if there is one.</summary>
    NextJoins,

    /// <summary>The headteacher (or who stands there in the order) becomes a holder.</summary>
    HeadteacherJoins,

    /// <summary>Another person of the order becomes a holder.</summary>
    AnotherJoins,

    /// <summary>Each holder of that time is warned.</summary>
    Warn,

    /// <summary>Each holder of that time is reminded.</summary>
    Remind,

    /// <summary>The manager of the case is told that the task waits for its holder.</summary>
    TellManager,

    /// <summary>The headteacher is told that the task waits for its holder.</summary>
    TellHeadteacher,

    /// <summary>The holders get the safeguarding alert once more.</summary>
    AlertAgain,

    /// <summary>The trust lead is told of an alert that nobody has confirmed, without content.</summary>
    TellTrustLead,

    /// <summary>A clock has run out: it goes on the timeline.</summary>
    ClockMissed,
}

/// <summary>A step planned when the task was asked. Several that are due together are done in order of time with one mail per person.</summary>
/// <param name="DueAt">Due time of whoever joins.</param>
/// <param name="Clock">Code of the clock that runs out.</param>
public sealed record PlannedStep(DateTimeOffset At, StepKind Kind, DateTimeOffset? DueAt = null, string? Clock = null, bool Done = false);

/// <summary>An answer: by whom, when, what.</summary>
/// <param name="Code">Machine-readable outcome, for example "gone", "yes", "takedown".</param>
/// <param name="Text">The person's own words, shown only to those who may read the case.</param>
public sealed record TaskAnswer(string PersonKey, string? OnBehalfOf, DateTimeOffset At, string Code, string? Text = null);

/// <summary>A task anywhere: case and id. The input of <c>HumanTask</c>.</summary>
public sealed record TaskRef(string CaseId, string TaskId)
{
    /// <summary>"INC-7K3M9Q~decide-1".</summary>
    public override string ToString() => $"{CaseId}~{TaskId}";

    /// <summary>The opposite of <see cref="ToString"/>.</summary>
    /// <exception cref="FormatException">No such reference.</exception>
    public static TaskRef Parse(string text) =>
        text.Split('~') is [{ Length: > 0 } caseId, { Length: > 0 } taskId] ? new(caseId, taskId) : throw new FormatException("Not a task reference.");
}
