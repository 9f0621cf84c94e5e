using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Scenarios;

/// <summary>The stories of the trust, with every mail, person, time and outcome, on virtual time. Hours are elapsed hours from the report.</summary>
public sealed partial class ScenarioTests
{
    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_01_reported_decided_filed_gone_twice(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new());
        await FiledAtTwoHoursAsync(story, incident);
        await GoneTwiceAsync(story, incident);

        Assert.Equal(
        [
            "0 h teacher: We have your report",
            "0 h manager: Decision needed by Mon 02:00",
            "1 h manager: Removal request needed by Mon 22:00",
            "26 h manager: Check needed by Wed 00:00",
            "50 h manager: Check needed by Thu 00:00",
        ], Sorted(story.Mails(), "teacher"));
        Assert.Equal("decision kept, sent kept, removed kept", await story.ClocksAsync(incident));
        Assert.Equal(TakedownState.Removed, (await story.TakedownAsync(incident)).State);
        Assert.Empty(await story.Act.CloseAsync(Manager, incident));
        Assert.Equal(IncidentState.Closed, (await story.IncidentAsync(incident)).State);
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_02_nobody_reads(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null));
        await story.AtAsync(30);
        Assert.Equal(
        [
            "0 h manager: Decision needed by Mon 02:00",
            "4 h deputy: Decision needed by Mon 10:00",
            "12 h deputy: Urgent: decision needed by Mon 10:00",
            "12 h headteacher: Decision needed by Mon 22:00",
            "12 h manager: Urgent: decision overdue since Mon 02:00",
            "20 h deputy: Urgent: decision overdue since Mon 10:00",
            "20 h headteacher: Urgent: decision needed by Mon 22:00",
            "20 h manager: Urgent: decision overdue since Mon 02:00",
        ], Sorted(story.Mails()));
        Assert.Equal(["4 h clock.missed decision", "24 h clock.missed sent"], await story.TimelineAsync(incident, "clock.missed"));
        Assert.Equal([Manager, FirstDeputy, Headteacher], (await story.TaskAsync(incident, "decide-1")).CurrentHolders.Select(h => h.PersonKey));
        await story.Act.DecideAsync(FirstDeputy, incident, IncidentRoute.Support);
        var second = await Assert.ThrowsAsync<TaskOverException>(() => story.Act.DecideAsync(Manager, incident, IncidentRoute.NoAction));
        Assert.Equal(FirstDeputy, second.Task.Answer!.PersonKey);
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_02b_decided_but_never_filed(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null));
        await story.AtAsync(1);
        await story.Act.DecideAsync(Manager, incident, IncidentRoute.Takedown);
        await story.AtAsync(40);
        Assert.Equal(
        [
            "0 h manager: Decision needed by Mon 02:00",
            "1 h manager: Removal request needed by Mon 22:00",
            "12 h manager: Urgent: removal request needed by Mon 22:00",
            "20 h manager: Urgent: removal request needed by Mon 22:00",
            "24 h headteacher: Removal request needed by Mon 22:00",
        ], Sorted(story.Mails()));
        Assert.Equal(["24 h clock.missed sent"], await story.TimelineAsync(incident, "clock.missed"));
        Assert.Equal([Manager, Headteacher], (await story.TaskAsync(incident, "file-01")).CurrentHolders.Select(h => h.PersonKey));
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_03_refused_and_removed_by_the_hosting_provider(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null));
        await FiledAtTwoHoursAsync(story, incident);
        await story.AtAsync(10);
        await story.Act.RepliedAsync(Manager, incident, 1, refused: true);
        await story.AtAsync(26);
        await story.Act.CheckedAsync(Manager, incident, "check-01-1", CheckOutcome.StillThere);
        await story.AtAsync(30);
        await story.Act.FiledAsync(Manager, incident, "provider-01-2");
        await story.AtAsync(54);
        await story.Act.CheckedAsync(Manager, incident, "check-01-2", CheckOutcome.Gone);
        await story.AtAsync(78);
        await story.Act.CheckedAsync(Manager, incident, "check-01-3", CheckOutcome.Gone);
        Assert.Equal(
        [
            "0 h manager: Decision needed by Mon 02:00",
            "1 h manager: Removal request needed by Mon 22:00",
            "26 h manager: Check needed by Wed 00:00",
            "26 h manager: Request to hosting provider needed by Wed 00:00",
            "54 h manager: Check needed by Thu 04:00",
            "78 h manager: Check needed by Fri 04:00",
        ], Sorted(story.Mails()));
        Assert.Equal(["10 h takedown.refused"], await story.TimelineAsync(incident, "takedown.refused"));
        Assert.Equal(["26 h clock.missed removed"], await story.TimelineAsync(incident, "clock.missed"));
        var takedown = await story.TakedownAsync(incident);
        Assert.Equal((TakedownState.Removed, Rung.HostingProvider), (takedown.State, takedown.Requests[^1].Rung));
        Assert.Equal("decision kept, sent kept, removed missed", await story.ClocksAsync(incident));
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_04_the_manager_is_named(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null, InvolvedPersonId: Manager));
        await story.AtAsync(13);
        Assert.Equal(
        [
            "0 h deputy: Decision needed by Mon 02:00",
            "4 h second deputy: Decision needed by Mon 10:00",
            "12 h deputy: Urgent: decision overdue since Mon 02:00",
            "12 h headteacher: Decision needed by Mon 22:00",
            "12 h second deputy: Urgent: decision needed by Mon 10:00",
        ], Sorted(story.Mails()));
        Assert.DoesNotContain((await story.TaskAsync(incident, "decide-1")).Holders, h => h.PersonKey == Manager);
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_05_the_manager_is_away_with_a_substitute(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null));
        await story.AtAsync(1);
        await story.Act.DecideAsync(Substitute, incident, IncidentRoute.Support);
        Assert.Equal("0 h substitute: Decision needed by Mon 02:00", story.Mails()[0]);
        Assert.Equal((Substitute, Manager), ((await story.IncidentAsync(incident)).Decision!.ByKey, (await story.IncidentAsync(incident)).Decision!.OnBehalfOf));
    }, people => Trust.Away(people, Manager, Substitute));

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_06_this_concerns_me(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ReporterEmail: null));
        await story.AtAsync(1);
        await story.Act.RecuseAsync(Manager, incident, "decide-1");
        await story.AtAsync(1.02);
        Assert.Equal(["0 h manager: Decision needed by Mon 02:00", "1 h deputy: Decision needed by Mon 02:00"], Sorted(story.Mails()));
        Assert.Equal([FirstDeputy], (await story.TaskAsync(incident, "decide-1")).CurrentHolders.Select(h => h.PersonKey));
        Assert.Contains(Manager, (await story.IncidentAsync(incident)).NamedPersonIds);
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_07_a_child_is_at_risk_on_a_Sunday_night(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        await story.Act.AlertAsync();
        await story.AtAsync(3);
        Assert.Equal(AlertMails, Sorted(story.Mails()));
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_07b_a_child_is_at_risk_in_school_hours(Telling telling) => TellAsync(telling, new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero), async story =>
    {
        var unanswered = await story.Act.AlertAsync();
        await story.AtAsync(2);
        Assert.Equal(
        [
            "0 h DSL: Act now: safeguarding alert",
            "0 h deputy DSL: Act now: safeguarding alert",
            "0 h second deputy DSL: Act now: safeguarding alert",
            "0 h 15 DSL: Act now: safeguarding alert",
            "0 h 15 deputy DSL: Act now: safeguarding alert",
            "0 h 15 second deputy DSL: Act now: safeguarding alert",
            "0 h 30 trust lead: Act now: make sure that someone has the safeguarding alert",
            "1 h headteacher: Act now: make sure that someone has the safeguarding alert",
        ], Sorted(story.Mails(unanswered)));
        var answered = await story.Act.AlertAsync();
        await story.AtAsync(2.1);
        await story.Act.AcknowledgeAsync(DeputyDsl, answered);
        await story.AtAsync(4);
        Assert.Equal(3, story.Mails(answered).Count);
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_08_a_group_chat_is_filed_by_its_recipient(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(Link: null, Handle: "Year 10 parents", Kind: "Group", Platform: "WhatsApp"));
        await story.AtAsync(1);
        await story.Act.DecideAsync(Manager, incident, IncidentRoute.Takedown);
        Assert.Contains("1 h teacher: Removal request needed by Mon 22:00", story.Mails());
        await story.AtAsync(2);
        await story.Act.FiledAsync(Teacher, incident, "file-01");
        Assert.Equal("decision kept, sent kept, removed running", await story.ClocksAsync(incident));

        var without = await story.Act.ReportAsync(new(ReporterEmail: null, Link: null, Handle: "Year 10 parents", Kind: "Group", Platform: "WhatsApp"));
        await story.Act.DecideAsync(Manager, without, IncidentRoute.Takedown);
        Assert.Equal(
            ["2 h manager: Decision needed by Mon 04:00", "2 h manager: For you to know: removal request waits"], Sorted(story.Mails(without)));
        Assert.False((await story.TaskAsync(without, "file-01")).CurrentHolders.Single().Mailed);
    });

    [Theory, MemberData(nameof(Tellings))]
    public Task Scenario_09_reported_for_a_colleague_who_says_no(Telling telling) => TellAsync(telling, Moments.SundayNight, async story =>
    {
        var incident = await story.Act.ReportAsync(new(ColleagueEmail: "tom.varnholt@polygon.example"));
        Assert.Equal(
        [
            "0 h colleague: Support needed by Sun 22:00",
            "0 h colleague: Your answer needed by Mon 22:00",
            "0 h manager: Decision needed by Mon 02:00",
            "0 h teacher: We have your report",
        ], Sorted(story.Mails()));
        await story.AtAsync(1);
        await story.Act.DecideAsync(Manager, incident, IncidentRoute.Takedown);
        await story.AtAsync(2);
        await story.Act.AgreeAsync(SecondTeacher, incident, agrees: false);
        Assert.Equal(TakedownState.Withdrawn, (await story.TakedownAsync(incident)).State);
        Assert.Equal(["support-offer-1"], await story.OpenTasksAsync(incident));
        Assert.Empty(await story.Act.CloseAsync(Manager, incident));
    });
}
