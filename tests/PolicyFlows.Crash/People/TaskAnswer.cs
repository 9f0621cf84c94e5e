using PolicyFlows.Crash.Mail;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Crash.People;

/// <summary>What somebody answers to a question. Made up once and kept through kills, so that it can be told whether it was taken.</summary>
internal sealed class TaskAnswer
{
    private const string Decision = "Decision", Request = "Removal request", Alert = "Act now: safeguarding alert";

    private static readonly IReadOnlyList<string>[] Decisions = [["Takedown"], ["Takedown"], ["Takedown", "PupilConduct"], ["PupilConduct"], ["NoAction"]];

    private readonly string about, reference, marker;
    private readonly IReadOnlyList<string> routes;

    private TaskAnswer(string about, string reference, string marker, IReadOnlyList<string> routes) => (this.about, this.reference, this.marker, this.routes) = (about, reference, marker, routes);

    /// <summary>Whether this mail asks for something that the harness answers; other questions stay open.</summary>
    public static bool Answers(Letter letter) => letter.About is Decision or Request || (letter.About == Alert && letter.Link is not null);

    public static TaskAnswer For(Letter letter, Random random) =>
        new(letter.About, letter.Link!.CaseId, $"answer {random.NextInt64():x16}", letter.About == Decision ? Decisions[random.Next(Decisions.Length)] : []);

    /// <summary>What the page must hold before it is answered.</summary>
    public void Check(WebPage page, Ledger ledger)
    {
        var marker = ledger.Reports.TryGetValue(reference, out var report) ? report.Marker : ledger.Alerts.TryGetValue(reference, out var alert) ? alert.Marker : null;
        if (about != Request && marker is not null && !page.MainText.Contains(marker, StringComparison.Ordinal))
            throw new BrokenPromiseException($"{reference}: the task does not show what was reported");
    }

    public WebForm Fill(WebForm form, WebPage page) => about switch
    {
        Decision => routes.Aggregate(form.Set("ground", "Harassment").Set("reason", $"It is plain: {marker}."), (f, route) => f.Choose(LabelOf(page, "route", route))),
        Request => form.Set("when", "now").Set("reference", marker),
        _ => form.Choose(LabelOf(page, "have", "yes")),
    };

    public void NoteIn(Ledger ledger)
    {
        switch (about)
        {
            case Decision:
                ledger.Add(new MadeDecision(reference, marker, routes));
                break;
            case Request:
                ledger.Add(new MadeFiling(reference, marker));
                break;
            default:
                ledger.Add(new MadeAcknowledgement(reference));
                break;
        }
    }

    private static string LabelOf(WebPage page, string name, string value) =>
        page.Document.QuerySelectorAll($"input[name='{name}'][value='{value}']").Select(i => page.Document.QuerySelector($"label[for='{i.Id}']")).FirstOrDefault(l => l is not null) is { } label
            ? WebPage.Words(label)
            : throw new BrokenPromiseException($"{page.Path}: no choice {name}={value}");
}
