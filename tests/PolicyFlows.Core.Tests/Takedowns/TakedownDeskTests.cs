using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Tests.Cases;

namespace PolicyFlows.Core.Tests.Takedowns;

public sealed class TakedownDeskTests
{
    private const string Case = "INC-22222222";

    [Theory, InlineData(-9, 0), InlineData(1, 1), InlineData(50, 2)]
    public async Task A_request_was_sent_between_the_report_and_now_whatever_is_said(double said, double counted)
    {
        await using var spine = await Spine.StartAsync();
        await spine.DecidedAsync(IncidentRoute.Takedown);
        var start = spine.Time.Now;
        await spine.TakedownTurnAsync(Case);
        spine.Time.Now = start.AddHours(2);
        await spine.Get<TakedownDesk>().FiledAsync(Case, new("file-01", start.AddHours(said), "HOST-1"), spine.As(Spine.Manager));
        Assert.Equal(start.AddHours(counted), Assert.Single((await spine.TakedownAsync(Case)).Requests).SentAt);
    }

    [Fact]
    public async Task A_second_request_is_never_dated_before_the_first()
    {
        await using var spine = await CheckedAsync(CheckOutcome.StillThere);
        await spine.TakedownTurnAsync(Case);
        var first = (await spine.TakedownAsync(Case)).Requests[0].SentAt;
        await spine.Get<TakedownDesk>().FiledAsync(Case, new("provider-01-2", first.AddHours(-5), null, "hoster"), spine.As(Spine.Manager));
        Assert.Equal(first, (await spine.TakedownAsync(Case)).Requests[1].SentAt);
    }

    [Fact]
    public async Task An_answer_to_another_question_changes_nothing()
    {
        await using var spine = await FiledAsync();
        spine.Time.Now = spine.Time.Now.AddHours(24);
        await spine.TakedownTurnAsync(Case);
        var desk = spine.Get<TakedownDesk>();
        await Assert.ThrowsAsync<ArgumentException>(() => desk.CannotBeRemovedAsync(Case, "check-01-1", "x", spine.As(Spine.Manager)));
        await Assert.ThrowsAsync<ArgumentException>(() => desk.FiledAsync(Case, new("check-01-1", spine.Time.Now, null), spine.As(Spine.Manager)));
        await Assert.ThrowsAsync<ArgumentException>(() => desk.ConfirmNotRemovedAsync(Case, "check-01-1", true, null, spine.As(Spine.Manager)));
        Assert.True((await spine.TaskAsync(Case, "check-01-1")).IsOpen);
    }

