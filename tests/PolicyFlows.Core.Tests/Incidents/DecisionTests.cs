using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Tests.Cases;

namespace PolicyFlows.Core.Tests.Incidents;

public sealed class DecisionTests
{
    private static readonly IncidentRoute[] Everything =
        [IncidentRoute.Takedown, IncidentRoute.PupilConduct, IncidentRoute.StaffConduct, IncidentRoute.Safeguarding, IncidentRoute.Police, IncidentRoute.Support];

    [Fact]
    public async Task Twenty_decisions_at_once_are_one_decision()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.ReportAsync();
        await spine.TurnAsync(incident.Reference);
        var over = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            try
            {
                await spine.DecideAsync(incident.Reference, Spine.Manager, "decide-1", i % 2 == 0 ? IncidentRoute.Takedown : IncidentRoute.NoAction);
            }
            catch (TaskOverException)
            {
                Interlocked.Increment(ref over);
            }
        })));
        Assert.Equal(19, over);
        Assert.Single((await spine.IncidentAsync(incident.Reference)).Decisions);
        Assert.Single(await spine.CodesAsync(incident.Reference), "task.answered");
    }

    [Fact]
    public async Task Twenty_sendings_of_one_report_are_one_report()
    {
        await using var spine = await Spine.StartAsync();
        var received = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => spine.ReportAsync(targets: 3))));
        Assert.Single(received.Select(r => r.ReceiptHash).Distinct());
        Assert.Single(await spine.CodesAsync("INC-22222222"), "incident.received");
        Assert.Equal(3, (await spine.IncidentAsync("INC-22222222")).Targets);
        Assert.Single(await spine.OutboxAsync("INC-22222222"));
    }

    [Fact]
    public async Task A_report_with_30_links_is_decided_on_every_route_at_once_and_every_link_gets_its_takedown()
    {
        await using var spine = await Spine.StartAsync();
        // Outside school hours, which mails two people more.
        spine.Time.Now = spine.Time.Now.AddHours(12);
        var incident = await spine.ReportAsync(targets: 20);
        await spine.Get<IncidentDesk>().AddAsync(incident.Reference, "ten more", [.. Enumerable.Range(21, 10).Select(Spine.Target)], [], spine.As(Spine.Teacher));
        await spine.TurnAsync(incident.Reference);
        await spine.DecideAsync(incident.Reference, Spine.Manager, "decide-1", Everything);
        Assert.Equal(10, (await spine.RowsAsync(incident.Reference, Rows.TakedownPrefix)).Count);
        Assert.Null(await spine.TurnAsync(incident.Reference));
        Assert.Equal(30, (await spine.RowsAsync(incident.Reference, Rows.TakedownPrefix)).Count);
        Assert.Equal(30, (await spine.RowsAsync(incident.Reference, Rows.WorkPrefix + $"{incident.Reference}.takedown.")).Count);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            spine.Get<IncidentDesk>().AddAsync(incident.Reference, "one too many", [Spine.Target(31)], [], spine.As(Spine.Teacher)));
    }

    [Fact]
    public async Task A_report_with_ten_links_ten_files_and_the_longest_story_fits_into_one_batch()
    {
        await using var spine = await Spine.StartAsync();
        var long4000 = string.Concat(Enumerable.Repeat("ж\"", 2000));
        var address = "https://forum.example/" + new string('é', 2026);
        var teacher = new CasePerson(Spine.Teacher, "Alice", "a@test.example");
        var colleague = new CasePerson(Spine.Colleague, "Tom", "t@test.example");
        await spine.Get<IncidentDesk>().ReceiveAsync(new ReportOptions
        {
            Reference = "INC-22222222", ReceiptCode = "A", SchoolId = Spine.School, Story = new(long4000, new string('"', 200)), Reporter = teacher, Harmed = colleague,
            InvolvedText = new string('ж', 1000),
            Targets = [.. Enumerable.Range(0, 10).Select(_ => new TargetOptions(TargetKind.Post, address, address, new string('"', 200), Host.UnknownId, OwnAccount: false))],
            Evidence = [.. Enumerable.Range(0, 10).Select(i => new EvidenceOptions(new($"blob-{i}", new string('0', 64), 1, "image/png"), new string('ж', 120), spine.Time.Now))],
        }, spine.As(Spine.Teacher));
        Assert.Equal(10, (await spine.IncidentAsync("INC-22222222")).Evidence);
        Assert.Equal(long4000, (await spine.Cases.NeedAsync<IncidentStory>("INC-22222222", Rows.Story)).WhatHappened);
    }

    [Fact]
    public async Task Ten_decisions_with_the_longest_reasons_fit_and_the_newest_stays_whole()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.DecidedAsync(IncidentRoute.PupilConduct);
        for (var n = 2; n <= 10; n++)
        {
            await spine.Get<IncidentDesk>().AddAsync(incident.Reference, "again", [], [], spine.As(Spine.Teacher));
            await spine.TurnAsync(incident.Reference);
            await spine.Get<DecisionDesk>().DecideAsync(
                incident.Reference, new($"decide-{n}", [IncidentRoute.Support], Ground.Other, new string('\n', 3999) + n), spine.As(Spine.Manager));
        }

        incident = await spine.IncidentAsync(incident.Reference);
        Assert.Equal(10, incident.Decisions.Count);
        Assert.Equal(4001, incident.Decision!.Reason.Length);
        Assert.Equal(4000, (await spine.TaskAsync(incident.Reference, "decide-2")).Answer!.Text!.Length);
    }

    [Fact]
    public async Task No_action_stands_alone_and_a_decision_has_a_route()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.ReportAsync();
        await spine.TurnAsync(incident.Reference);
        await Assert.ThrowsAsync<ArgumentException>(() => spine.DecideAsync(incident.Reference, Spine.Manager, "decide-1"));
        await Assert.ThrowsAsync<ArgumentException>(() => spine.DecideAsync(incident.Reference, Spine.Manager, "decide-1", IncidentRoute.NoAction, IncidentRoute.Support));
        Assert.True((await spine.TaskAsync(incident.Reference, "decide-1")).IsOpen);
    }

    [Fact]
    public async Task Only_a_holder_of_a_decision_decides()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.DecidedAsync(IncidentRoute.Takedown);
        await spine.TakedownTurnAsync(incident.Reference);
        await Assert.ThrowsAsync<ArgumentException>(() => spine.DecideAsync(incident.Reference, Spine.Manager, "file-01", IncidentRoute.Support));
        var other = await spine.ReportAsync("INC-33333333");
        await spine.TurnAsync(other.Reference);
        await Assert.ThrowsAsync<NotTheirTaskException>(() => spine.DecideAsync(other.Reference, Spine.Deputy, "decide-1", IncidentRoute.Support));
    }

    [Fact]
    public async Task No_action_after_an_addition_does_not_close_what_is_still_being_done()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.DecidedAsync(IncidentRoute.PupilConduct);
        await spine.Get<IncidentDesk>().AddAsync(incident.Reference, "a detail", [], [], spine.As(Spine.Teacher));
        await spine.TurnAsync(incident.Reference);
        await spine.DecideAsync(incident.Reference, Spine.Manager, "decide-2", IncidentRoute.NoAction);
        Assert.Equal(IncidentState.InProgress, (await spine.IncidentAsync(incident.Reference)).State);
        await spine.Get<HandOverDesk>().AnswerAsync(incident.Reference, "pupil-conduct-1", HandOverDesk.HandedOver, null, spine.As(DemonstrationLead));
        Assert.Empty(await spine.Get<ClosingDesk>().CloseAsync(incident.Reference, "done", spine.As(Spine.Manager)));
        Assert.Equal(IncidentState.Closed, (await spine.IncidentAsync(incident.Reference)).State);
    }

    [Fact]
    public async Task A_link_added_after_several_decisions_one_of_them_for_removal_is_a_takedown_and_no_decision()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.DecidedAsync(IncidentRoute.Takedown);
        await spine.Get<IncidentDesk>().AddAsync(incident.Reference, "words only", [], [], spine.As(Spine.Teacher));
        await spine.TurnAsync(incident.Reference);
        await spine.DecideAsync(incident.Reference, Spine.Manager, "decide-2", IncidentRoute.Support);
        await spine.Get<IncidentDesk>().AddAsync(incident.Reference, "another link", [Spine.Target(2)], [], spine.As(Spine.Teacher));
        Assert.Equal(Ground.Harassment, (await spine.TakedownAsync(incident.Reference, 2)).Ground);
        Assert.Null(await spine.TurnAsync(incident.Reference));
    }

    [Fact]
    public async Task A_link_added_after_the_person_harmed_said_no_is_decided_by_a_person()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.ReportAsync(colleague: Spine.Colleague);
        await spine.TurnAsync(incident.Reference);
        await spine.DecideAsync(incident.Reference, Spine.Manager, "decide-1", IncidentRoute.Takedown);
        await spine.Get<AgreementDesk>().AnswerAsync(incident.Reference, "agreement-1", agrees: false, spine.As(Spine.Colleague));
        await spine.Get<IncidentDesk>().AddAsync(incident.Reference, "another link", [Spine.Target(2)], [], spine.As(Spine.Teacher));
        Assert.Equal($"{incident.Reference}~decide-2", await spine.TurnAsync(incident.Reference));
        Assert.Single(await spine.RowsAsync(incident.Reference, Rows.TakedownPrefix));
    }

    [Fact]
    public async Task A_concern_about_a_child_decided_a_second_time_alerts_a_second_time()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.DecidedAsync(IncidentRoute.Safeguarding, IncidentRoute.Police);
        await spine.Get<HandOverDesk>().AnswerAsync(incident.Reference, "safeguarding-1", HandOverDesk.HandedOver, null, spine.As(DemonstrationDsl));
        await SayNoToPoliceAsync(spine, incident.Reference, 1);
        await spine.Get<IncidentDesk>().AddAsync(incident.Reference, "another pupil", [], [], spine.As(Spine.Teacher));
        await spine.TurnAsync(incident.Reference);
        await spine.DecideAsync(incident.Reference, Spine.Manager, "decide-2", IncidentRoute.Safeguarding, IncidentRoute.Police);
        Assert.Contains("safeguarding-2", await spine.OpenTasksAsync(incident.Reference));
        Assert.Contains($"safeguarding-2.asked.{DemonstrationDsl}.1", (await spine.OutboxAsync(incident.Reference)).Select(m => m.Key));
        Assert.Equal($"{incident.Reference}~consent-2", await PoliceTurnAsync(spine, incident.Reference));
    }

    [Fact]
    public async Task A_route_added_twice_runs_once()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.DecidedAsync(IncidentRoute.Support);
        var desk = spine.Get<DecisionDesk>();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => desk.AddRouteAsync(incident.Reference, IncidentRoute.Police, null, "threat", spine.As(Spine.Manager)))));
        Assert.Single(await spine.CodesAsync(incident.Reference), "police.opened");
        Assert.Single(await spine.CodesAsync(incident.Reference), "incident.route-added");
    }

    [Fact]
    public async Task A_route_added_after_no_action_reopens_the_case_and_takes_the_place_of_no_action()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.DecidedAsync(IncidentRoute.NoAction);
        Assert.Equal(IncidentState.Closed, incident.State);
        await spine.Get<DecisionDesk>().AddRouteAsync(incident.Reference, IncidentRoute.Takedown, Ground.Threat, "seen again", spine.As(Spine.Manager));
        incident = await spine.IncidentAsync(incident.Reference);
        Assert.Equal((IncidentState.InProgress, IncidentRoute.Takedown), (incident.State, Assert.Single(incident.Decision!.Routes)));
        Assert.Equal(TakedownState.Open, (await spine.TakedownAsync(incident.Reference)).State);
        await spine.Get<DecisionDesk>().AddRouteAsync(incident.Reference, IncidentRoute.NoAction, null, "never mind", spine.As(Spine.Manager));
        Assert.Equal([IncidentRoute.Takedown], (await spine.IncidentAsync(incident.Reference)).Decision!.Routes);
    }

    [Fact]
    public async Task Nobody_named_in_a_case_adds_a_route_closes_notes_a_reply_or_answers_even_if_a_page_let_them()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.DecidedAsync(IncidentRoute.Takedown);
        await spine.TakedownTurnAsync(incident.Reference);
        await spine.Get<TaskActs>().RecuseAsync(incident.Reference, null, spine.As(Spine.Manager));
        var manager = spine.As(Spine.Manager);
        await Assert.ThrowsAsync<NotTheirTaskException>(() => spine.Get<DecisionDesk>().AddRouteAsync(incident.Reference, IncidentRoute.Support, null, "x", manager));
        await Assert.ThrowsAsync<NotTheirTaskException>(() => spine.Get<ClosingDesk>().CloseAsync(incident.Reference, "x", manager));
        await Assert.ThrowsAsync<NotTheirTaskException>(() => spine.Get<TakedownDesk>().RepliedAsync(incident.Reference, 1, true, "x", manager));
        await Assert.ThrowsAsync<NotTheirTaskException>(() => spine.Get<TakedownDesk>().FiledAsync(incident.Reference, new("file-01", spine.Time.Now, null), manager));
        // Also of what is over they learn nothing.
        await Assert.ThrowsAsync<NotTheirTaskException>(() => spine.DecideAsync(incident.Reference, Spine.Manager, "decide-1", IncidentRoute.Support));
    }

    [Fact]
    public async Task A_second_look_asked_before_the_engine_saw_the_decision_asks_the_manager_nothing()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.DecidedAsync(IncidentRoute.NoAction);
        Assert.True(await spine.Get<ClosingDesk>().AskSecondLookAsync(incident.Reference, "I disagree", spine.As(Spine.Teacher)));
        Assert.Null(await spine.TurnAsync(incident.Reference));
        Assert.Equal(["second-look-1"], await spine.OpenTasksAsync(incident.Reference));
        await spine.DecideAsync(incident.Reference, Spine.Head, "second-look-1", IncidentRoute.Support);
        Assert.Null(await spine.TurnAsync(incident.Reference));
        Assert.Equal(Spine.Manager, (await spine.IncidentAsync(incident.Reference)).ManagerKey);
    }

    [Fact]
    public async Task Five_requests_for_a_second_look_at_once_are_one()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.DecidedAsync(IncidentRoute.NoAction);
        var asked = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => spine.Get<ClosingDesk>().AskSecondLookAsync(incident.Reference, "x", spine.As(Spine.Teacher)))));
        Assert.Single(asked, true);
    }

    [Fact]
    public async Task A_closed_case_is_closed_once_and_an_open_one_says_what_is_open()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.DecidedAsync(IncidentRoute.Takedown, IncidentRoute.StaffConduct);
        await spine.TakedownTurnAsync(incident.Reference);
        var open = await spine.Get<ClosingDesk>().CloseAsync(incident.Reference, "x", spine.As(Spine.Manager));
        Assert.Equal(["file-01", "staff-conduct-1"], open.Select(o => o.TaskId));
        Assert.DoesNotContain("incident.closed", await spine.CodesAsync(incident.Reference));
    }

    private const string DemonstrationLead = DemonstrationSeed.BehaviourLead, DemonstrationDsl = DemonstrationSeed.Dsl;

    private static Task<string?> PoliceTurnAsync(Spine spine, string reference) => spine.Get<TurnOfPoliceReferral>().RunAsync(new("t", "i"), $"{reference}~police");

    private static async Task SayNoToPoliceAsync(Spine spine, string reference, int round)
    {
        await PoliceTurnAsync(spine, reference);
        await spine.Get<PoliceDesk>().ConsentAsync(reference, $"consent-{round}", ConsentAnswer.No, spine.As(Spine.Teacher));
    }
}
