using System.Buffers;
using System.Text;

namespace PolicyFlows.Core.Mail;

/// <summary>Checks and writes header values (RFC 5322 2.2, RFC 2047). Nothing a person typed can start a new header.</summary>
public static class MailHeaderText
{
    // 45 bytes are 60 characters of base64; with =?utf-8?B?…?= that stays under the 75 of RFC 2047 2.
    private const int EncodedWordBytes = 45;
    private const int FoldAt = 76;
    private static readonly SearchValues<char> NotInMessageId = SearchValues.Create(" <>()[]\\,;:\"");

    /// <summary>Refuses line breaks and other control characters.</summary>
    /// <exception cref="ArgumentException">The value could start a header or a body of its own.</exception>
    public static void CheckOneLine(string value, string name)
    {
        if (value.AsSpan().ContainsAnyInRange('\0', '\u001F') || value.AsSpan().ContainsAny('\u007F', '\u2028', '\u2029'))
        {
            throw new ArgumentException("A mail header cannot hold line breaks or control characters.", name);
        }
    }

    /// <summary>Refuses anything but local@domain of plain ASCII.</summary>
    /// <exception cref="MailRefusedException">No server could deliver to it.</exception>
    public static void CheckAddress(string address, string name)
    {
        CheckOneLine(address, name);
        if (!System.Net.Mail.MailAddress.TryCreate(address, out var parsed) || parsed.Address != address
            || address.AsSpan().ContainsAny(" <>,;\"") || address.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new MailRefusedException("The e-mail address is not one that mail can be sent to.");
        }
    }

    /// <summary>Checks everything of a message that becomes a header.</summary>
    /// <exception cref="ArgumentException">A value could start a header of its own, or the message id is none.</exception>
    /// <exception cref="MailRefusedException">No server could deliver to the address.</exception>
    public static void Check(MailMessageText message)
    {
        CheckOneLine(message.MessageId, nameof(message.MessageId));
        CheckOneLine(message.ToName, nameof(message.ToName));
        CheckOneLine(message.Subject, nameof(message.Subject));
        CheckAddress(message.ToAddress, nameof(message.ToAddress));
        if (message.MessageId.Count(unit => unit == '@') != 1 || message.MessageId.AsSpan().ContainsAny(NotInMessageId) || !IsAscii(message.MessageId))
        {
            throw new ArgumentException("A message id looks like left@right, without brackets or spaces.", nameof(message));
        }
    }

    /// <summary>A line "Name: value", encoded where not plain and folded, with its CRLF.</summary>
    internal static string Line(string name, string value) => Fold($"{name}: {Encode(value)}") + "\r\n";

    /// <summary>A line "Name: display &lt;address&gt;".</summary>
    internal static string AddressLine(string name, string display, string address) =>
        Fold(display.Length == 0 ? $"{name}: {address}" : $"{name}: {Phrase(display)} <{address}>") + "\r\n";

    private static string Phrase(string display) => MustEncode(display)
        ? Encode(display)
        : "\"" + display.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static string Encode(string value)
    {
        if (!MustEncode(value))
        {
            return value;
        }

        var words = new List<string>();
        var word = new List<byte>(EncodedWordBytes);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var count = rune.EncodeToUtf8(bytes);
            if (word.Count + count > EncodedWordBytes)
            {
                words.Add(Word(word));
                word.Clear();
            }

            word.AddRange(bytes[..count]);
        }

        words.Add(Word(word));
        return string.Join(' ', words);
    }

    private static string Word(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";

    // Spaces at the ends would be lost, and long words cannot be folded.
    private static bool MustEncode(string value) => !IsAscii(value) || value.Contains("=?", StringComparison.Ordinal)
        || value.StartsWith(' ') || value.EndsWith(' ') || value.Contains("  ", StringComparison.Ordinal)
        || value.Split(' ').Any(word => word.Length > FoldAt - 16);

    private static bool IsAscii(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>Breaks before spaces (RFC 5322 2.2.3); the reader takes the break out and keeps the space.</summary>
    private static string Fold(string line)
    {
        var words = line.Split(' ');
        var folded = new StringBuilder(words[0], line.Length + 8);
        var length = words[0].Length;
        for (var i = 1; i < words.Length; i++)
        {
            // The first word of the value stays beside the name: a line of white space alone is not allowed.
            var isFolded = i > 1 && length + 1 + words[i].Length > FoldAt;
            folded.Append(isFolded ? "\r\n " : " ").Append(words[i]);
            length = (isFolded ? 0 : length) + 1 + words[i].Length;
        }

        return folded.ToString();
    }
}
