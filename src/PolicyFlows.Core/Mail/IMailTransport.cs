namespace PolicyFlows.Core.Mail;

/// <summary>Hands one message to whatever delivers mail. An SMTP server, a folder of .eml files, a provider.</summary>
public interface IMailTransport
{
    /// <summary>Returns when the message was accepted for delivery.</summary>
    /// <exception cref="MailRefusedException">The server said that it will never take this message.</exception>
    /// <exception cref="MailDeferredException">Not now for this mail: the server answers, the mailbox does not take it. Try again later.</exception>
    /// <exception cref="MailUnavailableException">Not now for any mail; try again later.</exception>
    Task SendAsync(MailMessageText message, CancellationToken cancellation = default);

    /// <summary>Null when mail can be sent, else why not, for /health.</summary>
    Task<string?> ProbeAsync(CancellationToken cancellation = default);
}

/// <summary>A plain-text message.</summary>
/// <param name="MessageId">Without angle brackets; the same for every try of one outbox row (RFC 5322 3.6.4).</param>
public sealed record MailMessageText(string MessageId, string ToAddress, string ToName, string Subject, string Body, MailLane Lane, DateTimeOffset WrittenAt)
{
    /// <summary>Partition of its outbox row, for providers that tell later what became of a mail. Readers never see it.</summary>
    public string? CaseId { get; init; }

    /// <summary>Key of its outbox row, as <see cref="CaseId"/>.</summary>
    public string? Key { get; init; }
}

/// <summary>Lanes in order of urgency. A lane never waits for a later one.</summary>
public enum MailLane { Safeguarding, Incident, Other }

/// <summary>A permanent refusal (SMTP 5xx).</summary>
public sealed class MailRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A temporary failure of one mailbox: full, busy (SMTP 450, 452, another 4xx about the recipient).</summary>
public sealed class MailDeferredException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A temporary failure of the server (no connection, any other SMTP 4xx).</summary>
public sealed class MailUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
