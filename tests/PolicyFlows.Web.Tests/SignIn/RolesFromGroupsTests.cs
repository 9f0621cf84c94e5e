using System.Net;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Access;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Web.Tests.Support.WorkPlatform;

namespace PolicyFlows.Web.Tests.SignIn;

/// <summary>Roles that a session has because its account is in a group.</summary>
public sealed class RolesFromGroupsTests
{
    private const string Officers = "99999999-0000-0000-0000-000000000001", Operators = "99999999-0000-0000-0000-000000000002";
    private const string Map = $"Dpo={Officers}, Administrator={Operators}";
    private static readonly string OfficerMail = Steps.EmailOf(DemonstrationSeed.Dpo), AdministratorMail = Steps.EmailOf(DemonstrationSeed.Administrator), TeacherMail = Steps.EmailOf(DemonstrationSeed.Teacher);

    [Fact]
    public async Task A_role_that_comes_from_a_group_is_held_by_whoever_is_in_it()
    {
        await using var site = await TestProgram.StartAsync(On(Map));
        Assert.Equal((true, false), await OpensAsync(await InAsync(site, OfficerMail, Officers)));
        Assert.Equal((false, true), await OpensAsync(await InAsync(site, AdministratorMail, Operators)));
        // Also by somebody who does not have it in the list of people, with the shorter session that goes with it.
        var teacher = await InAsync(site, TeacherMail, Guid.NewGuid().ToString(), Operators);
        Assert.Equal((false, true), await OpensAsync(teacher));
        site.Time.System.Now += TimeSpan.FromMinutes(31);
        Assert.Equal((false, false), await OpensAsync(teacher));
    }

    [Fact]
    public async Task It_rests_in_a_session_without_the_group_whatever_the_list_of_people_says()
    {
        await using var site = await TestProgram.StartAsync(On(Map));
        Assert.Equal((false, false), await OpensAsync(await InAsync(site, OfficerMail)));
        Assert.Equal((false, false), await OpensAsync(await InAsync(site, AdministratorMail, Officers.Replace('1', '7'))));
        Assert.Equal((false, false), await OpensAsync(await site.SignInAsync(OfficerMail)));
        Assert.Equal((false, false), await OpensAsync(await site.SignInAsync(AdministratorMail)));
    }

    [Fact]
    public async Task Roles_that_come_from_no_group_stay_as_they_are()
    {
        await using var site = await TestProgram.StartAsync(On($"Dpo={Officers}"));
        Assert.Equal((false, true), await OpensAsync(await InAsync(site, AdministratorMail)));
        Assert.Equal((false, true), await OpensAsync(await site.SignInAsync(AdministratorMail)));
        await using var without = await TestProgram.StartAsync(On());
        Assert.Equal((true, false), await OpensAsync(await InAsync(without, OfficerMail, Operators)));
    }

