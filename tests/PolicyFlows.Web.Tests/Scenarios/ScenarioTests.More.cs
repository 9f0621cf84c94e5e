using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Scenarios;

public sealed partial class ScenarioTests
{
    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_10_perhaps_a_sexual_image_of_a_child(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var alert = await story.Act.DescribeImageAsync();
        Assert.Equal(AlertMails, Sorted(story.Mails()));
        Assert.Empty(story.Program.EvidenceFiles);
        Assert.Equal([alert], [.. await story.Program.CasesAsync("SG-"), .. await story.Program.CasesAsync("INC-")]);
        await story.AtAsync(1);
        await story.Act.AcknowledgeAsync(Dsl, alert);
        await story.AtAsync(24);
        Assert.Equal(AlertMails, Sorted(story.Mails()));
        Assert.Empty(await story.OpenTasksAsync(alert));
        Assert.Empty(story.Program.EvidenceFiles);
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_11_the_mail_server_is_down_for_six_hours(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        story.Program.Mail.Down = true;
        var incident = await story.Act.ReportAsync(new());
        var alert = await story.Act.AlertAsync();
        await story.AtAsync(6);
        Assert.Empty(story.Program.Mail.All);
        story.Program.Mail.Down = false;
        await story.AtAsync(6.1);
        var mails = story.Program.Mail.All;
        Assert.All(mails, m => Assert.True(m.At <= story.Program.Start.AddHours(6.1)));
        Assert.Equal(
            ["DSL", "deputy", "deputy DSL", "headteacher", "manager", "second deputy DSL", "teacher", "trust lead"],
            story.Recipients().Where(r => r != "administrator").Order(StringComparer.Ordinal));
        Assert.All(mails.Take(5), m => Assert.Contains(alert, m.Message.Subject));
        Assert.Contains(story.Mails(), m => m.Contains("administrator: Mail trouble overdue since Mon 02:00", StringComparison.Ordinal));
        Assert.NotEmpty(await story.OpenTasksAsync(incident));
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_12_the_manager_reads_on_Tuesday_what_the_deputy_decided_on_Monday(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null));
        await story.AtAsync(11.2);
        await story.Act.DecideAsync(FirstDeputy, incident, IncidentRoute.Support);
        await story.AtAsync(36);
        var before = story.Mails();
        var read = await story.Act.ReadWhatWasDecidedAsync(Manager, incident, "decide-1");
        Assert.Contains("It was decided by the deputy senior manager, Imran Castellan, on Monday 23 November 2026 at 09:12.", read);
        Assert.Contains("arrange support", read);
        Assert.All(["insult", "facebook", "screen.png"], told => Assert.DoesNotContain(told, read, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(before, story.Mails());
        Assert.Single(before, m => m.Contains(" manager: ", StringComparison.Ordinal));
        Assert.Equal([FirstDeputy], (await story.IncidentAsync(incident)).Decisions.Select(d => d.ByKey));
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_13_two_people_decide_together(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null));
        await story.AtAsync(5);
        await story.Act.DecideAsync(Manager, incident, IncidentRoute.Support);
        await Assert.ThrowsAsync<TaskOverException>(() => story.Act.DecideAsync(FirstDeputy, incident, IncidentRoute.Takedown));
        Assert.Equal([IncidentRoute.Support], Assert.Single((await story.IncidentAsync(incident)).Decisions).Routes);
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_14_the_schools_own_account(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null, OwnAccount: true));
        await story.AtAsync(1);
        await story.Act.DecideAsync(Manager, incident, IncidentRoute.Takedown);
        await story.AtAsync(2);
        await story.Act.FiledAsync(AccountOwner, incident, "file-01");
        await story.AtAsync(26);
        Assert.Equal(
        [
            "0 h manager: Decision needed by Mon 02:00",
            "1 h account owner: Removal needed by Mon 22:00",
            "26 h manager: Check needed by Wed 00:00",
        ], Sorted(story.Mails()));
        Assert.Equal("decision kept, sent kept, removed running", await story.ClocksAsync(incident));
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_15_two_routes_at_once_and_a_third_next_day(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null));
        await story.AtAsync(1);
        await story.Act.DecideAsync(Manager, incident, IncidentRoute.Takedown, IncidentRoute.PupilConduct);
        await story.AtAsync(25);
        await story.Act.AddRouteAsync(Manager, incident, IncidentRoute.StaffConduct);
        // The page says that something is open, but not what, where the manager may not see that part.
        Assert.Equal(["file-01", "pupil-conduct-1", telling.Pages ? "unseen" : "staff-conduct-1"], Sorted(await story.Act.CloseAsync(Manager, incident)));
        await story.Act.FiledAsync(Manager, incident, "file-01");
        await story.Act.HandedOverAsync(BehaviourLead, incident, "pupil-conduct-1");
        await story.Act.HandedOverAsync(Hr, incident, "staff-conduct-1");
        Assert.Equal(["target 1"], await story.Act.CloseAsync(Manager, incident));
        await story.AtAsync(49);
        await story.Act.CheckedAsync(Manager, incident, "check-01-1", CheckOutcome.Gone);
        await story.AtAsync(73);
        await story.Act.CheckedAsync(Manager, incident, "check-01-2", CheckOutcome.Gone);
        Assert.Empty(await story.Act.CloseAsync(Manager, incident));
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_16_no_action_and_a_second_look(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new());
        await story.AtAsync(1);
        await story.Act.DecideAsync(Manager, incident, IncidentRoute.NoAction);
        Assert.Equal(IncidentState.Closed, (await story.IncidentAsync(incident)).State);
        Assert.Contains("1 h teacher: An answer stands on your receipt page", story.Mails());
        Assert.True(await story.Act.AskSecondLookAsync(incident));
        Assert.Contains("1 h headteacher: Second look needed by Mon 23:00", story.Mails());
        Assert.False(await story.Act.AskSecondLookAsync(incident));
        await story.AtAsync(3);
        await story.Act.DecideAsync(Headteacher, incident, IncidentRoute.NoAction);
        Assert.False(await story.Act.AskSecondLookAsync(incident));
        Assert.Equal(IncidentState.Closed, (await story.IncidentAsync(incident)).State);
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_17_it_happened_again(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null));
        await FiledAtTwoHoursAsync(story, incident);
        await GoneTwiceAsync(story, incident);
        Assert.Empty(await story.Act.CloseAsync(Manager, incident));
        await story.AtAsync(60);
        await story.Act.AddAsync(incident, "It happened again.", "https://www.facebook.com/groups/1/posts/3");
        Assert.Equal(IncidentState.InProgress, (await story.IncidentAsync(incident)).State);
        Assert.Equal(story.Program.Start.AddHours(60), (await story.TakedownAsync(incident, 2)).ClockStart);
        Assert.Single((await story.IncidentAsync(incident)).Decisions);
        Assert.Equal("60 h manager: Removal request needed by Thu 10:00", story.Mails()[^1]);
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_18_the_server_was_off_for_three_days(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null));
        await story.AtAsync(3);
        await story.Program.OffUntilAsync(75);
        Assert.Equal(
        [
            "0 h manager: Decision needed by Mon 02:00",
            "75 h deputy: Decision overdue since Mon 10:00",
            "75 h headteacher: Decision overdue since Mon 22:00",
            "75 h manager: Urgent: decision overdue since Mon 02:00",
        ], Sorted(story.Mails()));
        Assert.Equal(["75 h clock.missed decision", "75 h clock.missed sent"], await story.TimelineAsync(incident, "clock.missed"));
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_19_the_night_the_clocks_go_back(Telling telling) => TellAsync(telling, new(2026, 10, 24, 21, 0, 0, TimeSpan.Zero), async story =>
    {
        await story.Act.ReportAsync(new(ReporterEmail: null));
        await story.AtAsync(20);
        var mails = story.Mails();
        Assert.Equal("0 h manager: Decision needed by Sun 01:00 GMT", mails[0]);
        Assert.Contains("4 h deputy: Decision needed by Sun 09:00 GMT", mails);
        Assert.Contains("12 h headteacher: Decision needed by Sun 21:00 GMT", mails);
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_20_back_at_the_thirty_day_check(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null));
        await FiledAtTwoHoursAsync(story, incident);
        await GoneTwiceAsync(story, incident);
        Assert.Empty(await story.Act.CloseAsync(Manager, incident));
        await story.AtAsync(2 + 8 * 24);
        await story.Act.CheckedAsync(Manager, incident, "later-01-7d-1", CheckOutcome.Gone);
        Assert.Equal(IncidentState.Closed, (await story.IncidentAsync(incident)).State);
        await story.AtAsync(2 + 31 * 24);
        await story.Act.CheckedAsync(Manager, incident, "later-01-30d-1", CheckOutcome.StillThere);
        Assert.Equal(IncidentState.InProgress, (await story.IncidentAsync(incident)).State);
        Assert.Equal(["file-02"], await story.OpenTasksAsync(incident));
        Assert.Equal([Manager], (await story.TaskAsync(incident, "file-02")).CurrentHolders.Select(h => h.PersonKey));
        Assert.Equal(1, (await story.TargetAsync(incident, 2)).Parent);
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task An_unanswered_check_is_reminded_and_then_asked_of_another_person_too(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null));
        await story.Act.DecideAsync(Manager, incident, IncidentRoute.Takedown);
        await story.Act.FiledAsync(Manager, incident, "file-01");
        await story.AtAsync(60);
        Assert.Equal(
            ["24 h manager: Check needed by Tue 22:00", "36 h manager: Reminder: check needed by Tue 22:00", "48 h deputy: Check needed by Wed 22:00"],
            story.Mails().Where(m => m.Contains("heck", StringComparison.Ordinal)));
        await story.Act.CheckedAsync(FirstDeputy, incident, "check-01-1", CheckOutcome.CannotTell);
        Assert.Equal(["check-01-2"], await story.OpenTasksAsync(incident));
        await story.Act.CheckedAsync(Manager, incident, "check-01-2", CheckOutcome.Gone);
        Assert.Equal("decision kept, sent kept, removed kept", await story.ClocksAsync(incident));
    });
}
