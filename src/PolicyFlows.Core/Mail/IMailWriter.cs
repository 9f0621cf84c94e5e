namespace PolicyFlows.Core.Mail;

/// <summary>Writes the text of an outbox row from records, when it is sent. The texts stand with the pages whose links they carry.</summary>
public interface IMailWriter
{
    /// <summary>The message, or null when no address of the person is known any more.</summary>
    Task<MailMessageText?> WriteAsync(string caseId, OutboxRow row, CancellationToken cancellation = default);
}
