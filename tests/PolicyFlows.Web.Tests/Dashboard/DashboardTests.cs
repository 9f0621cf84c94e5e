using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Policies;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Dashboard;

public sealed class DashboardTests
{
    [Fact]
    public async Task Own_tasks_stand_by_due_time_and_overdue_is_said_in_words()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var first = await demo.ReportAsync();
        await demo.AtAsync(3);
        var second = await demo.ReportAsync();
        await demo.AtAsync(5);
        using var manager = await demo.AsAsync(Manager);
        var tasks = manager.Page.Document.QuerySelectorAll("section[aria-labelledby=tasks] .pf-task").Select(WebPage.Words).ToList();
        Assert.Equal(2, tasks.Count);
        Assert.StartsWith($"Decision, {first} 1 hour overdue", tasks[0], StringComparison.Ordinal);
        Assert.StartsWith($"Decision, {second} 2 hours left", tasks[1], StringComparison.Ordinal);
        Assert.Equal(["2 tasks of yours", "1 overdue", "2 open cases", "1 clock missed in open cases"], Figures(manager.Page));
        Assert.Equal("2", WebPage.Words(manager.Page.Document.QuerySelector(".pf-count")!.ChildNodes[0]));
    }

    [Fact]
    public async Task The_trust_lead_sees_counts_and_no_case()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        var named = await demo.ReportAsync(named: [TrustLead]);
        await demo.AtAsync(5);
        using var lead = await demo.AsAsync(TrustLead);
        Assert.DoesNotContain(reference, lead.Page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(named, lead.Page.Html, StringComparison.Ordinal);
        // The case in which they are named is not counted for them.
        Assert.Equal(["Quillmoor Academy 1 1 1 0 0", "Sandlebrook School 0 0 0 0 0"],
            lead.Page.Document.QuerySelectorAll("main tbody tr").Select(row => string.Join(' ', row.Children.Select(WebPage.Words))));
    }

    [Fact]
    public async Task Safeguarding_leads_see_which_concerns_nobody_has_confirmed()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.AlertAsync(new("A pupil", "Something", "No"));
        using var lead = await demo.AsAsync(Dsl);
        Assert.Equal([reference, "Nobody has confirmed it yet"], Alert(lead.Page));
        await demo.Get<AlertDesk>().AcknowledgeAsync(reference, AlertRecord.TaskId, null, demo.As(DeputyDsl));
        await demo.RunAsync();
        Assert.Equal([reference, "A lead has it"], Alert(await lead.OpenAsync(Links.Dashboard.Home())));
        await lead.OpenAsync(Links.Cases.Show(reference));
        Assert.Contains("Something", lead.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("Owen Farradale", lead.Page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_makes_sure_that_somebody_has_a_concern_sees_whom_to_telephone_until_somebody_has_it()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.AlertAsync(new("A pupil", "Something", "No"));
        using var overseer = await demo.AsAsync(TrustLead);
        await overseer.OpenAsync(Links.Cases.Show(reference));
        Assert.Contains("Priya Lathom 07700 900105", overseer.Page.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain("Something", overseer.Page.MainText, StringComparison.Ordinal);
        using var lead = await demo.AsAsync(Dsl);
        await demo.Get<AlertDesk>().AcknowledgeAsync(reference, AlertRecord.TaskId, null, demo.As(DeputyDsl));
        Assert.DoesNotContain("07700 900105", (await lead.OpenAsync(Links.Cases.Show(reference))).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_substitute_is_told_whom_they_stand_in_for_and_sees_their_cases()
    {
        await using var demo = await TestProgram.DemonstrationAsync(new() { Directory = d => Trust.Away(d, Manager, Substitute) });
        var reference = await demo.ReportAsync();
        using var browser = await demo.AsAsync(Substitute);
        Assert.Contains("You are standing in for Ruth Ashdown.", browser.Page.MainText, StringComparison.Ordinal);
        Assert.Contains(reference, browser.Page.MainText, StringComparison.Ordinal);
        // While the decision is asked of them it stays theirs; decided by somebody else, nothing holds them.
        await demo.AtAsync(5);
        await demo.DecideAsync(reference, FirstDeputy, IncidentRoute.Support);
        Assert.Contains(Steps.Canary, (await browser.OpenAsync(Links.Cases.Show(reference))).MainText, StringComparison.Ordinal);
        await demo.AtAsync(5.5 * 24);
        Assert.DoesNotContain("standing in", (await browser.OpenAsync(Links.Dashboard.Home())).MainText, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await browser.OpenAsync(Links.Cases.Show(reference))).Status);
    }

    [Fact]
    public async Task Everybody_is_told_that_the_policy_is_overdue_and_the_policy_page_shows_each_clause()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var teacher = await demo.AsAsync(SecondTeacher);
        Assert.Contains("has been due for revision since November 2021: 4 years and 11 months overdue.", teacher.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("Nothing waits for you.", teacher.Page.MainText, StringComparison.Ordinal);
        await teacher.Page.FollowAsync("See the policy and what is open");
        Assert.Equal("Social Media Policy", teacher.Page.Heading);
        foreach (var clause in new[] { "7.1", "7.2", "8.1", "8.2", "9.1", "9.2", "9.3", "9.4", "9.5", "9.6", "10.1" })
            Assert.NotNull(teacher.Page.Document.GetElementById(Links.Policy.Clause(clause).Split('#')[1]));
        Assert.Equal(PolicyClauses.All.SelectMany(c => c.Numbers).Distinct().Count(), PolicyClauses.All.Sum(c => c.Numbers.Count));
    }

    [Fact]
    public async Task The_policy_page_needs_nobody_and_the_dashboard_asks_to_sign_in()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var browser = demo.Browser();
        Assert.Equal("Social Media Policy", (await browser.OpenAsync(Links.Policy.Show())).Heading);
        Assert.Equal(Links.SignIn.Start(), (await browser.OpenAsync(Links.Dashboard.Home())).Path);
        Assert.Equal(Links.SignIn.Start(), (await browser.OpenAsync(Links.Cases.Show("INC-23456789"))).Path);
    }

    private static IEnumerable<string> Alert(WebPage page) => page.Document.QuerySelector("section[aria-labelledby=alerts] .pf-task__what")!.Children.Select(WebPage.Words);

    private static IEnumerable<string> Figures(WebPage page) => page.Document.QuerySelectorAll(".pf-figure").Select(WebPage.Words);
}
