using PolicyFlows.Core.Mail;

namespace PolicyFlows.Mail.SendGrid;

/// <summary>The signed event webhook: first the proof, then the events.</summary>
public sealed class SendGridEvents(EventSignature signature) : IDeliveryEvents
{
    /// <inheritdoc/>
    public IReadOnlyList<DeliveryReport>? Read(Func<string, string> header, ReadOnlyMemory<byte> body) =>
        signature.Holds(header(EventSignature.SignatureHeader), header(EventSignature.TimestampHeader), body.Span) ? EventReader.Read(body) : null;
}
