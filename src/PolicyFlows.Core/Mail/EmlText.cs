using System.Globalization;
using System.Text;

namespace PolicyFlows.Core.Mail;

/// <summary>Writes a message as it goes over the wire (RFC 5322), body in quoted-printable (RFC 2045 6.7).</summary>
internal static class EmlText
{
    public const string LaneHeader = "X-PolicyFlows-Lane";
    private const int LineLength = 76;

    /// <summary>The whole message, ASCII.</summary>
    public static byte[] Write(MailMessageText message, string fromAddress, string fromName)
    {
        var text = new StringBuilder(message.Body.Length + 1_024);
        text.Append(MailHeaderText.AddressLine("From", fromName, fromAddress))
            .Append(MailHeaderText.AddressLine("To", message.ToName, message.ToAddress))
            .Append(MailHeaderText.Line("Subject", message.Subject))
            .Append(MailHeaderText.Line("Date", message.WrittenAt.ToUniversalTime().ToString("ddd, d MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)))
            // Not encoded: an id is compared byte by byte.
            .Append("Message-ID: <").Append(message.MessageId).Append(">\r\n")
            // So that no absence note answers a program (RFC 3834).
            .Append("Auto-Submitted: auto-generated\r\n")
            .Append(LaneHeader).Append(": ").Append(message.Lane).Append("\r\n")
            .Append("MIME-Version: 1.0\r\n")
            .Append("Content-Type: text/plain; charset=utf-8\r\n")
            .Append("Content-Transfer-Encoding: quoted-printable\r\n\r\n");
        AppendQuotedPrintable(text, message.Body);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void AppendQuotedPrintable(StringBuilder text, string body)
    {
        foreach (var line in body.ReplaceLineEndings("\n").Split('\n'))
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            var length = 0;
            for (var i = 0; i < bytes.Length; i++)
            {
                var isLast = i == bytes.Length - 1;
                var isPlain = bytes[i] is >= (byte)'!' and <= (byte)'~' and not (byte)'=' || (bytes[i] is (byte)' ' or (byte)'\t' && !isLast);
                if (length + (isPlain ? 1 : 3) > LineLength - 1)
                {
                    text.Append("=\r\n");
                    length = 0;
                }

                length += isPlain ? 1 : 3;
                _ = isPlain ? text.Append((char)bytes[i]) : text.Append(CultureInfo.InvariantCulture, $"={bytes[i]:X2}");
            }

            text.Append("\r\n");
        }
    }
}
