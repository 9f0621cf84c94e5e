using System.Net;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Cases;

public sealed class CasePageTests
{
    [Fact]
    public async Task The_clocks_say_in_words_what_runs_what_was_kept_and_what_was_missed()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        using var manager = await demo.AsAsync(Manager);
        Assert.Equal(
        [
            "Decision: Running. 4 hours left", "Request sent: Running. 24 hours left", "Removed: Not started. Starts when the request is sent",
        ], Clocks(await manager.OpenAsync(Links.Cases.Show(reference))));

        await demo.AtAsync(13);
        var late = await manager.OpenAsync(Links.Cases.Show(reference));
        Assert.Equal(["Decision: Missed. Missed 9 hours ago, and still open", "Request sent: Running out. 11 hours left", "Removed: Not started. Starts when the request is sent"], Clocks(late));
        Assert.Contains("1 clock missed", WebPage.Words(late.Document.QuerySelector(".pf-identity")!), StringComparison.Ordinal);
        Assert.Contains("13 hours since the report", late.MainText, StringComparison.Ordinal);

        await demo.DecideAsync(reference, FirstDeputy, IncidentRoute.Takedown);
        await demo.AtAsync(14);
        await demo.FileAsync(reference, FirstDeputy);
        await demo.AtAsync(38);
        Assert.Equal(["Decision: Missed. Decided 9 hours too late", "Request sent: Kept. Sent after 14 hours", "Removed: Waiting for the check. Time is up: the check says whether it was kept"],
            Clocks(await manager.OpenAsync(Links.Cases.Show(reference))));
        await demo.CheckAsync(reference, FirstDeputy, CheckOutcome.StillThere);
        await demo.AtAsync(40);
        Assert.Equal("Removed: Missed. Was still there when the time ran out, 2 hours ago", Clocks(await manager.OpenAsync(Links.Cases.Show(reference)))[2]);
    }

    [Fact]
    public async Task The_rings_are_drawn_without_inline_styles()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        await demo.AtAsync(6);
        using var manager = await demo.AsAsync(Manager);
        var page = await manager.OpenAsync(Links.Cases.Show(reference));
        Assert.Empty(page.Document.QuerySelectorAll("[style], style"));
        // A quarter of 24 hours has passed.
        Assert.Contains(page.Document.QuerySelectorAll(".pf-ring__arc"), arc => arc.GetAttribute("stroke-dasharray") == "250 1000");
    }

    [Fact]
    public async Task Showing_a_case_is_logged_once_an_hour_and_changes_nothing_of_it()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync(file: "screen.png");
        using var manager = await demo.AsAsync(Manager);
        await demo.RunAsync();
        var before = await demo.PictureAsync(reference);
        await manager.OpenAsync(Links.Cases.Show(reference));
        await manager.OpenAsync(Links.Cases.Show(reference));
        await manager.OpenAsync(Links.Cases.Chain(reference));
        await manager.OpenAsync(Links.Cases.Evidence(reference, 1));
        await manager.OpenAsync(Links.Cases.Close(reference));
        var reads = await demo.Get<ReadLog>().ListAsync(reference);
        Assert.Equal(["p-101 case", "p-101 evidence-1"], reads.Select(r => $"{r.PersonKey} {r.What}"));
        var after = string.Join('\n', (await demo.PictureAsync(reference)).Split('\n').Where(line => !line.StartsWith(ReadLog.Prefix, StringComparison.Ordinal)));
        Assert.Equal(before, after);

        await demo.AtAsync(1.5);
        await manager.OpenAsync(Links.Cases.Show(reference));
        Assert.Equal(3, (await demo.Get<ReadLog>().ListAsync(reference)).Count);

        // What the holder of a task reads for it is in the same log, and is named by its question.
        await manager.OpenAsync(Links.Tasks.Task(reference, (await demo.TaskAsync(reference, TaskKind.Decide)).Id));
        await manager.OpenAsync(Links.Cases.Show(reference));
        Assert.Contains("Ruth Ashdown Task: decision", string.Join('\n', manager.Page.Document.QuerySelectorAll("section[aria-labelledby=reads] tbody tr").Select(row => string.Join(' ', row.Children.Select(WebPage.Words)))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_names_clause_person_and_time_of_every_step_and_holds()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        await demo.AtAsync(1);
        await demo.DecideAsync(reference, Manager, IncidentRoute.Takedown);
        using var manager = await demo.AsAsync(Manager);
        var page = await manager.OpenAsync(Links.Cases.Show(reference));
        var steps = page.Document.QuerySelectorAll(".pf-timeline__entry").Select(WebPage.Words).ToList();
        Assert.StartsWith("Report received Sunday 22 November 2026 at 22:00, Alice Penhallick, clause 8.1", steps[0], StringComparison.Ordinal);
        Assert.Contains(steps, s => s.StartsWith("Decided: get it removed Sunday 22 November 2026 at 23:00, Ruth Ashdown, clause 9.1", StringComparison.Ordinal));
        Assert.Equal(Links.Policy.Clause("8.1"), page.Document.QuerySelector(".pf-timeline .pf-clause")!.GetAttribute("href"));
        Assert.Equal("This timeline holds", (await page.FollowAsync("Check this timeline")).Heading);
    }

    [Fact]
    public async Task Scenario_04_a_named_manager_sees_nothing_anywhere()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync(named: [Manager]);
        using var manager = await demo.AsAsync(Manager);
        Assert.DoesNotContain(reference, manager.Page.Html, StringComparison.Ordinal);
        Assert.Equal("0", WebPage.Words(manager.Page.Document.QuerySelectorAll(".pf-figure__count")[0]));
        Assert.Contains("There is no open case that you may see.", manager.Page.MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.OpenAsync(Links.Cases.Show(reference))).Status);

        using var deputy = await demo.AsAsync(FirstDeputy);
        Assert.Contains(reference, deputy.Page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await deputy.OpenAsync(Links.Cases.Show(reference))).Status);
    }

    [Fact]
    public async Task Scenario_06_whoever_steps_back_loses_the_case_at_once()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        using var manager = await demo.AsAsync(Manager);
        var task = await demo.TaskAsync(reference, TaskKind.Decide);
        await manager.OpenAsync(Links.Tasks.Concerns(reference, task.Id));
        await manager.Page.Form().Choose("Yes, this concerns me").SubmitAsync();
        await demo.RunAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await manager.OpenAsync(Links.Cases.Show(reference))).Status);
        Assert.DoesNotContain(reference, (await manager.OpenAsync(Links.Dashboard.Home())).Html, StringComparison.Ordinal);
        using var deputy = await demo.AsAsync(FirstDeputy);
        Assert.Contains("Ruth Ashdown stepped back: this concerns them", (await deputy.OpenAsync(Links.Cases.Show(reference))).MainText, StringComparison.Ordinal);
        Assert.Equal([FirstDeputy], (await demo.TaskAsync(reference, TaskKind.Decide)).CurrentHolders.Select(h => h.PersonKey));
    }

    [Fact]
    public async Task Scenario_15_a_third_route_is_added_and_closing_lists_what_is_open()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        await demo.AtAsync(1);
        await demo.DecideAsync(reference, Manager, IncidentRoute.Takedown, IncidentRoute.PupilConduct);
        await demo.AtAsync(24);
        using var manager = await demo.AsAsync(Manager);
        await manager.OpenAsync(Links.Cases.Show(reference));
        await manager.Page.FollowAsync("Add a route");
        await manager.Page.Form().SubmitAsync();
        Assert.Equal(["Choose the route to add", "Say why"], manager.Page.Errors);
        await manager.Page.Form().Choose("Arrange support").Fill("Why?", "She asked for it.").SubmitAsync();
        await demo.RunAsync();
        Assert.Equal(Links.Cases.Show(reference), manager.Page.Path);

        await manager.OpenAsync(Links.Cases.Close(reference));
        Assert.Equal("3 things are still open", manager.Page.Heading);
        var open = manager.Page.Document.QuerySelectorAll("main .govuk-list--bullet li").Select(WebPage.Words).ToList();
        Assert.Contains(open, line => line.StartsWith("Removal request, target 1, with Ruth Ashdown", StringComparison.Ordinal));
        Assert.Contains(open, line => line.StartsWith("Hand-over: pupil conduct, with Daniel Merrivow", StringComparison.Ordinal));
        Assert.Contains(open, line => line.StartsWith("Support to arrange, with Sophie Brackenholm", StringComparison.Ordinal));
        Assert.Empty(manager.Page.Document.QuerySelectorAll("main form"));
    }

    [Fact]
    public async Task Closing_takes_no_answer_while_something_is_open_and_keeps_what_was_typed()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        await demo.DecideAsync(reference, Manager, IncidentRoute.Support);
        using var manager = await demo.AsAsync(Manager);
        await manager.OpenAsync(Links.Cases.AddRoute(reference));
        var token = await manager.TokenAsync();
        await manager.PostAsync(Links.Cases.Close(reference), [new("_token", token), new("summary", "All is well, I think.")]);
        Assert.Equal(HttpStatusCode.BadRequest, manager.Page.Status);
        Assert.Contains("All is well, I think.", manager.Page.MainText, StringComparison.Ordinal);
        Assert.Equal(IncidentState.InProgress, (await demo.IncidentAsync(reference)).State);
    }

    [Fact]
    public async Task Scenario_20_gone_twice_and_closed_by_page_then_back_at_the_last_check()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var site = demo;
        var reference = await site.ReportAsync();
        await site.DecideAsync(reference, Manager, IncidentRoute.Takedown);
        await site.FileAsync(reference, Manager);
        await site.AtAsync(24);
        await site.CheckAsync(reference, Manager, CheckOutcome.Gone);
        await site.AtAsync(48);
        await site.CheckAsync(reference, Manager, CheckOutcome.Gone);
        using var manager = await demo.AsAsync(Manager);
        await manager.OpenAsync(Links.Cases.Close(reference));
        Assert.Equal("Close this case", manager.Page.Heading);
        await manager.Page.Form().SubmitAsync();
        Assert.Equal("Say in a few words what came of it", Assert.Single(manager.Page.Errors));
        await manager.Page.Form().Fill("What came of it?", "Removed by the site.").SubmitAsync();
        await site.RunAsync();
        Assert.Contains("Closed", WebPage.Words(manager.Page.Document.QuerySelector(".pf-identity")!), StringComparison.Ordinal);
        Assert.Contains("Removed by the site.", manager.Page.MainText, StringComparison.Ordinal);

        await site.AtAsync(30 * 24 + 1);
        await site.CheckAsync(reference, Manager, CheckOutcome.StillThere);
        await manager.OpenAsync(Links.Cases.Show(reference));
        Assert.Contains("Case opened again: target 1 is back", manager.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("Removal request, target 2", manager.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("Target 1: it is back, or a copy", manager.Page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manager_adds_a_target_and_notes_a_reply()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        await demo.DecideAsync(reference, Manager, IncidentRoute.Takedown);
        await demo.FileAsync(reference, Manager);
        using var manager = await demo.AsAsync(Manager);
        await manager.OpenAsync(Links.Cases.AddTarget(reference));
        await manager.Page.Form().Fill("Web address, if it has one", "javascript:alert(1)").SubmitAsync();
        Assert.Equal(["Choose what it is", "Enter an address that starts with http or https", "Say how it was found"], manager.Page.Errors);
        await manager.Page.Form().Choose("A comment").Fill("Web address, if it has one", "https://www.tiktok.com/@x/video/7").Fill("How was it found?", "A colleague told me.").SubmitAsync();
        await demo.RunAsync();
        await manager.OpenAsync(Links.Cases.Show(reference));
        Assert.Contains("Target 2: Comment on TikTok", manager.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("A colleague told me.", manager.Page.MainText, StringComparison.Ordinal);

        await manager.OpenAsync(Links.Cases.Reply(reference, 1));
        await manager.Page.Form().SubmitAsync();
        Assert.Equal("Choose what the host said", Assert.Single(manager.Page.Errors));
        await manager.Page.Form().Choose("refused to remove it").Fill("What it said (you may leave this empty)", "Not against our rules.").SubmitAsync();
        Assert.Contains("The host refused: Not against our rules.", manager.Page.MainText, StringComparison.Ordinal);
        // No reply is noted where nothing was asked.
        Assert.Equal(HttpStatusCode.NotFound, (await manager.OpenAsync(Links.Cases.Reply(reference, 2))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.OpenAsync(Links.Cases.Reply(reference, 99))).Status);
    }

    [Fact]
    public async Task A_reporter_who_is_a_manager_reads_but_does_not_manage_their_own_report()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var me = new CasePerson(FirstDeputy, "Imran Castellan", Steps.EmailOf(FirstDeputy));
        var reference = await demo.ReportAsync(reporter: me);
        await demo.DecideAsync(reference, Manager, IncidentRoute.Support);
        using var deputy = await demo.AsAsync(FirstDeputy);
        Assert.Equal(HttpStatusCode.OK, (await deputy.OpenAsync(Links.Cases.Show(reference))).Status);
        Assert.DoesNotContain("What you can do", deputy.Page.MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await deputy.OpenAsync(Links.Cases.Close(reference))).Status);
    }

    [Fact]
    public async Task A_reporter_for_a_colleague_never_sees_the_answers_also_not_as_a_manager()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var me = new CasePerson(FirstDeputy, "Imran Castellan", Steps.EmailOf(FirstDeputy));
        var colleague = new CasePerson(Teacher, "Alice Penhallick", Steps.EmailOf(Teacher));
        var reference = await demo.ReportAsync(reporter: me, harmed: colleague);
        await demo.Get<AgreementDesk>().AnswerAsync(reference, "agreement-1", agrees: false, demo.As(Teacher));
        await demo.RunAsync();
        using var deputy = await demo.AsAsync(FirstDeputy);
        await deputy.OpenAsync(Links.Cases.Show(reference));
        Assert.DoesNotContain("greement", deputy.Page.MainText, StringComparison.Ordinal);
        using var manager = await demo.AsAsync(Manager);
        await manager.OpenAsync(Links.Cases.Show(reference));
        Assert.Contains("Answered, agreement of the person harmed: no", manager.Page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_chain_is_said_with_the_first_difference()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        var row = (await demo.Records.GetAsync(reference, Rows.Timeline(2)))!;
        await demo.Records.CommitAsync(reference, [new Core.Records.RowWrite.Replace(row.Row, row.Data.Replace("8.2", "8.3", StringComparison.Ordinal), row.Tag)]);
        using var manager = await demo.AsAsync(Manager);
        await manager.OpenAsync(Links.Cases.Chain(reference));
        Assert.Equal("This timeline does not hold", manager.Page.Heading);
        Assert.Contains(Rows.Timeline(2), manager.Page.MainText, StringComparison.Ordinal);
        Assert.NotNull(await demo.Get<ChainCheck>().CheckAsync(reference));
    }

    private static IReadOnlyList<string> Clocks(WebPage page) =>
        [.. page.Document.QuerySelectorAll(".pf-ring").Select(ring =>
            $"{WebPage.Words(ring.QuerySelector(".pf-ring__name")!)}: {WebPage.Words(ring.QuerySelector(".pf-ring__state")!)}. {WebPage.Words(ring.QuerySelector(".pf-ring__remark")!)}")];
}
