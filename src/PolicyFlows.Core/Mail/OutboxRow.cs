namespace PolicyFlows.Core.Mail;

/// <summary>What a mail is about; the text is written from records when it is sent.</summary>
public enum MailKind
{
    /// <summary>To the reporter: we have it.</summary>
    Receipt,

    /// <summary>To a holder: a task was made or handed on.</summary>
    TaskAsked,

    /// <summary>To a holder: the clock runs out.</summary>
    TaskWarning,

    /// <summary>To a holder who has not answered.</summary>
    TaskReminder,

    /// <summary>To someone who is told that a task waits for another person; no link, no content.</summary>
    TaskTold,

    /// <summary>A fresh link that its holder asked for.</summary>
    FreshLink,

    /// <summary>A six-digit code.</summary>
    Code,

    /// <summary>To the reporter: an answer stands on the receipt page.</summary>
    AnswerOnReceipt,

    /// <summary>A safeguarding alert without content, to those who make sure that someone has it.</summary>
    AlertTold,
}

/// <summary>
/// A mail that must go out once. <see cref="Key"/> is made of record facts (task, purpose, person, round), so that a restarted
/// orchestration finds it again instead of sending a second one (architecture rule 5). No name, address or content is stored here.
/// </summary>
public sealed record OutboxRow
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Idempotency key, unique within the case.</summary>
    public required string Key { get; init; }

    /// <summary>Lane.</summary>
    public required MailLane Lane { get; init; }

    /// <summary>Kind.</summary>
    public required MailKind Kind { get; init; }

    /// <summary>Person of the directory, "reporter" or "harmed".</summary>
    public required string To { get; init; }

    /// <summary>Task it concerns.</summary>
    public string? TaskId { get; init; }

    /// <summary>Number of the link that it carries; 0 for none.</summary>
    public int LinkNo { get; init; }

    /// <summary>Code or token that it carries is derived from this id.</summary>
    public string? SecretId { get; init; }

    /// <summary>Business time when it was queued.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>Business time when the mail server took it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Business time when the mail server refused it for good, at once or after it had taken it; then <see cref="SentAt"/> stands too.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>What the server said last.</summary>
    public string? LastError { get; init; }

    /// <summary>Process that is handing it over; null when none is, or where only one process sends.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>Until when the claim holds, system time. Then another process may take it over.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }
}
