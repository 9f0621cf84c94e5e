using System.Globalization;
using System.Text;

namespace PolicyFlows.Core.Mail;

/// <summary>A message read back from the folder.</summary>
/// <param name="Name">File name, for a link to it.</param>
/// <param name="Body">Lines end with \n.</param>
/// <param name="MessageId">Without angle brackets.</param>
public sealed record EmlMessage(
    string Name, string FromAddress, string FromName, string ToAddress, string ToName, string Subject, DateTimeOffset Date, string MessageId, MailLane Lane, string Body);

/// <summary>Reads what <see cref="EmlFolderTransport"/> wrote, for /mailbox and for tests. It is no general mail reader.</summary>
public sealed class EmlFolder(string folder)
{
    internal const string Suffix = ".eml";

    /// <summary>All messages, oldest first.</summary>
    public IReadOnlyList<EmlMessage> List() => [.. Names(folder).Select(Read).OfType<EmlMessage>()];

    /// <summary>Names of all messages, oldest first, without opening them.</summary>
    public IReadOnlyList<string> ListNames() => Names(folder);

    /// <summary>One message, or null if no message has this name. Safe with a name from an address bar.</summary>
    public EmlMessage? Read(string name)
    {
        if (!IsName(name))
        {
            return null;
        }

        try
        {
            return Parse(name, File.ReadAllText(Path.Combine(folder, name), Encoding.ASCII));
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    internal static List<string> Names(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*" + Suffix).Select(path => Path.GetFileName(path)).Where(IsName).Order(StringComparer.Ordinal)];

    /// <summary>The running number in a name, 0 if it is none of ours.</summary>
    internal static long NumberOf(string name)
    {
        var number = name.AsSpan(name.IndexOf('-') + 1);
        return long.TryParse(number[..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }

    // 20260302T090000000Z-00000001.eml
    private static bool IsName(string name) => name.Length is >= 32 and <= 44 && name.EndsWith(Suffix, StringComparison.Ordinal)
        && name[8] == 'T' && name[18] == 'Z' && name[19] == '-' && name[20..^Suffix.Length].All(char.IsAsciiDigit)
        && name[..8].All(char.IsAsciiDigit) && name[9..18].All(char.IsAsciiDigit);

    private static EmlMessage Parse(string name, string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var headers = text[..end].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n")
            .Select(line => line.Split(": ", 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        var (fromName, fromAddress) = Address(headers["From"]);
        var (toName, toAddress) = Address(headers["To"]);
        return new EmlMessage(
            name, fromAddress, fromName, toAddress, toName,
            DecodeWords(headers["Subject"]),
            DateTimeOffset.ParseExact(headers["Date"], "ddd, d MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture),
            headers["Message-ID"].Trim('<', '>'),
            Enum.Parse<MailLane>(headers[EmlText.LaneHeader]),
            DecodeQuotedPrintable(text[(end + 4)..]));
    }

    private static (string Name, string Address) Address(string value)
    {
        if (!value.EndsWith('>'))
        {
            return ("", value);
        }

        var at = value.LastIndexOf('<');
        var display = value[..at].TrimEnd(' ');
        if (display.StartsWith('"'))
        {
            display = display[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        }

        return (DecodeWords(display), value[(at + 1)..^1]);
    }

    /// <summary>Spaces between encoded words belong to the writing, not to the text (RFC 2047 6.2).</summary>
    private static string DecodeWords(string value)
    {
        const string Start = "=?utf-8?B?", End = "?=";
        return value.StartsWith(Start, StringComparison.Ordinal)
            ? string.Concat(value.Split(' ').Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word[Start.Length..^End.Length]))))
            : value;
    }

    private static string DecodeQuotedPrintable(string body)
    {
        var joined = body.Replace("=\r\n", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal);
        var bytes = new List<byte>(joined.Length);
        for (var i = 0; i < joined.Length; i++)
        {
            if (joined[i] == '=')
            {
                bytes.Add(byte.Parse(joined.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                bytes.Add((byte)joined[i]);
            }
        }

        var text = Encoding.UTF8.GetString([.. bytes]);
        return text.EndsWith('\n') ? text[..^1] : text;
    }
}
