using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Time;
using F = PolicyFlows.Web.Report.ReportFields;

namespace PolicyFlows.Web.Report;

/// <summary>Turns a draft into a report.</summary>
internal sealed class ReportSending(DraftStore drafts, IncidentDesk desk, CaseStore cases, ServerKey key, BusinessClock clock)
{
    /// <summary>
    /// The receipt code of a draft. It follows from the key that only the browser holds, so that sending twice shows the same code and
    /// nothing readable is kept anywhere.
    /// </summary>
    public string CodeOf(string draftKey, Draft draft) => Receipts.CodeFrom(key.Mac("report receipt", draftKey, draft.Reference));

    /// <summary>True once the report of the draft is stored.</summary>
    public async Task<bool> IsReceivedAsync(Draft draft, CancellationToken cancellation) =>
        await cases.GetAsync<CaseCommon>(draft.Reference, Rows.Case, cancellation) is not null;

    /// <summary>Sends. When it returns the report is durable; sending again is the same report.</summary>
    public async Task<IncidentRecord> SendAsync(HttpContext context, Draft draft, string draftKey, TrustDirectory directory)
    {
        // Closed first: nothing can be changed or thrown away between what is sent and what is kept, and its files are the case's from here on.
        draft = await drafts.ChangeAsync(draftKey, d => d with { Sent = true }, CancellationToken.None) ?? throw new InvalidOperationException("The draft is gone.");
        var options = OptionsOf(draft, directory, CodeOf(draftKey, draft));
        var reporter = options.Reporter?.PersonId ?? CasePeople.ReporterKey;
        return await desk.ReceiveAsync(options, new ProcessContext("report", reporter, clock.Now), CancellationToken.None);
    }

    private ReportOptions OptionsOf(Draft draft, TrustDirectory directory, string code)
    {
        var answers = new ReportAnswers(draft);
        var reporter = PersonOf(directory, answers[F.Name], answers[F.Email], answers[F.Telephone]);
        // A colleague of whom nothing is known is still somebody else than a reporter who gave nothing.
        var harmed = answers.ForColleague ? PersonOf(directory, answers[F.ColleagueName] is { Length: > 0 } name ? name : "A colleague", answers[F.ColleagueEmail], "") : reporter;
        return new ReportOptions
        {
            Reference = draft.Reference, ReceiptCode = code, SchoolId = answers.SchoolId,
            Story = new(answers.What, Given(answers[F.Seen])), Reporter = reporter, Harmed = harmed, Account = answers.Account,
            Targets = [.. answers.Targets.Select(t => OptionsOf(t))],
            Evidence = [.. answers.Files.Select(f => new EvidenceOptions(f.Received, f.FileName, f.ReceivedAt))],
            // Nobody decides about their own report anyway; named as involved they would lose sight of it.
            NamedPersonIds = [.. answers.Named.Where(id => id != reporter.PersonId && id != harmed.PersonId)],
            InvolvedText = Given(answers[F.Involved]),
        };
    }

    /// <summary>A target as the case takes it.</summary>
    internal static TargetOptions OptionsOf(DraftTarget target)
    {
        var address = TargetAddress.Normalise(target.Link).Address;
        return new(target.Kind, address?.Normalised, address?.Original, target.Handle, target.HostId ?? Host.UnknownId, target.Own);
    }

    // Whether an address is in the directory decides who is asked and is shown to nobody.
    private CasePerson PersonOf(TrustDirectory directory, string name, string email, string telephone) =>
        new(directory.ByEmail(Given(email), clock.Now)?.Id, Given(name), Given(email), Given(telephone));

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
