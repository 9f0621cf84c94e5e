using PolicyFlows.Core.Access;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Cases;

/// <summary>Everything the case page shows to one visitor. What they may not read is not in it.</summary>
public sealed record CasePageModel
{
    /// <summary>What the visitor may do.</summary>
    public required CaseAccess Access { get; init; }

    /// <summary>Reference.</summary>
    public string Reference => Access.CaseId;

    /// <summary>"Incident", "Safeguarding concern", "Mail trouble".</summary>
    public required string Kind { get; init; }

    /// <summary>Where it stands; null when the visitor sees only a part of the case.</summary>
    public string? State { get; init; }

    /// <summary>Colour of the state's tag.</summary>
    public string? StateColour { get; init; }

    /// <summary>What is urgent, in words: "2 clocks missed".</summary>
    public string? Urgent { get; init; }

    /// <summary>"31 hours since the report".</summary>
    public string? Age { get; init; }

    /// <summary>School, reported when, managed by.</summary>
    public IReadOnlyList<SummaryRow> Identity { get; init; } = [];

    /// <summary>The clocks.</summary>
    public IReadOnlyList<ClockGroup> Clocks { get; init; } = [];

    /// <summary>The way so far as a picture; null when there is nothing to draw.</summary>
    public CourseModel? Course { get; init; }

    /// <summary>Open tasks.</summary>
    public IReadOnlyList<OpenTask> Tasks { get; init; } = [];

    /// <summary>What was told.</summary>
    public IReadOnlyList<SummaryRow> Story { get; init; } = [];

    /// <summary>Decisions, oldest first.</summary>
    public IReadOnlyList<DecisionLine> Decisions { get; init; } = [];

    /// <summary>Whom to telephone, while nobody has confirmed a safeguarding concern.</summary>
    public IReadOnlyList<PhoneNumber> Telephone { get; init; } = [];

    /// <summary>Until when the visitor reads it on a request of theirs; null for everybody else.</summary>
    public string? ReadsUntil { get; init; }

    /// <summary>Targets.</summary>
    public IReadOnlyList<TargetLine> Targets { get; init; } = [];

    /// <summary>Evidence.</summary>
    public IReadOnlyList<EvidenceLine> Evidence { get; init; } = [];

    /// <summary>What was added later.</summary>
    public IReadOnlyList<MessageLine> Messages { get; init; } = [];

    /// <summary>Mails.</summary>
    public IReadOnlyList<MailLine> Mails { get; init; } = [];

    /// <summary>Steps, oldest first.</summary>
    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>Who read it, newest first; for those who manage it.</summary>
    public IReadOnlyList<ReadLine> Reads { get; init; } = [];

    /// <summary>The visitor may add, note and close.</summary>
    public bool MayManage { get; init; }

    /// <summary>It can be closed, or is to be looked at for closing.</summary>
    public bool MayClose { get; init; }
}

/// <summary>An open task.</summary>
/// <param name="Href">For its holder; null for everyone else.</param>
public sealed record OpenTask(string Title, string Clause, IReadOnlyList<string> Holders, string Due, bool Overdue, string? Href);

/// <summary>A decision.</summary>
public sealed record DecisionLine(string Routes, string Reason, string Who, string When, string? Ground);

/// <summary>A target and what became of it.</summary>
/// <param name="History">Requests, replies and checks as sentences, oldest first; empty for those who may know only where it stands.</param>
public sealed record TargetLine(int No, string Title, string State, string Colour, IReadOnlyList<SummaryRow> Facts, IReadOnlyList<Step> History, bool MayNoteReply);

/// <summary>An evidence item.</summary>
public sealed record EvidenceLine(int No, string Name, string Type, string Size, string Sha256, string Received);

/// <summary>Something added later.</summary>
public sealed record MessageLine(string Who, string When, string Text);

/// <summary>A mail: to whom by role, about what, what became of it. Never its text.</summary>
public sealed record MailLine(string To, string About, string Queued, string State, string? Kind);

/// <summary>Somebody read something.</summary>
public sealed record ReadLine(string Who, string What, string When);
