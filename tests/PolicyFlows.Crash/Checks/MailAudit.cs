using PolicyFlows.Crash.Mail;
using PolicyFlows.Crash.People;

namespace PolicyFlows.Crash.Checks;

/// <summary>
/// Compares the ledger with the mails that were delivered: every person who had to be asked or told was, once, and nobody else. A second copy
/// is allowed only for a mail that was under way at a kill, and only with the same Message-ID.
/// </summary>
internal sealed class MailAudit(Ledger ledger, Post post)
{
    // The safeguarding lane and the others each have one mail under way at most.
    private const int UnderWayAtOnce = 2;

    private readonly List<HashSet<string>> atKills = [];

    /// <summary>Mails that came twice because of a kill, in the last check.</summary>
    public int Repeated { get; private set; }

    /// <summary>Remembers what had been delivered when the server was killed.</summary>
    public void NoteKill() => atKills.Add(post.Names());

    /// <summary>What is not as it must be; empty when all is well. Missing mails may still be on their way.</summary>
    public IReadOnlyList<string> Check()
    {
        var letters = post.All();
        var wrong = new List<string>();
        CheckCopies(letters, wrong);
        var cases = letters.Where(l => l.Reference is not null).ToLookup(l => l.Reference!, StringComparer.Ordinal);
        foreach (var stray in cases.Select(c => c.Key).Where(r => !ledger.Reports.ContainsKey(r) && !ledger.Alerts.ContainsKey(r))) wrong.Add($"{stray}: mailed about, but nobody was shown its confirmation: lost or doubled");
        foreach (var report in ledger.Reports.Values) Compare(report.Reference, Expected(report), cases[report.Reference], wrong);
        foreach (var alert in ledger.Alerts.Values) Compare(alert.Reference, Expected(alert, cases[alert.Reference]), cases[alert.Reference], wrong);
        return wrong;
    }

    private void CheckCopies(IReadOnlyList<Letter> letters, List<string> wrong)
    {
        var repeatedAt = new int[atKills.Count];
        Repeated = 0;
        foreach (var copies in letters.GroupBy(l => l.MessageId, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.ToList()))
        {
            Repeated += copies.Count - 1;
            for (var i = 1; i < copies.Count; i++)
            {
                var (first, second) = (copies[i - 1], copies[i]);
                if (first.To != second.To || first.Subject != second.Subject) wrong.Add($"{second.File}: the same Message-ID as {first.File} and not the same mail");
                var kill = atKills.FindIndex(delivered => delivered.Contains(first.File) && !delivered.Contains(second.File));
                if (kill < 0) wrong.Add($"{second.File}: a second copy of {first.File}, and no kill between them");
                else repeatedAt[kill]++;
            }
        }

        for (var i = 0; i < repeatedAt.Length; i++)
        {
            if (repeatedAt[i] > UnderWayAtOnce) wrong.Add($"after kill {i + 1} {repeatedAt[i]} mails came a second time; {UnderWayAtOnce} can be under way");
        }
    }

    private IEnumerable<(string About, string To)> Expected(SentReport report)
    {
        var folk = Folk.Of(report.School);
        if (report.Email is not null) yield return ("We have your report", report.Email);
        yield return ("Decision", folk.Manager);
        if (!ledger.Decisions.TryGetValue(report.Reference, out var decision)) yield break;
        foreach (var route in decision.Routes)
        {
            switch (route)
            {
                case "Takedown":
                    yield return ("Removal request", folk.Manager);
                    break;
                case "PupilConduct":
                    yield return ("Hand-over", folk.BehaviourLead);
                    break;
                case "NoAction" when report.Email is not null:
                    yield return ("An answer stands on your receipt page", report.Email);
                    break;
            }
        }
    }

    private static IEnumerable<(string About, string To)> Expected(SentAlert alert, IEnumerable<Letter> letters)
    {
        const string Told = "Act now: make sure that someone has the safeguarding alert";
        var folk = Folk.Of(alert.School);
        foreach (var lead in folk.Leads) yield return ("Act now: safeguarding alert", lead);
        // Outside school hours two more hear of it, and then both.
        if (!letters.Any(l => l.About == Told)) yield break;
        yield return (Told, Folk.TrustLead);
        yield return (Told, folk.Headteacher);
    }

    private static void Compare(string reference, IEnumerable<(string About, string To)> expected, IEnumerable<Letter> letters, List<string> wrong)
    {
        var came = letters.DistinctBy(l => l.MessageId).Select(l => (l.About, l.To)).ToList();
        foreach (var mail in expected)
        {
            if (!came.Remove(mail)) wrong.Add($"{reference}: no mail '{mail.About}' to {mail.To}");
        }

        wrong.AddRange(came.Select(mail => $"{reference}: a mail too many: '{mail.About}' to {mail.To}"));
    }
}
