using System.Net;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Demonstration;

public sealed class DemonstrationTests
{
    [Fact]
    public async Task In_a_folder_that_is_no_demonstration_none_of_it_exists()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        await browser.OpenAsync(Links.SignIn.Start());
        Assert.Empty(browser.Page.Document.QuerySelectorAll(".pf-demo"));
        var token = await browser.TokenAsync();
        foreach (var address in new[] { Links.Demonstration.SignInAs(), Links.Demonstration.Mailbox(), Links.Demonstration.Message("20261122T220000000Z-00000001.eml") })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(address)).Status);
        foreach (var address in new[] { Links.Demonstration.SignInAs(), Links.Demonstration.ClockRoute })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync(address, [new("_token", token), new("person", Manager), new("by", "1h")])).Status);
        Assert.Equal(Links.SignIn.Start(), (await browser.OpenAsync(Links.Dashboard.Home())).Path);
    }

    [Fact]
    public async Task Every_page_says_that_it_is_a_demonstration_and_what_time_it_is()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var browser = demo.Browser();
        foreach (var address in new[] { Links.Home(), Links.Policy.Show(), "/no-such-page" })
            Assert.Contains("Sun 22 Nov 2026, 22:00 GMT", WebPage.Words((await browser.OpenAsync(address)).Document.QuerySelector(".pf-demo")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_signs_in_as_anybody_by_pressing_their_name()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var browser = demo.Browser();
        await browser.OpenAsync(Links.Demonstration.SignInAs());
        Assert.Contains("Ruth Ashdown Senior manager", browser.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("Joan Ellacourt Member of staff (has no mail address)", browser.Page.MainText, StringComparison.Ordinal);
        await browser.Page.Form("Ruth Ashdown Senior manager").SubmitAsync("Ruth Ashdown Senior manager");
        Assert.Equal("Ruth Ashdown", browser.Page.Heading);
        Assert.Contains("Signed in as Ruth AshdownQuillmoor Academy", WebPage.Words(browser.Page.Document.QuerySelector(".pf-person")!), StringComparison.Ordinal);
        await browser.Page.Form("Sign out").SubmitAsync();
        Assert.Equal(Links.SignIn.Start(), (await browser.OpenAsync(Links.Dashboard.Home())).Path);
    }

    [Fact]
    public async Task Nobody_is_signed_in_under_a_name_that_does_not_exist()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var browser = demo.Browser();
        await browser.OpenAsync(Links.Demonstration.SignInAs());
        await browser.PostAsync(Links.Demonstration.SignInAs(), [new("_token", await browser.TokenAsync()), new("person", "p-999")]);
        Assert.Equal(Links.Demonstration.SignInAs(), browser.Page.Path);
    }

    [Fact]
    public async Task The_mailbox_shows_the_newest_first_and_a_mail_with_a_link_that_opens()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        await demo.AtAsync(4);
        await demo.DeliverAsync();
        using var browser = demo.Browser();
        await browser.OpenAsync(Links.Demonstration.Mailbox());
        var subjects = browser.Page.Document.QuerySelectorAll("main tbody th").Select(WebPage.Words).ToList();
        Assert.Equal($"Decision needed by Mon 10:00 - {reference}", subjects[0]);
        Assert.Equal(3, subjects.Count);

        await browser.Page.FollowAsync("Ruth Ashdown (1)");
        Assert.Equal("Mailbox of Ruth Ashdown", browser.Page.Heading);
        await browser.Page.FollowAsync($"Decision needed by Mon 02:00 - {reference}");
        Assert.Contains("Dear Ruth Ashdown,", browser.Page.MainText, StringComparison.Ordinal);
        await browser.Page.FollowAsync($"{TestProgram.Address}/t/");
        Assert.StartsWith("/t/", browser.Page.Path, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, browser.Page.Status);
    }

    [Theory]
    [InlineData("no-such.eml")]
    [InlineData("..%2F..%2Fserver.key")]
    [InlineData("20261122T220000000Z-00000099.eml")]
    public async Task A_mail_that_is_not_there_is_not_found(string name)
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var browser = demo.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync("/mailbox/" + name)).Status);
    }

    [Fact]
    public async Task The_clock_moves_by_a_button_and_comes_back_to_the_page()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var browser = demo.Browser();
        await browser.OpenAsync(Links.Policy.Show());
        await browser.Page.Form("+ 12 h").SubmitAsync("+ 12 h");
        Assert.Equal(Links.Policy.Show(), browser.Page.Path);
        Assert.Contains("Mon 23 Nov 2026, 10:00 GMT", WebPage.Words(browser.Page.Document.QuerySelector(".pf-demo")!), StringComparison.Ordinal);
        Assert.Equal([TimeSpan.FromHours(12)], demo.Moves);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("")]
    public async Task The_clock_leads_nowhere_else(string back)
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var browser = demo.Browser();
        await browser.OpenAsync(Links.Policy.Show());
        await browser.PostAsync(Links.Demonstration.Clock(back), [new("_token", await browser.TokenAsync()), new("by", "1h")]);
        Assert.Equal(Links.Home(), browser.Page.Path);
    }

    [Fact]
    public async Task A_step_that_was_not_offered_moves_nothing_and_a_mailed_link_never_stands_in_the_banner()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        using var browser = demo.Browser();
        await browser.OpenAsync(demo.Mail.LinkTo(Steps.EmailOf(Manager), caseId: reference));
        Assert.Equal(Links.Demonstration.Clock(Links.Home()), browser.Page.Form("+ 1 h").Action);
        await browser.PostAsync(Links.Demonstration.Clock("/"), [new("_token", await browser.TokenAsync()), new("by", "9000d")]);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Page.Status);
        Assert.Empty(demo.Moves);
    }
}
