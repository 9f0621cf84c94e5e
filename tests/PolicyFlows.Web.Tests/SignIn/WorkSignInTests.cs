using System.Net;
using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Web.Tests.Support.WorkPlatform;

namespace PolicyFlows.Web.Tests.SignIn;

public sealed class WorkSignInTests
{
    private const string Manager = DemonstrationSeed.Manager;
    private static readonly string ManagerMail = Steps.EmailOf(Manager);

    [Fact]
    public async Task A_work_account_signs_its_person_in_after_a_button()
    {
        await using var site = await TestProgram.StartAsync(On());
        var (browser, _) = site.Device(Of(ManagerMail));

        await browser.OpenAsync(Links.SignIn.Work());
        Assert.Equal("Is this you?", browser.Page.Heading);
        Assert.Contains(ManagerMail, browser.Page.Html, StringComparison.Ordinal);
        Assert.False(await IsSignedInAsync(browser));

        await browser.EnterAsync();
        Assert.Equal(Links.Dashboard.Home(), browser.Page.Path);
        Assert.True(await IsSignedInAsync(browser));
        Assert.Empty(site.Mail.All);
    }

    [Fact]
    public async Task Coming_back_from_the_platform_writes_nothing()
    {
        await using var site = await TestProgram.StartAsync(On());
        var (browser, _) = site.Device(Of(ManagerMail));
        var before = site.Records.Commits;
        await browser.OpenAsync(Links.SignIn.Start());
        await browser.OpenAsync(Links.SignIn.Work());
        await browser.OpenAsync(Links.SignIn.SignedOut());
        Assert.Equal(before, site.Records.Commits);
    }

