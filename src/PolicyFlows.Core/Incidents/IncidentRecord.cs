using System.Text.Json.Serialization;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;

namespace PolicyFlows.Core.Incidents;

/// <summary>Where an incident stands.</summary>
public enum IncidentState { AwaitingDecision, InProgress, Closed }

/// <summary>What a manager can decide (clause 9.1). Several may run side by side; no action stands alone.</summary>
public enum IncidentRoute { Takedown, PupilConduct, StaffConduct, Safeguarding, Police, Support, NoAction }

/// <summary>Which account was used or aimed at. Never a reason to refuse a report (clauses 2.3, 7.3).</summary>
public enum AccountScope { Unknown, School, Personal }

/// <summary>The case row of an incident: abuse of a member of staff (clauses 8 and 9).</summary>
public sealed record IncidentRecord
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Type, shared with <see cref="CaseCommon"/>.</summary>
    public CaseType Type { get; init; } = CaseType.Incident;

    /// <summary>Reference and partition, "INC-7K3M9Q".</summary>
    public required string Reference { get; init; }

    /// <summary>School, shared with <see cref="CaseCommon"/>.</summary>
    public required string SchoolId { get; init; }

    /// <summary>Named people, shared with <see cref="CaseCommon"/>.</summary>
    public IReadOnlyList<string> NamedPersonIds { get; init; } = [];

    /// <summary>Who decided, shared with <see cref="CaseCommon"/>.</summary>
    public string? ManagerKey { get; init; }

    /// <summary>Start of the clocks.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>Which account.</summary>
    public AccountScope Account { get; init; }

    /// <summary>True when a child is concerned: the lead officers see that the incident exists.</summary>
    public bool ChildConcerned { get; init; }

    /// <summary>State.</summary>
    public IncidentState State { get; init; }

    /// <summary>All decisions, in order.</summary>
    public IReadOnlyList<IncidentDecision> Decisions { get; init; } = [];

    /// <summary>How many decisions the case needs: one, and one more for a second look or for what was added after a decision without removal.</summary>
    public int DecisionsWanted { get; init; } = 1;

    /// <summary>The person harmed does not want the school to ask for removal.</summary>
    public bool RemovalRefused { get; init; }

    /// <summary>SHA-256 of the receipt code.</summary>
    public required string ReceiptHash { get; init; }

    /// <summary>Number of targets, evidence items and messages so far.</summary>
    public int Targets { get; init; }

    /// <summary>Number of evidence items so far.</summary>
    public int Evidence { get; init; }

    /// <summary>Number of additions by the reporter so far.</summary>
    public int Messages { get; init; }

    /// <summary>True once the one second look has been asked for.</summary>
    public bool SecondLookAsked { get; init; }

    /// <summary>When it was last closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The newest decision, or null.</summary>
    [JsonIgnore]
    public IncidentDecision? Decision => Decisions.Count == 0 ? null : Decisions[^1];

    /// <summary>Whether somebody has decided since a file was received, or it came with an addition that needed no decision of its own. In doubt nobody has.</summary>
    public bool HasDecidedOn(EvidenceItem item) => Decision is { } last && (item.ReceivedAt <= last.At || DecisionsWanted <= Decisions.Count);

    /// <summary>The newest decision that holds a route, or null.</summary>
    public IncidentDecision? DecisionFor(IncidentRoute route) => Decisions.LastOrDefault(d => d.Routes.Contains(route));

    /// <summary>Id of its decision orchestration.</summary>
    [JsonIgnore]
    public string InstanceId => $"{Reference}.incident";
}

/// <summary>A decision. The reason is its maker's own words; with "no action" the reporter reads it.</summary>
public sealed record IncidentDecision(
    string TaskId, IReadOnlyList<IncidentRoute> Routes, Ground Ground, string Reason, string ByKey, string? OnBehalfOf, DateTimeOffset At);

/// <summary>What was told, and by whom it can be erased: with its row.</summary>
public sealed record IncidentStory(string WhatHappened, string? WhenSeen = null)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;
}

/// <summary>A page, post, account, group, message or call that is to disappear. An address is optional; a handle is enough.</summary>
public sealed record TargetRecord
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Number in the case, from 1.</summary>
    public required int No { get; init; }

    /// <summary>Kind.</summary>
    public required TargetKind Kind { get; init; }

    /// <summary>Address without tracking parameters.</summary>
    public string? Address { get; init; }

    /// <summary>Address as it was given.</summary>
    public string? AddressAsGiven { get; init; }

    /// <summary>Handle, group name or number.</summary>
    public string? Handle { get; init; }

    /// <summary>Host of the directory, or <see cref="Host.UnknownId"/>.</summary>
    public required string HostId { get; init; }

    /// <summary>It stands on an account of the school itself.</summary>
    public bool OwnAccount { get; init; }

    /// <summary>Start of its clocks.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>The target that came back, or whose copy this is.</summary>
    public int? Parent { get; init; }
}

/// <summary>An evidence item: bytes by hash, and what was said of them.</summary>
public sealed record EvidenceItem
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Number in the case, from 1.</summary>
    public required int No { get; init; }

    /// <summary>Name in the evidence store.</summary>
    public required string BlobId { get; init; }

    /// <summary>SHA-256, computed while receiving.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Type by content.</summary>
    public required string MediaType { get; init; }

    /// <summary>What the sender called it; shown, never used as a path.</summary>
    public required string FileName { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Who gave it.</summary>
    public required string ByKey { get; init; }
}

/// <summary>Something the reporter added later.</summary>
public sealed record ReporterMessage(int No, DateTimeOffset At, string ByKey, string Text)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;
}
