using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Tests.Cases;

namespace PolicyFlows.Core.Tests.Police;

public sealed class PoliceTests
{
    private const string Case = "INC-22222222";

    [Theory, InlineData(ConsentAnswer.Yes, "police-report-1"), InlineData(ConsentAnswer.YesWithoutName, "police-report-1"), InlineData(ConsentAnswer.TalkFirst, "talk-1"), InlineData(ConsentAnswer.No, null)]
    public async Task The_answer_decides_what_is_asked_next(ConsentAnswer answer, string? next)
    {
        await using var spine = await AskedAsync();
        await spine.Get<PoliceDesk>().ConsentAsync(Case, "consent-1", answer, spine.As(Spine.Teacher));
        Assert.Equal(next is null ? null : $"{Case}~{next}", await TurnAsync(spine));
    }

    [Fact]
    public async Task Every_talk_is_followed_by_the_question_once_more()
    {
        await using var spine = await AskedAsync();
        for (var round = 1; round <= 4; round++)
        {
            await spine.Get<PoliceDesk>().ConsentAsync(Case, $"consent-{round}", ConsentAnswer.TalkFirst, spine.As(Spine.Teacher));
            Assert.Equal($"{Case}~talk-{round}", await TurnAsync(spine));
            await spine.Get<PoliceDesk>().TalkedAsync(Case, $"talk-{round}", null, spine.As(Spine.Manager));
            Assert.Equal($"{Case}~consent-{round + 1}", await TurnAsync(spine));
        }
    }

    [Fact]
    public async Task Withdrawn_before_it_was_reported_nothing_is_reported()
    {
        await using var spine = await AskedAsync();
        var desk = spine.Get<PoliceDesk>();
        await desk.ConsentAsync(Case, "consent-1", ConsentAnswer.Yes, spine.As(Spine.Teacher));
        await TurnAsync(spine);
        await desk.WithdrawConsentAsync(Case, spine.As(Spine.Teacher));
        await desk.WithdrawConsentAsync(Case, spine.As(Spine.Teacher));
        await Assert.ThrowsAsync<TaskOverException>(() => desk.ReportedAsync(Case, "police-report-1", "CR-1", spine.As(Spine.Manager)));
        Assert.Null(await TurnAsync(spine));
        Assert.Null((await RecordAsync(spine)).ReportedAt);
        Assert.Single(await spine.CodesAsync(Case), "police.consent-withdrawn");
    }

    [Fact]
    public async Task Withdrawn_before_the_engine_asked_the_manager_is_never_asked()
    {
        await using var spine = await AskedAsync();
        await spine.Get<PoliceDesk>().ConsentAsync(Case, "consent-1", ConsentAnswer.Yes, spine.As(Spine.Teacher));
        await spine.Get<PoliceDesk>().WithdrawConsentAsync(Case, spine.As(Spine.Teacher));
        Assert.Null(await TurnAsync(spine));
        Assert.Empty(await spine.RowsAsync(Case, Rows.Task("police-report")));
    }

    [Fact]
    public async Task Withdrawn_afterwards_what_was_reported_stays_reported()
    {
        await using var spine = await AskedAsync();
        var desk = spine.Get<PoliceDesk>();
        await desk.ConsentAsync(Case, "consent-1", ConsentAnswer.Yes, spine.As(Spine.Teacher));
        await TurnAsync(spine);
        await desk.ReportedAsync(Case, "police-report-1", "CR-1", spine.As(Spine.Manager));
        await desk.WithdrawConsentAsync(Case, spine.As(Spine.Teacher));
        var record = await RecordAsync(spine);
        Assert.Equal(("CR-1", true, true), (record.CrimeReference, record.ReportedAt is not null, record.WithdrawnAt is not null));
    }

    [Theory, InlineData(null), InlineData(ConsentAnswer.No), InlineData(ConsentAnswer.TalkFirst)]
    public async Task Without_a_yes_there_is_nothing_to_withdraw(ConsentAnswer? answer)
    {
        await using var spine = await AskedAsync();
        if (answer is { } given) await spine.Get<PoliceDesk>().ConsentAsync(Case, "consent-1", given, spine.As(Spine.Teacher));
        await spine.Get<PoliceDesk>().WithdrawConsentAsync(Case, spine.As(Spine.Teacher));
        Assert.DoesNotContain("police.consent-withdrawn", await spine.CodesAsync(Case));
    }

    [Fact]
    public async Task The_manager_cannot_answer_for_the_person_harmed()
    {
        await using var spine = await AskedAsync();
        await Assert.ThrowsAsync<NotTheirTaskException>(() => spine.Get<PoliceDesk>().ConsentAsync(Case, "consent-1", ConsentAnswer.Yes, spine.As(Spine.Manager)));
        spine.Time.Now = spine.Time.Now.AddDays(9);
        await spine.LookAsync(Case, "consent-1");
        Assert.Equal([Spine.Teacher], (await spine.TaskAsync(Case, "consent-1")).Holders.Select(h => h.PersonKey));
        Assert.Null((await RecordAsync(spine)).Consent);
    }

    [Fact]
    public async Task A_manager_who_turns_up_after_the_question_was_asked_of_nobody_reachable_is_told_once()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync(reporter: "nobody reachable");
        await spine.TurnAsync();
        await spine.DecideAsync(Case, Spine.Manager, "decide-1", IncidentRoute.Police);
        await TurnAsync(spine);
        await TurnAsync(spine);
        Assert.Single(await spine.OutboxAsync(Case), m => m is { Kind: MailKind.TaskTold, To: Spine.Manager });
    }

    private static async Task<Spine> AskedAsync()
    {
        var spine = await Spine.StartAsync();
        await spine.DecidedAsync(IncidentRoute.Police);
        Assert.Equal($"{Case}~consent-1", await TurnAsync(spine));
        return spine;
    }

    private static Task<string?> TurnAsync(Spine spine) => spine.Get<TurnOfPoliceReferral>().RunAsync(new("t", "i"), $"{Case}~police");

    private static Task<PoliceRecord> RecordAsync(Spine spine) => spine.Cases.NeedAsync<PoliceRecord>(Case, PoliceDesk.Row);
}
