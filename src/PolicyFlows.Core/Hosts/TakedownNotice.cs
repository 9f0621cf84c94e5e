using System.Globalization;
using PolicyFlows.Core.Calendar;

namespace PolicyFlows.Core.Hosts;

/// <summary>
/// Writes requests to hosts and hosting providers: neutral, complete, without anybody's name and without guesses about who posted.
/// Clauses 9.3 and 9.4. A text for the person harmed or for a recipient to file is in the first person.
/// </summary>
public static class TakedownNotice
{
    /// <summary>The request to a host by one of its routes.</summary>
    public static NoticeText Write(Host host, HostRoute route, NoticeFacts facts)
    {
        var subject = $"Request to {NoticeWords.Verb(facts.Wanted)} {NoticeWords.Item(facts.Kind)} - our reference {facts.Reference}";
        return new NoticeText(subject, Body(host.Id == Host.UnknownId ? "the operator of this site" : host.Name, facts, route.Filer, earlier: []));
    }

    /// <summary>The request to the company that hosts a site whose operator did not act.</summary>
    public static NoticeText WriteToHostingProvider(string? providerName, EarlierRequest earlier, NoticeFacts facts)
    {
        List<string> before =
        [
            $"We asked {earlier.HostName} on {London.FormatWithZone(earlier.SentAt)}{(earlier.HostReference is null ? "" : $" (its reference: {earlier.HostReference})")}.",
            $"The item was still there on {London.FormatWithZone(earlier.StillThereAt)}.",
            "We write to you because, as far as we can tell, the site uses your hosting or network service. If it does not, please tell us so.",
        ];
        return new NoticeText($"Abuse report: hosted content - our reference {facts.Reference}",
            Body(string.IsNullOrWhiteSpace(providerName) ? "the abuse team" : $"the abuse team of {providerName}", facts, Filer.Any, before));
    }

    private static string Body(string addressee, NoticeFacts facts, Filer filer, IReadOnlyList<string> earlier)
    {
        var affected = filer is Filer.Victim;
        var personal = affected || filer is Filer.Recipient;
        var parts = new List<string>
        {
            $"To {addressee}",
            $"Our reference: {facts.Reference}\nDate: {London.FormatWithZone(facts.WrittenAt)}",
            Sender(facts, filer),
            Where(facts),
            NoticeWords.WhatItIs(facts, affected),
        };
        Add(parts, earlier, " ");
        parts.Add(NoticeWords.Wanted(facts));
        Add(parts, NoticeWords.ForGround(facts, affected), "\n");
        if (facts.PoliceReference is { Length: > 0 } police)
        {
            parts.Add($"The police have this under reference {police}. Please preserve the item and the records about it for them before you remove it.");
        }

        parts.Add(Deadline(facts, personal));
        if (facts.CopiesKept || facts.Hashes.Count > 0)
        {
            parts.Add(Copies(facts));
        }

        parts.Add($"Please confirm to {facts.ReplyTo} what you have done, quoting {facts.Reference}. If you decide not to act, please tell {(personal ? "me" : "us")} why and how {(personal ? "I" : "we")} can appeal.");
        parts.Add(personal ? facts.SchoolName : $"{Capital(facts.SenderCapacity)}\n{facts.SchoolName}, {facts.TrustName}");
        return string.Join("\n\n", parts) + "\n";
    }

    private static string Sender(NoticeFacts facts, Filer filer) => filer switch
    {
        Filer.Victim => $"I work at {facts.SchoolName}, which is part of {facts.TrustName}. I am the person affected, and I make this request myself.",
        Filer.Recipient => $"I work at {facts.SchoolName}, which is part of {facts.TrustName}. I received this, and I make this request myself.",
        _ => $"I write for {facts.SchoolName}, which is part of {facts.TrustName}, as its {facts.SenderCapacity}. The person affected is {facts.Affected}.",
    };

    private static string Where(NoticeFacts facts)
    {
        var lines = new List<string> { "Where it is:" };
        lines.AddRange(facts.Addresses);
        Line("Account, group or number", facts.Handle);
        Line("Place on the page", facts.WhereOnPage);
        if (facts.SeenAt is { } seen)
        {
            lines.Add($"Last seen: {London.FormatWithZone(seen)}");
        }

        return string.Join('\n', lines);

        void Line(string label, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                // One line each: an entered line break must not look like an address or a sentence of ours.
                lines.Add($"{label}: {string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");
            }
        }
    }

    private static string Deadline(NoticeFacts facts, bool personal)
    {
        var hours = facts.AskedFor.TotalHours.ToString("0.##", CultureInfo.InvariantCulture);
        return $"Our policy asks for this within {hours} hours, that is by {London.FormatWithZone(facts.WrittenAt + facts.AskedFor)}. "
            + $"This is {(personal ? "the school's" : "our")} own time limit. Apart from it, you may have duties under the law, "
            + "for example under sections 20 and 21 of the Online Safety Act 2023 on reports and complaints; that is for you to judge.";
    }

    private static string Copies(NoticeFacts facts) => facts.Hashes.Count == 0
        ? "Copies are kept by the school. They are not attached; we can provide them if you need them."
        : "Copies are kept by the school. They are not attached; we can provide them if you need them. SHA-256:\n" + string.Join('\n', facts.Hashes);

    private static void Add(List<string> parts, IReadOnlyList<string> lines, string between)
    {
        if (lines.Count > 0)
        {
            parts.Add(string.Join(between, lines));
        }
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
