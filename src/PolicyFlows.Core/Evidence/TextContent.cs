using System.Buffers;
using System.Text;

namespace PolicyFlows.Core.Evidence;

/// <summary>Tells plain text from web pages, mail and bytes that are no text at all.</summary>
internal static class TextContent
{
    private static readonly SearchValues<byte> ControlBytes = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(unit => (byte)unit).Where(unit => unit is not (9 or 10 or 12 or 13 or 27)), 127]);

    // What browsers take for a page when they guess (WHATWG MIME sniffing 7.1), and what can carry script besides.
    private static readonly string[] MarkupStarts =
    [
        "!doctype", "html", "head", "script", "iframe", "h1", "div", "font", "table", "a", "style", "title", "b", "body", "br", "p",
        "svg", "math", "meta", "link", "img", "base", "form", "object", "embed", "frameset", "xsl:stylesheet", "rss", "feed",
    ];

    private static readonly string[] MailHeaders =
        ["from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path", "delivered-to", "reply-to"];

    /// <summary>No byte that text in UTF-8 or an 8-bit code never has.</summary>
    public static bool HasOnlyTextBytes(ReadOnlySpan<byte> chunk) => !chunk.ContainsAny(ControlBytes);

    public static bool HasUtf16Mark(ReadOnlySpan<byte> head) => Utf16(head) is not null;

    /// <summary>Whether the first thing in the text, after white space and comments, is a page, an SVG or any XML.</summary>
    public static bool StartsWithMarkup(ReadOnlySpan<byte> head)
    {
        var text = Decode(head).AsSpan().TrimStart("\uFEFF \t\r\n\f\0");
        if (text is not ['<', .. var rest])
        {
            return false;
        }

        // Processing instructions and comments open pages and XML; no plain text begins with them.
        if (rest.StartsWith("?") || rest.StartsWith("!--"))
        {
            return true;
        }

        foreach (var start in MarkupStarts)
        {
            if (rest.StartsWith(start, StringComparison.OrdinalIgnoreCase) && (rest.Length == start.Length || IsTagEnd(rest[start.Length])))
            {
                return true;
            }
        }

        // Any other element that declares an XML namespace.
        var end = rest.IndexOf('>');
        return end > 0 && rest[..end].Contains("xmlns", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether the text opens with a block of header fields (RFC 5322 2.2), at least one of them of mail.</summary>
    /// <param name="isCut">The file goes on after <paramref name="head"/>: relays add more headers than it may hold.</param>
    public static bool StartsWithMailHeaders(ReadOnlySpan<byte> head, bool isCut)
    {
        if (isCut)
        {
            head = head[..(head.LastIndexOf((byte)'\n') + 1)];
        }

        var found = false;
        var first = true;
        foreach (var line in Decode(head).AsSpan().TrimStart('\uFEFF').EnumerateLines())
        {
            if (line.IsEmpty)
            {
                return found;
            }

            if (!(first && line.StartsWith("From ", StringComparison.Ordinal)) && !(line[0] is ' ' or '\t' && !first))
            {
                var colon = line.IndexOf(':');
                if (colon <= 0 || line[..colon].ContainsAnyExceptInRange('!', '~'))
                {
                    return false;
                }

                found |= MailHeaders.Contains(line[..colon].ToString(), StringComparer.OrdinalIgnoreCase);
            }

            first = false;
        }

        return found;
    }

    private static bool IsTagEnd(char unit) => unit is ' ' or '\t' or '\r' or '\n' or '\f' or '>' or '/';

    private static Encoding? Utf16(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Encoding.Unicode
        : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode
        : null;

    private static string Decode(ReadOnlySpan<byte> head) => (Utf16(head) ?? Encoding.UTF8).GetString(head);
}