    [Fact]
    public async Task Ten_answers_at_once_to_one_check_are_one()
    {
        await using var spine = await FiledAsync();
        spine.Time.Now = spine.Time.Now.AddHours(24);
        await spine.TakedownTurnAsync(Case);
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(async () =>
            await Record.ExceptionAsync(() => spine.Get<TakedownDesk>().CheckedAsync(Case, new("check-01-1", CheckOutcome.Gone), spine.As(Spine.Manager))))));
        Assert.Equal(9, results.Count(r => r is TaskOverException));
        Assert.Single((await spine.TakedownAsync(Case)).Checks);
    }

    [Fact]
    public async Task A_turn_that_runs_ten_times_at_once_asks_once()
    {
        await using var spine = await Spine.StartAsync();
        await spine.DecidedAsync(IncidentRoute.Takedown);
        var turns = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => spine.TakedownTurnAsync(Case))));
        Assert.All(turns, turn => Assert.Equal($"{Case}~file-01", turn.Task));
        Assert.Single(await spine.OutboxAsync(Case), m => m.TaskId == "file-01");
    }

    [Fact]
    public async Task Somebody_who_could_not_tell_is_not_asked_again_while_there_is_another()
    {
        await using var spine = await CheckedAsync(CheckOutcome.CannotTell);
        await spine.TakedownTurnAsync(Case);
        Assert.Equal([Spine.Deputy], (await spine.TaskAsync(Case, "check-01-2")).CurrentHolders.Select(h => h.PersonKey));
    }

    [Fact]
    public async Task The_second_person_who_does_not_agree_sends_the_work_on_and_the_first_cannot_agree_with_themselves()
    {
        await using var spine = await Spine.StartAsync();
        await spine.DecidedAsync(IncidentRoute.Takedown);
        await spine.TakedownTurnAsync(Case);
        var desk = spine.Get<TakedownDesk>();
        await desk.CannotBeRemovedAsync(Case, "file-01", "host is gone", spine.As(Spine.Manager));
        await spine.TakedownTurnAsync(Case);
        await Assert.ThrowsAsync<NotTheirTaskException>(() => desk.ConfirmNotRemovedAsync(Case, "confirm-01-1", true, null, spine.As(Spine.Manager)));
        await desk.ConfirmNotRemovedAsync(Case, "confirm-01-1", false, "try again", spine.As(Spine.Head));
        Assert.Equal($"{Case}~file-01-2", (await spine.TakedownTurnAsync(Case)).Task);
        await desk.CannotBeRemovedAsync(Case, "file-01-2", "tried", spine.As(Spine.Manager));
        await spine.TakedownTurnAsync(Case);
        await desk.ConfirmNotRemovedAsync(Case, "confirm-01-2", true, null, spine.As(Spine.Head));
        Assert.Equal(TakedownStep.End, (await spine.TakedownTurnAsync(Case)).Step);
        Assert.Empty(await spine.RowsAsync(Case, Rows.WorkPrefix + $"{Case}.takedown."));
    }

    [Fact]
    public async Task Twenty_replies_of_the_longest_kind_fit_and_later_checks_still_can_be_answered()
    {
        await using var spine = await FiledAsync();
        for (var i = 0; i < 20; i++) await spine.Get<TakedownDesk>().RepliedAsync(Case, 1, true, new string('"', 3999) + i % 10, spine.As(Spine.Manager));
        spine.Time.Now = spine.Time.Now.AddHours(24);
        await spine.TakedownTurnAsync(Case);
        await spine.Get<TakedownDesk>().CheckedAsync(Case, new("check-01-1", CheckOutcome.Gone, new string('"', 4000)), spine.As(Spine.Manager));
        var replies = (await spine.TakedownAsync(Case)).Replies;
        Assert.Equal((20, 4000), (replies.Count, replies[^1].Text!.Length));
        var texts = (await spine.Cases.ListAsync<TimelineText>(Case, Rows.TextPrefix)).Select(t => t.Value.Text);
        Assert.Equal(20, texts.Count(t => t.StartsWith('"') && t.Length == 4000 && !t.EndsWith('"')));
    }

    [Fact]
    public async Task Found_back_at_seven_days_and_still_being_removed_at_thirty_it_is_one_takedown_more_not_two()
    {
        await using var spine = await CheckedAsync(CheckOutcome.Gone);
        spine.Time.Now = spine.Time.Now.AddHours(24);
        await spine.TakedownTurnAsync(Case);
        await spine.Get<TakedownDesk>().CheckedAsync(Case, new("check-01-2", CheckOutcome.Gone), spine.As(Spine.Manager));
        foreach (var (label, days) in new[] { ("7d", 6), ("30d", 23) })
        {
            spine.Time.Now = spine.Time.Now.AddDays(days);
            await spine.Get<TurnOfLaterCheck>().RunAsync(new("t", "i"), $"{Case}~01-{label}");
            await spine.Get<TakedownDesk>().CheckedAsync(Case, new($"later-01-{label}-1", CheckOutcome.StillThere), spine.As(Spine.Manager));
            Assert.Null(await spine.Get<TurnOfLaterCheck>().RunAsync(new("t", "i"), $"{Case}~01-{label}"));
        }

        Assert.Equal(2, (await spine.IncidentAsync(Case)).Targets);
        Assert.Equal(1, (await spine.Cases.NeedAsync<TargetRecord>(Case, Rows.Target(2))).Parent);
    }

    [Fact]
    public async Task A_no_of_the_person_harmed_ends_all_of_30_takedowns_and_what_was_removed_stays_removed()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync(targets: 15, colleague: Spine.Colleague);
        await spine.Get<IncidentDesk>().AddAsync(Case, "more", [.. Enumerable.Range(16, 15).Select(Spine.Target)], [], spine.As(Spine.Teacher));
        await spine.TurnAsync();
        await spine.DecideAsync(Case, Spine.Manager, "decide-1", IncidentRoute.Takedown);
        await spine.TurnAsync();
        for (var no = 1; no <= 30; no++) await spine.TakedownTurnAsync(Case, no);
        await spine.Cases.ChangeAsync(Case, spine.As("program"), async change =>
        {
            change.Note("test");
            change.Put(Rows.Takedown(7), await change.NeedAsync<TakedownRecord>(Rows.Takedown(7)) with { State = TakedownState.Removed, EndedAt = change.Now });
        });
        await spine.Get<AgreementDesk>().AnswerAsync(Case, "agreement-1", agrees: false, spine.As(Spine.Colleague));
        var states = (await spine.Cases.ListAsync<TakedownRecord>(Case, Rows.TakedownPrefix)).ToLookup(t => t.Value.State);
        Assert.Equal((29, 1), (states[TakedownState.Withdrawn].Count(), states[TakedownState.Removed].Count()));
        Assert.Equal(["file-07"], (await spine.OpenTasksAsync(Case)).Where(t => t.StartsWith("file", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Dying_in_the_middle_of_a_no_each_takedown_ends_at_its_next_turn()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync(targets: 15, colleague: Spine.Colleague);
        await spine.TurnAsync();
        await spine.DecideAsync(Case, Spine.Manager, "decide-1", IncidentRoute.Takedown);
        await spine.TurnAsync();
        for (var no = 1; no <= 15; no++) await spine.TakedownTurnAsync(Case, no);
        var commits = 0;
        spine.Records.BeforeCommit = (_, _) => ++commits > 1 ? throw new IOException("died") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => spine.Get<AgreementDesk>().AnswerAsync(Case, "agreement-1", agrees: false, spine.As(Spine.Colleague)));
        spine.Records.BeforeCommit = null;
        for (var no = 1; no <= 15; no++) Assert.Equal(TakedownStep.End, (await spine.TakedownTurnAsync(Case, no)).Step);
        Assert.DoesNotContain(await spine.OpenTasksAsync(Case), t => t.StartsWith("file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_harmed_without_an_address_has_the_manager_told_also_the_next_manager()
    {
        await using var spine = await Spine.StartAsync(people: seed => new(seed.Settings, seed.Schools, seed.People,
            [new() { Id = "a-1", PersonId = Spine.Manager, From = new(2026, 10, 6, 0, 0, 0, TimeSpan.Zero), To = DateTimeOffset.MaxValue }]));
        await spine.ReportAsync(reporter: "somebody without an address");
        await spine.TurnAsync();
        await spine.DecideAsync(Case, Spine.Manager, "decide-1", IncidentRoute.Takedown);
        await spine.Cases.ChangeAsync(Case, spine.As("program"), async change =>
        {
            change.Note("test");
            change.Put(Rows.Takedown(1), await change.NeedAsync<TakedownRecord>(Rows.Takedown(1)) with { Filer = Core.Hosts.Filer.Recipient });
        });
        await spine.TakedownTurnAsync(Case);
        spine.Time.Now = spine.Time.Now.AddDays(2);
        // The engine was wiped and the record read again: another manager now.
        await spine.TakedownTurnAsync(Case);
        await spine.TakedownTurnAsync(Case);
        Assert.Equal([Spine.Manager, Spine.Deputy], (await spine.OutboxAsync(Case)).Where(m => m.Kind == MailKind.TaskTold).OrderBy(m => m.QueuedAt).Select(m => m.To));
    }

    private static async Task<Spine> FiledAsync()
    {
        var spine = await Spine.StartAsync();
        await spine.DecidedAsync(IncidentRoute.Takedown);
        await spine.TakedownTurnAsync(Case);
        await spine.Get<TakedownDesk>().FiledAsync(Case, new("file-01", spine.Time.Now, "HOST-1"), spine.As(Spine.Manager));
        return spine;
    }

    private static async Task<Spine> CheckedAsync(CheckOutcome outcome)
    {
        var spine = await FiledAsync();
        spine.Time.Now = spine.Time.Now.AddHours(24);
        await spine.TakedownTurnAsync(Case);
        await spine.Get<TakedownDesk>().CheckedAsync(Case, new("check-01-1", outcome), spine.As(Spine.Manager));
        return spine;
    }
}
