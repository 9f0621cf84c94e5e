using PolicyFlows.Core.Mail;

namespace PolicyFlows.Core.Work;

/// <summary>What a wake-up does.</summary>
public enum WakeupKind
{
    /// <summary>Start an orchestration from its record.</summary>
    Start,

    /// <summary>Tell the orchestration of a task to look at its record again.</summary>
    Look,

    /// <summary>Send an outbox row.</summary>
    Mail,

    /// <summary>Write the case's index rows anew.</summary>
    Index,

    /// <summary>Take the case's evidence out of quarantine.</summary>
    Keep,
}

/// <summary>
/// A row written with the record it concerns, drained at once and swept every few minutes: the one way in which things are started and
/// woken on both hosts (architecture rule 3). Losing the drain loses nothing; draining twice changes nothing.
/// </summary>
public sealed record Wakeup(WakeupKind Kind, string Target, string? Name = null, string? Input = null, int Round = 0, MailLane? Lane = null)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Starts an orchestration.</summary>
    public static Wakeup Start(string name, string instanceId, string input) => new(WakeupKind.Start, instanceId, name, input);

    /// <summary>Wakes whoever serves a task that has left <paramref name="round"/>.</summary>
    public static Wakeup Look(string taskId, int round) => new(WakeupKind.Look, taskId, Round: round);

    /// <summary>Wakes whoever serves a task of another case.</summary>
    public static Wakeup LookElsewhere(string caseId, string taskId, int round) => new(WakeupKind.Look, taskId, Input: caseId, Round: round);

    /// <summary>Sends an outbox row.</summary>
    public static Wakeup Mail(string key, MailLane lane) => new(WakeupKind.Mail, key, Lane: lane);

    /// <summary>Rebuilds index rows.</summary>
    public static Wakeup Index() => new(WakeupKind.Index, "case");

    /// <summary>Takes all evidence that the case holds by now out of quarantine: somebody has decided about it.</summary>
    public static Wakeup Keep() => new(WakeupKind.Keep, "evidence");
}

/// <summary>An orchestration that must run from a time on until its record ends: also the due row of a later date.</summary>
/// <param name="Input">One id: the case and what of it, "INC-7K3M9Q~01".</param>
public sealed record WorkRow(string Name, string InstanceId, string Input, DateTimeOffset From)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;
}
