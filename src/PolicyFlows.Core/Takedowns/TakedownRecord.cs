using System.Text.Json.Serialization;
using PolicyFlows.Core.Hosts;

namespace PolicyFlows.Core.Takedowns;

/// <summary>Where a takedown stands.</summary>
public enum TakedownState
{
    /// <summary>Being worked on.</summary>
    Open,

    /// <summary>Confirmed gone twice.</summary>
    Removed,

    /// <summary>The person harmed does not want it.</summary>
    Withdrawn,

    /// <summary>Two people agreed that it cannot be removed, because.</summary>
    NotRemoved,
}

/// <summary>Who is asked to remove it.</summary>
public enum Rung
{
    /// <summary>The website.</summary>
    Host,

    /// <summary>The owner of the school's own account.</summary>
    OwnAccount,

    /// <summary>The hosting provider, which the policy calls ISP (clause 9.4).</summary>
    HostingProvider,
}

/// <summary>What a check found.</summary>
public enum CheckOutcome { Gone, ChangedAsAsked, StillThere, CannotTell }

/// <summary>The removal of one target (clauses 9.3, 9.4).</summary>
public sealed record TakedownRecord
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Number of its target.</summary>
    public required int No { get; init; }

    /// <summary>Ground on which removal is asked.</summary>
    public required Ground Ground { get; init; }

    /// <summary>Start of the sent clock: the report, or the addition of the target.</summary>
    public required DateTimeOffset ClockStart { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The first rung: the host, or the school itself.</summary>
    public required Rung FirstRung { get; init; }

    /// <summary>Who may file with the host.</summary>
    public Filer Filer { get; init; }

    /// <summary>State.</summary>
    public TakedownState State { get; init; }

    /// <summary>Requests sent, in order.</summary>
    public IReadOnlyList<RemovalRequest> Requests { get; init; } = [];

    /// <summary>Checks answered, in order.</summary>
    public IReadOnlyList<RemovalCheck> Checks { get; init; } = [];

    /// <summary>What hosts replied, in order.</summary>
    public IReadOnlyList<HostReply> Replies { get; init; } = [];

    /// <summary>When the second "gone" was given, or another end was reached.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it cannot be removed, waiting for or confirmed by a second person.</summary>
    public NotRemovedReason? NotRemoved { get; init; }

    /// <summary>How often a second person did not agree that it cannot be removed.</summary>
    public int Disagreements { get; init; }

    /// <summary>Number of the request that is to be sent next, counting those that were given up in vain: task ids are made of it.</summary>
    [JsonIgnore]
    public int Attempt => Requests.Count + Disagreements + 1;

    /// <summary>Id of its orchestration.</summary>
    public static string InstanceId(string caseId, int no) => $"{caseId}.takedown.{no:D2}";
}

/// <summary>A request that was sent by a person; the program sends none.</summary>
/// <param name="Reference">What the receiver called it.</param>
public sealed record RemovalRequest(Rung Rung, DateTimeOffset SentAt, string ByKey, string? Reference, string? To = null);

/// <summary>An answered check.</summary>
/// <param name="RequestNo">Request that it checks, from 1.</param>
public sealed record RemovalCheck(string TaskId, int RequestNo, DateTimeOffset AskedAt, DateTimeOffset AnsweredAt, string ByKey, CheckOutcome Outcome)
{
    /// <summary>True for an outcome that counts as gone.</summary>
    [JsonIgnore]
    public bool IsGone => Outcome is CheckOutcome.Gone or CheckOutcome.ChangedAsAsked;
}

/// <summary>A reply of a host.</summary>
public sealed record HostReply(DateTimeOffset At, string ByKey, bool Refused, string? Text);

/// <summary>Why it stays. Ends the takedown only when a second person agrees.</summary>
public sealed record NotRemovedReason(string ByKey, DateTimeOffset At, string Reason, string? ConfirmedByKey = null);

/// <summary>A check at a later date (7 and 30 days after sending).</summary>
public sealed record LaterCheckRecord(int No, string Label, DateTimeOffset DueAt, int Round = 1, bool Done = false)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Part of row key and instance id: "01-7d".</summary>
    [JsonIgnore]
    public string Key => $"{No:D2}-{Label}";

    /// <summary>Id of the task of this round.</summary>
    [JsonIgnore]
    public string TaskId => $"later-{Key}-{Round}";

    /// <summary>Key of the check that a task belongs to.</summary>
    public static string KeyOfTask(string taskId) => string.Join('-', taskId.Split('-')[1..3]);

    /// <summary>Id of its orchestration.</summary>
    public static string InstanceId(string caseId, string key) => $"{caseId}.later.{key}";
}
