using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PolicyFlows.Crash.Mail;

/// <summary>A link of a mail: readable parts and a signature.</summary>
internal sealed record TaskLink(string Path, string CaseId, string TaskId, string Person, string No);

/// <summary>A mail as its reader gets it. A parser of the harness's own, so that it does not share a fault with the writer.</summary>
internal sealed partial record Letter(string File, string To, string Subject, string MessageId, string Body)
{
    /// <summary>The link to a task, or null.</summary>
    public TaskLink? Link { get; } = ReadLink(Body);

    /// <summary>Six digits on a line of their own, or null.</summary>
    public string? Code { get; } = CodeLine().Match(Body) is { Success: true } found ? found.Value : null;

    /// <summary>Reference of the case at the end of the subject, or null.</summary>
    public string? Reference { get; } = SubjectEnd().Match(Subject) is { Success: true } found ? found.Groups["reference"].Value : null;

    /// <summary>What it is about, without time and reference: "Decision", "Urgent: decision", "We have your report".</summary>
    public string About { get; } = Due().Replace(SubjectEnd().Replace(Subject, ""), "");

    public static Letter Read(string path)
    {
        var text = System.IO.File.ReadAllText(path, Encoding.ASCII);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) throw new BrokenPromiseException($"{Path.GetFileName(path)} is no whole mail.");
        var headers = text[..end].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n").Select(line => line.Split(": ", 2))
            .ToLookup(parts => parts[0], parts => parts[^1], StringComparer.OrdinalIgnoreCase);
        var to = headers["To"].Single();
        var address = to.EndsWith('>') ? to[(to.LastIndexOf('<') + 1)..^1] : to;
        return new(Path.GetFileName(path), address, headers["Subject"].Single(), headers["Message-ID"].Single(), Printable(text[(end + 4)..]));
    }

    private static TaskLink? ReadLink(string body)
    {
        if (LinkPath().Match(body) is not { Success: true } found) return null;
        var parts = found.Groups["token"].Value.Split('~');
        return parts.Length == 5 ? new(found.Value, parts[0], parts[1], parts[2], parts[3]) : throw new BrokenPromiseException($"A link has an unknown form: {found.Value}");
    }

    // Quoted-printable, RFC 2045 6.7.
    private static string Printable(string text)
    {
        var joined = text.Replace("=\r\n", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal);
        var bytes = new List<byte>(joined.Length);
        for (var i = 0; i < joined.Length; i++)
        {
            var coded = joined[i] == '=';
            bytes.Add(coded ? byte.Parse(joined.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : (byte)joined[i]);
            if (coded) i += 2;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"/t/(?<token>\S+)", RegexOptions.None, 1000)]
    private static partial Regex LinkPath();

    [GeneratedRegex(@"^\d{6}$", RegexOptions.Multiline, 1000)]
    private static partial Regex CodeLine();

    [GeneratedRegex(@" - (?<reference>[A-Z]+-[A-Z0-9]+)$", RegexOptions.None, 1000)]
    private static partial Regex SubjectEnd();

    [GeneratedRegex(@" (needed by|overdue since) .*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Due();
}
