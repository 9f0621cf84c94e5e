using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Police;

/// <summary>Answers about the police (clause 9.5).</summary>
public sealed class PoliceDesk(CaseStore cases, TaskDesk tasks)
{
    /// <summary>Row of the record.</summary>
    public const string Row = Rows.PolicePrefix + "01";

    /// <summary>Opens the referral: consent is asked first. Opened again by a later decision after the first has ended, it is asked for again.</summary>
    public async Task OpenAsync(CaseChange change)
    {
        var known = await change.GetAsync<PoliceRecord>(Row);
        if (known is { Done: false }) return;
        change.Put(Row, known is null ? new PoliceRecord() : known with { Round = known.Round + 1, Consent = null, AnsweredAt = null, WithdrawnAt = null, Done = false });
        change.Note("police.opened", "9.5");
        await change.StartAsync(PoliceReferral.Name, PoliceRecord.InstanceId(change.CaseId), "police");
    }

    /// <summary>The answer of the member of staff.</summary>
    public Task ConsentAsync(string reference, string taskId, ConsentAnswer answer, ProcessContext context, CancellationToken cancellation = default) =>
        ChangeAsync(reference, context, async (change, police) =>
        {
            await tasks.AnswerAsync(change, taskId, answer.ToString(), kinds: TaskKind.PoliceConsent);
            return police with { Consent = answer, AnsweredAt = change.Now, Done = answer == ConsentAnswer.No };
        }, cancellation);

    /// <summary>The talk took place; the question is asked once more.</summary>
    public Task TalkedAsync(string reference, string taskId, string? note, ProcessContext context, CancellationToken cancellation = default) =>
        ChangeAsync(reference, context, async (change, police) =>
        {
            await tasks.AnswerAsync(change, taskId, "talked", note, TaskKind.TalkFirst);
            return police with { Consent = null, Round = police.Round + 1 };
        }, cancellation);

    /// <summary>It was reported, under this crime reference.</summary>
    public Task ReportedAsync(string reference, string taskId, string crimeReference, ProcessContext context, CancellationToken cancellation = default) =>
        ChangeAsync(reference, context, async (change, police) =>
        {
            await tasks.AnswerAsync(change, taskId, "reported", crimeReference, TaskKind.PoliceReport);
            return police with { CrimeReference = crimeReference, ReportedAt = change.Now, Done = true };
        }, cancellation);

    /// <summary>The member of staff takes a "yes" back. What was reported stays reported; what was not is not.</summary>
    public Task WithdrawConsentAsync(string reference, ProcessContext context, CancellationToken cancellation = default) =>
        ChangeAsync(reference, context, async (change, police) =>
        {
            if (police.Consent is not (ConsentAnswer.Yes or ConsentAnswer.YesWithoutName) || police.WithdrawnAt is not null) return police;
            change.Note("police.consent-withdrawn", "9.5");
            await tasks.WithdrawAsync(change, $"police-report-{police.Round}", "consent withdrawn");
            return police with { WithdrawnAt = change.Now, Done = true };
        }, cancellation);

    private Task ChangeAsync(
        string reference, ProcessContext context, Func<CaseChange, PoliceRecord, Task<PoliceRecord>> act, CancellationToken cancellation) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            var police = await change.NeedAsync<PoliceRecord>(Row);
            var next = await act(change, police);
            if (next == police) return;
            change.Put(Row, next);
            change.Wake(Wakeup.Index());
        }, cancellation);
}