    [Theory]
    [InlineData(Map, true)]
    [InlineData("", false)]
    public async Task The_sign_in_page_says_where_a_code_opens_less(string map, bool said)
    {
        await using var site = await TestProgram.StartAsync(On(map));
        using var browser = site.Browser();
        await browser.OpenAsync(Links.SignIn.Start());
        Assert.Equal(said, browser.Page.MainText.Contains("do not open after an emailed code", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("_claim_names", "{\"groups\":\"src1\"}")]
    [InlineData("hasgroups", "true")]
    [InlineData("groups:src1", "https://graph.example")]
    public async Task Too_many_groups_to_be_named_give_no_role_and_the_page_says_so(string claim, string value)
    {
        await using var site = await TestProgram.StartAsync(On(Map));
        var claims = Member(OfficerMail);
        claims[claim] = value;
        claims["groups"] = Officers;
        var (browser, _) = site.Device(Write(claims));
        await browser.OpenAsync(Links.SignIn.Work());
        Assert.Contains("more groups than your sign-in can tell us", browser.Page.Html, StringComparison.Ordinal);
        Assert.Equal((false, false), await OpensAsync(await browser.EnterAsync()));
    }

    [Fact]
    public async Task The_role_goes_with_the_group_while_the_session_lasts()
    {
        await using var site = await TestProgram.StartAsync(On(Map));
        var claims = Member(OfficerMail);
        claims["groups"] = new[] { Officers };
        var (browser, platform) = site.Device(Write(claims));
        await browser.EnterAsync();
        Assert.Equal((true, false), await OpensAsync(browser));
        platform.Principal = [Of(OfficerMail)];
        Assert.Equal((false, false), await OpensAsync(browser));
        Assert.Equal(Links.Dashboard.Home(), (await browser.OpenAsync(Links.Dashboard.Home())).Path);
    }

    [Fact]
    public async Task Somebody_who_stands_in_has_it_no_more_than_the_group_gives()
    {
        await using var site = await TestProgram.StartAsync(On(Map) with { Directory = d => Trust.Away(d, DemonstrationSeed.Dpo, DemonstrationSeed.Teacher) });
        Assert.Equal((false, false), await OpensAsync(await InAsync(site, TeacherMail)));
        Assert.Equal((true, false), await OpensAsync(await InAsync(site, TeacherMail, Officers)));
    }

    [Fact]
    public async Task Whoever_is_named_in_a_case_sees_nothing_of_it_whatever_group_they_are_in()
    {
        await using var site = await TestProgram.StartAsync(On(Map));
        var reference = await site.ReportAsync(named: [DemonstrationSeed.SecondTeacher]);
        var other = await InAsync(site, Steps.EmailOf(DemonstrationSeed.Assistant), Officers);
        await AskToReadTests.AskAsync(other, reference, "A request.");
        Assert.Equal(HttpStatusCode.OK, (await other.OpenAsync(Links.Cases.Show(reference))).Status);

        var named = await InAsync(site, Steps.EmailOf(DemonstrationSeed.SecondTeacher), Officers);
        await AskToReadTests.AskAsync(named, reference, "A request.");
        Assert.Equal(HttpStatusCode.BadRequest, named.Page.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await named.OpenAsync(Links.Cases.Show(reference))).Status);
    }

    [Fact]
    public async Task What_was_opened_to_a_role_from_a_group_closes_without_it()
    {
        await using var site = await TestProgram.StartAsync(On(Map));
        var reference = await site.ReportAsync();
        var officer = await InAsync(site, OfficerMail, Officers);
        await AskToReadTests.AskAsync(officer, reference, "A request.");
        Assert.Equal(HttpStatusCode.OK, (await officer.OpenAsync(Links.Cases.Show(reference))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.SignInAsync(OfficerMail)).OpenAsync(Links.Cases.Show(reference))).Status);
    }

    private static async Task<WebBrowser> InAsync(TestProgram site, string address, params string[] groups)
    {
        var claims = Member(address);
        claims["groups"] = groups;
        var (browser, _) = site.Device(Write(claims));
        return await browser.EnterAsync();
    }

    /// <summary>Whether a data protection officer's page and an administrator's page open, and the links to them stand where they should.</summary>
    private static async Task<(bool Officer, bool Administrator)> OpensAsync(WebBrowser browser)
    {
        await browser.OpenAsync(Links.Dashboard.Home());
        var links = browser.Page.Document.QuerySelectorAll("a").Select(a => a.GetAttribute("href")).ToHashSet(StringComparer.Ordinal);
        var officer = (await browser.OpenAsync(Links.Access.Ask())) is { Status: HttpStatusCode.OK } page && page.Path == Links.Access.Ask();
        var administrator = (await browser.OpenAsync(Links.Operations.Show())) is { Status: HttpStatusCode.OK } shown && shown.Path == Links.Operations.Show();
        Assert.Equal((officer, administrator), (links.Contains(Links.Access.Ask()), links.Contains(Links.Operations.Show())));
        return (officer, administrator);
    }
}
