namespace PolicyFlows.Core.Mail;

/// <summary>What a mail service says about a mail after it has taken it.</summary>
public enum DeliveryOutcome
{
    /// <summary>The reader's server does not take it and never will.</summary>
    Bounced,

    /// <summary>The reader's server does not take it for now, and the service does not try again.</summary>
    Blocked,

    /// <summary>The service did not even try, because of what it knows of the address.</summary>
    Dropped,

    /// <summary>It arrived and was called spam; the service will drop the next one.</summary>
    MarkedAsSpam,

    /// <summary>The service tries again.</summary>
    Deferred,
}

/// <summary>One event about one mail.</summary>
/// <param name="EventId">The service's own id; the same when it tells the same event again.</param>
/// <param name="CaseId">Partition of the outbox row, as the mail carried it.</param>
/// <param name="Key">Key of the outbox row.</param>
/// <param name="Detail">A code or a few words of the service, without address or content; null when it gave none.</param>
public sealed record DeliveryReport(string EventId, string CaseId, string Key, DeliveryOutcome Outcome, string? Detail = null);

/// <summary>Understands what a mail service posts about mails that it has taken. Registered only where mail goes through such a service.</summary>
public interface IDeliveryEvents
{
    /// <summary>The reports in a request that the service proves to have sent; null when nothing proves it.</summary>
    /// <param name="header">Value of a header of the request; empty when it has none.</param>
    /// <param name="body">The bytes as they came.</param>
    /// <exception cref="InvalidDataException">The service sent it, and it cannot be read.</exception>
    IReadOnlyList<DeliveryReport>? Read(Func<string, string> header, ReadOnlyMemory<byte> body);
}