    [Fact]
    public async Task Going_on_needs_the_token_of_the_page()
    {
        await using var site = await TestProgram.StartAsync(On());
        var (browser, _) = site.Device(Of(ManagerMail));
        await browser.PostAsync(Links.SignIn.Work(), []);
        Assert.Equal(HttpStatusCode.BadRequest, browser.Page.Status);
        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task The_sign_in_page_offers_it_beside_the_code_and_comes_back_to_this_program_only()
    {
        await using var site = await TestProgram.StartAsync(On());
        var (browser, platform) = site.Device();
        await browser.OpenAsync(Links.SignIn.Start() + "?post_login_redirect_uri=https%3A%2F%2Fevil.example&back=//evil.example");
        Assert.Equal("/.auth/login/aad?post_login_redirect_uri=%2Fsign-in%2Fwork", Entrance(browser));
        Assert.DoesNotContain("evil", browser.Page.Html, StringComparison.Ordinal);
        Assert.NotNull(browser.Page.Form("Email me a code"));

        platform.Principal = [Of(ManagerMail)];
        await browser.OpenAsync(Links.SignIn.Start());
        Assert.Equal(Links.SignIn.Work(), Entrance(browser));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/a\\..\\b")]
    [InlineData("/\n/evil.example")]
    [InlineData("sign-in")]
    [InlineData("")]
    public void The_platform_is_never_told_to_lead_to_another_place(string back)
    {
        Assert.Throws<ArgumentException>(() => Links.SignIn.Platform(back));
        Assert.Throws<ArgumentException>(() => Links.SignIn.PlatformOut(back));
    }

    [Fact]
    public async Task Where_the_platform_is_off_nothing_of_it_is_offered_and_a_forged_header_is_nobody()
    {
        await using var site = await TestProgram.StartAsync();
        var (browser, _) = site.Device(Of(ManagerMail));
        await browser.OpenAsync(Links.SignIn.Start());
        Assert.DoesNotContain("/.auth/", browser.Page.Html, StringComparison.Ordinal);
        await browser.OpenAsync(Links.SignIn.Work());
        Assert.Equal(Links.SignIn.Start(), browser.Page.Path);
        await browser.PostAsync(Links.SignIn.Work(), [new("_token", await browser.TokenAsync())]);
        Assert.Equal(Links.SignIn.Start(), browser.Page.Path);
        Assert.False(await IsSignedInAsync(browser));
        Assert.DoesNotContain("/.auth/", browser.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_is_not_in_the_list_is_told_so_and_has_no_session()
    {
        await using var site = await TestProgram.StartAsync(On());
        var (browser, _) = site.Device(Of("somebody.else@polygon.example"));
        await browser.OpenAsync(Links.SignIn.Work());
        Assert.Equal(HttpStatusCode.Forbidden, browser.Page.Status);
        Assert.Equal("Your account is not in the list of people", browser.Page.Heading);
        Assert.Contains("somebody.else@polygon.example", browser.Page.Html, StringComparison.Ordinal);
        Assert.Contains(DemonstrationSeed.Create().Settings.Administrator.Email, browser.Page.Html, StringComparison.Ordinal);
        await PostAsync(browser);
        Assert.Equal(HttpStatusCode.Forbidden, browser.Page.Status);
        Assert.False(await IsSignedInAsync(browser));
        Assert.Equal(Links.SignIn.Start(), (await browser.OpenAsync(Links.Dashboard.Home())).Path);
    }

    [Fact]
    public async Task What_an_account_is_called_is_shown_as_text()
    {
        await using var site = await TestProgram.StartAsync(On());
        var claims = Member("<script>alert(1)</script>@polygon.example");
        var (browser, _) = site.Device(Write(claims));
        await browser.OpenAsync(Links.SignIn.Work());
        Assert.DoesNotContain("<script>alert", browser.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_has_left_is_not_in_the_list_and_loses_the_session_at_once()
    {
        await using var site = await TestProgram.StartAsync(On());
        var (browser, _) = site.Device(Of(ManagerMail));
        await browser.EnterAsync();
        Assert.True(await IsSignedInAsync(browser));
        await site.LeaveAsync(Manager);
        Assert.False(await IsSignedInAsync(browser));
        await PostAsync(browser);
        Assert.Equal(HttpStatusCode.Forbidden, browser.Page.Status);
    }

    [Fact]
    public async Task The_session_ends_with_the_platforms_and_with_another_account()
    {
        await using var site = await TestProgram.StartAsync(On());
        var (browser, platform) = site.Device(Of(ManagerMail));
        await browser.EnterAsync();
        platform.Principal = [Of(Steps.EmailOf(DemonstrationSeed.Dpo))];
        Assert.False(await IsSignedInAsync(browser));

        platform.Principal = [Of(ManagerMail)];
        await browser.EnterAsync();
        platform.Principal = [];
        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task The_session_is_as_long_as_any_other()
    {
        await using var site = await TestProgram.StartAsync(On());
        var (browser, _) = site.Device(Of(ManagerMail));
        await browser.EnterAsync();
        site.Time.System.Now += TimeSpan.FromMinutes(119);
        Assert.True(await IsSignedInAsync(browser));
        site.Time.System.Now += TimeSpan.FromHours(2);
        Assert.False(await IsSignedInAsync(browser));

        var (officer, _) = site.Device(Of(Steps.EmailOf(DemonstrationSeed.Dpo)));
        await officer.EnterAsync();
        site.Time.System.Now += TimeSpan.FromMinutes(31);
        Assert.False(await IsSignedInAsync(officer));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_sends_the_browser_to_the_platforms_own_end()
    {
        await using var site = await TestProgram.StartAsync(On());
        var (browser, platform) = site.Device(Of(ManagerMail));
        await browser.EnterAsync();
        var cookie = SessionCookie(browser);
        await browser.PostAsync(Links.SignIn.Out(), [new("_token", await browser.TokenAsync())]);
        Assert.Equal("You are signed out", browser.Page.Heading);
        Assert.Equal("0;url=/.auth/logout?post_logout_redirect_uri=%2F", Assert.Single(browser.Page.Answer.Headers.GetValues("Refresh")));
        Assert.False(await IsSignedInAsync(browser));

        // A copy of the cookie is worth nothing, even while the platform still knows the account.
        var (copy, _) = site.Device(Of(ManagerMail));
        Assert.False(await IsSignedInAsync(copy, cookie));

        // Once the platform has done it, there is nothing left to say.
        platform.Principal = [];
        Assert.Equal(Links.Home(), (await browser.OpenAsync(Links.SignIn.SignedOut())).Path);
    }

    [Fact]
    public async Task A_mailed_link_needs_no_code_while_its_person_is_signed_in_and_a_code_while_only_the_platform_knows_them()
    {
        await using var site = await TestProgram.StartAsync(On());
        await site.ReportAsync();
        var link = site.Mail.LinkTo(ManagerMail);
        var (browser, _) = site.Device(Of(ManagerMail));
        await browser.OpenAsync(link);
        Assert.Contains(browser.Page.Document.QuerySelectorAll("button"), b => b.TextContent.Contains("code", StringComparison.Ordinal));

        await browser.EnterAsync();
        await browser.OpenAsync(link);
        Assert.DoesNotContain(browser.Page.Document.QuerySelectorAll("button"), b => b.TextContent.Contains("code", StringComparison.Ordinal));

        var (other, _) = site.Device(Of(Steps.EmailOf(DemonstrationSeed.FirstDeputy)));
        await other.EnterAsync();
        await other.OpenAsync(link);
        Assert.Contains(other.Page.Document.QuerySelectorAll("button"), b => b.TextContent.Contains("code", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_sign_ins_stand_in_the_same_timeline()
    {
        await using var site = await TestProgram.StartAsync(On("Dpo=99999999-0000-0000-0000-000000000001"));
        var claims = Member(ManagerMail);
        claims["groups"] = "99999999-0000-0000-0000-000000000001";
        var (browser, _) = site.Device(Write(claims));
        await browser.EnterAsync();
        var entry = Assert.Single((await site.Get<Core.Cases.CaseStore>().ListAsync<Core.Cases.TimelineEntry>(SessionDesk.Partition(Manager), Core.Cases.Rows.TimelinePrefix))).Value;
        Assert.Equal(("session.opened", "sign in with a work account"), (entry.Code, entry.Process));
    }

    private static string Entrance(WebBrowser browser) =>
        browser.Page.Document.QuerySelectorAll("a").Single(a => a.TextContent.Trim() == "Sign in with your work account").GetAttribute("href")!;

    private static async Task PostAsync(WebBrowser browser)
    {
        await browser.OpenAsync(Links.SignIn.Start());
        await browser.PostAsync(Links.SignIn.Work(), [new("_token", await browser.TokenAsync())]);
    }

    private static string SessionCookie(WebBrowser browser) =>
        browser.Answers.SelectMany(a => a.Answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            .Last(c => c.StartsWith("policyflows-session=", StringComparison.Ordinal)).Split(';')[0];

    private static async Task<bool> IsSignedInAsync(WebBrowser browser, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(TestProgram.Address + Links.SignIn.Start()));
        if (cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", cookie);
        await browser.SendAsync(request, follow: false);
        return browser.Page.Status == HttpStatusCode.SeeOther;
    }
}
