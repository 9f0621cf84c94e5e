using System.Net;
using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using PolicyFlows.Web.Tests.Tasks;

namespace PolicyFlows.Web.Tests.SignIn;

public sealed class SignInTests
{
    private const string Manager = DemonstrationSeed.Manager;
    private static readonly string ManagerMail = Steps.EmailOf(Manager);

    [Fact]
    public async Task A_mailed_code_signs_a_person_in()
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await site.SignInAsync(ManagerMail);
        Assert.True(await IsSignedInAsync(browser));
        var code = Assert.Single(site.Mail.All).Message;
        Assert.Equal(ManagerMail, code.ToAddress);
    }

    [Fact]
    public async Task An_address_that_nobody_has_gets_the_same_answers_and_no_mail()
    {
        await using var site = await TestProgram.StartAsync();
        var known = await AskAsync(site, ManagerMail);
        var unknown = await AskAsync(site, "nobody.at.all@polygon.example");
        Assert.Equal(Shape(known, ManagerMail), Shape(unknown, "nobody.at.all@polygon.example"));
        Assert.Equal(ManagerMail, Assert.Single(site.Mail.All).Message.ToAddress);

        for (var i = 0; i < 7; i++)
        {
            await known.Page.Form("Sign in").Fill("6-digit code", WrongCode(site)).SubmitAsync();
            await unknown.Page.Form("Sign in").Fill("6-digit code", "000000").SubmitAsync();
            Assert.Equal(HttpStatusCode.BadRequest, known.Page.Status);
            Assert.Equal(Shape(known, ManagerMail), Shape(unknown, "nobody.at.all@polygon.example"));
        }
    }

    [Fact]
    public async Task Asking_and_trying_write_once_whether_or_not_anybody_has_the_address()
    {
        await using var site = await TestProgram.StartAsync();
        var known = await AskAsync(site, ManagerMail);
        var unknown = await AskAsync(site, "nobody@polygon.example");
        foreach (var (browser, email) in new[] { (known, ManagerMail), (unknown, "nobody@polygon.example") })
        {
            await site.RunAsync();
            var before = site.Records.Commits;
            await browser.Page.Form("Email me another code").SubmitAsync();
            Assert.Equal(1, site.Records.Commits - before);
            await site.RunAsync();
            for (var i = 0; i < 7; i++)
            {
                before = site.Records.Commits;
                await browser.Page.Form("Sign in").Fill("6-digit code", email == ManagerMail ? WrongCode(site) : "000000").SubmitAsync();
                Assert.Equal(1, site.Records.Commits - before);
            }
        }
    }

    [Fact]
    public async Task A_code_works_once()
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await AskAsync(site, ManagerMail);
        var code = site.Mail.CodeTo(ManagerMail);
        var asked = browser.Page;
        await asked.Form("Sign in").Fill("6-digit code", code).SubmitAsync();
        Assert.True(await IsSignedInAsync(browser));

        await SignOutAsync(browser);
        await browser.OpenAsync(Links.SignIn.Code());
        Assert.Equal(Links.SignIn.Start(), browser.Page.Path);
        await asked.Form("Sign in").Fill("6-digit code", code).SubmitAsync();
        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task A_code_dies_after_ten_minutes_of_system_time()
    {
        await using var site = await TestProgram.StartAsync();
        var late = await AskAsync(site, ManagerMail);
        site.Time.System.Now += TimeSpan.FromMinutes(10);
        await late.Page.Form("Sign in").Fill("6-digit code", site.Mail.CodeTo(ManagerMail)).SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, late.Page.Status);

        var early = await AskAsync(site, ManagerMail);
        site.Time.Business.Now += TimeSpan.FromDays(3);
        site.Time.System.Now += TimeSpan.FromMinutes(9.9);
        await early.Page.Form("Sign in").Fill("6-digit code", site.Mail.CodeTo(ManagerMail)).SubmitAsync();
        Assert.Equal(Links.Dashboard.Home(), early.Page.Path);
    }

    [Fact]
    public async Task After_five_wrong_tries_the_right_code_is_of_no_use()
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await AskAsync(site, ManagerMail);
        for (var i = 0; i < 5; i++) await browser.Page.Form("Sign in").Fill("6-digit code", WrongCode(site)).SubmitAsync();
        await browser.Page.Form("Sign in").Fill("6-digit code", site.Mail.CodeTo(ManagerMail)).SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, browser.Page.Status);
        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task After_five_codes_in_half_an_hour_no_more_are_mailed_and_the_last_one_still_works()
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await AskAsync(site, ManagerMail);
        for (var i = 0; i < 6; i++) await browser.Page.Form("Email me another code").SubmitAsync();
        await site.RunAsync();
        Assert.Equal(5, site.Mail.All.Count);
        await browser.Page.Form("Sign in").Fill("6-digit code", site.Mail.CodeTo(ManagerMail)).SubmitAsync();
        Assert.Equal(Links.Dashboard.Home(), browser.Page.Path);
    }

    [Fact]
    public async Task A_code_is_of_no_use_on_a_device_that_did_not_ask()
    {
        await using var site = await TestProgram.StartAsync();
        await AskAsync(site, ManagerMail);
        var other = site.Browser();
        await other.OpenAsync(Links.SignIn.Code());
        Assert.Equal(Links.SignIn.Start(), other.Page.Path);
        await other.Page.Form().Fill("Your work email address", "nobody@polygon.example").SubmitAsync();
        await other.Page.Form("Sign in").Fill("6-digit code", site.Mail.CodeTo(ManagerMail)).SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, other.Page.Status);
    }

    [Theory]
    [InlineData("{0} {1}")]
    [InlineData(" {0}-{1} ")]
    [InlineData("{0}\u00a0{1}")]
    public async Task A_code_may_be_pasted_with_spaces(string form)
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await AskAsync(site, ManagerMail);
        var code = site.Mail.CodeTo(ManagerMail);
        await browser.Page.Form("Sign in").Fill("6-digit code", string.Format(System.Globalization.CultureInfo.InvariantCulture, form, code[..3], code[3..])).SubmitAsync();
        Assert.Equal(Links.Dashboard.Home(), browser.Page.Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ruth")]
    [InlineData("@polygon.example")]
    [InlineData("ruth@")]
    [InlineData("a@b@c")]
    [InlineData("ruth ashdown@polygon.example")]
    [InlineData("a@b,c@d")]
    [InlineData("<script>@polygon.example")]
    public async Task What_is_no_address_is_said_beside_the_field_with_the_value_kept(string entered)
    {
        await using var site = await TestProgram.StartAsync();
        var browser = site.Browser();
        await browser.OpenAsync(Links.SignIn.Start());
        await browser.Page.Form().Fill("Your work email address", entered).SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, browser.Page.Status);
        Assert.NotNull(browser.Page.ErrorBeside("email"));
        Assert.Equal(entered, browser.Page.Document.GetElementById("email")!.GetAttribute("value") ?? "");
        Assert.DoesNotContain("<script>@", browser.Page.Html, StringComparison.Ordinal);
        Assert.Empty(site.Mail.All);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345x")]
    [InlineData("١٢٣٤٥٦")]
    public async Task What_is_no_code_is_said_and_costs_no_try(string entered)
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await AskAsync(site, ManagerMail);
        for (var i = 0; i < 6; i++) await browser.Page.Form("Sign in").Fill("6-digit code", entered).SubmitAsync();
        Assert.NotNull(browser.Page.ErrorBeside("code"));
        await browser.Page.Form("Sign in").Fill("6-digit code", site.Mail.CodeTo(ManagerMail)).SubmitAsync();
        Assert.Equal(Links.Dashboard.Home(), browser.Page.Path);
    }

    [Fact]
    public async Task The_field_of_the_code_takes_it_from_the_telephone()
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await AskAsync(site, ManagerMail);
        var field = browser.Page.Document.GetElementById("code")!;
        Assert.Equal("one-time-code", field.GetAttribute("autocomplete"));
        Assert.Equal("numeric", field.GetAttribute("inputmode"));
        Assert.Equal("text", field.GetAttribute("type"));
    }

    [Fact]
    public async Task A_session_ends_after_two_idle_hours_and_not_while_it_is_used()
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await site.SignInAsync(ManagerMail);
        for (var i = 0; i < 3; i++)
        {
            site.Time.System.Now += TimeSpan.FromMinutes(119);
            Assert.True(await IsSignedInAsync(browser));
        }

        site.Time.System.Now += TimeSpan.FromHours(2);
        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task A_session_ends_after_eight_hours_of_use()
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await site.SignInAsync(ManagerMail);
        for (var i = 0; i < 7; i++)
        {
            site.Time.System.Now += TimeSpan.FromHours(1);
            Assert.True(await IsSignedInAsync(browser));
        }

        site.Time.System.Now += TimeSpan.FromHours(1);
        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task A_session_with_far_reaching_rights_ends_after_half_an_idle_hour_and_after_four_hours_of_use()
    {
        await using var site = await TestProgram.StartAsync();
        var address = DemonstrationSeed.Create().Person(DemonstrationSeed.Dpo)!.Email!;
        var idle = await site.SignInAsync(address);
        site.Time.System.Now += TimeSpan.FromMinutes(29);
        Assert.True(await IsSignedInAsync(idle));
        site.Time.System.Now += TimeSpan.FromMinutes(30);
        Assert.False(await IsSignedInAsync(idle));

        var used = await site.SignInAsync(address);
        for (var i = 0; i < 9; i++)
        {
            site.Time.System.Now += TimeSpan.FromMinutes(25);
            Assert.True(await IsSignedInAsync(used));
        }

        site.Time.System.Now += TimeSpan.FromMinutes(15);
        Assert.False(await IsSignedInAsync(used));
    }

    [Fact]
    public async Task Business_time_does_not_end_a_session()
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await site.SignInAsync(ManagerMail);
        site.Time.Business.Now += TimeSpan.FromDays(30);
        Assert.True(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task A_session_ends_at_once_when_its_person_leaves()
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await site.SignInAsync(ManagerMail);
        await site.LeaveAsync(Manager);
        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task Signing_out_ends_copies_of_the_cookie_as_well()
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await site.SignInAsync(ManagerMail);
        var cookie = SessionCookie(browser);
        using var copy = site.Browser();
        Assert.True(await IsSignedInAsync(copy, cookie));

        await SignOutAsync(browser);
        Assert.False(await IsSignedInAsync(browser));
        Assert.False(await IsSignedInAsync(copy, cookie));
    }

    [Fact]
    public async Task Cookies_of_sign_in_are_out_of_reach_of_scripts_and_other_sites()
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await site.SignInAsync(ManagerMail);
        var cookies = browser.Answers.SelectMany(a => a.Answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : []).Where(c => c.StartsWith("policyflows-", StringComparison.Ordinal)).ToList();
        Assert.Contains(cookies, c => c.StartsWith("policyflows-session=", StringComparison.Ordinal));
        Assert.All(cookies, c =>
        {
            Assert.Contains("httponly", c, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=lax", c, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Manager, c, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("policyflows-session=CfDJ8Made-up")]
    [InlineData("policyflows-session=")]
    [InlineData("policyflows-session=%00%ff")]
    [InlineData("policyflows-passes=eyJhIjoxfQ")]
    public async Task An_invented_cookie_is_nobody(string cookie)
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        Assert.False(await IsSignedInAsync(browser, cookie));
    }

    [Fact]
    public async Task Sign_ins_have_a_timeline_of_their_own_that_verifies()
    {
        await using var site = await TestProgram.StartAsync();
        var browser = await site.SignInAsync(ManagerMail);
        await SignOutAsync(browser);
        var entries = (await site.Get<Core.Cases.CaseStore>().ListAsync<Core.Cases.TimelineEntry>(SessionDesk.Partition(Manager), Core.Cases.Rows.TimelinePrefix)).Select(e => e.Value).ToList();
        Assert.Equal(["code.sent", "session.opened", "session.ended"], entries.Select(e => e.Code));
        Assert.All(entries, e => Assert.Equal(e.Hash, e.ComputeHash()));
    }

    private static async Task<WebBrowser> AskAsync(TestProgram site, string email)
    {
        var browser = site.Browser();
        await browser.OpenAsync(Links.SignIn.Start());
        await browser.Page.Form().Fill("Your work email address", email).SubmitAsync();
        Assert.Equal(Links.SignIn.Code(), browser.Page.Path);
        await site.RunAsync();
        return browser;
    }

    private static async Task SignOutAsync(WebBrowser browser)
    {
        await browser.PostAsync(Links.SignIn.Out(), [new(FormLimits.TokenField, await browser.TokenAsync())]);
        Assert.Equal(Links.Home(), browser.Page.Path);
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

    private static string WrongCode(TestProgram site) => site.Mail.CodeTo(ManagerMail) == "111111" ? "222222" : "111111";

    /// <summary>Everything of the answer that a visitor can tell apart.</summary>
    private static string Shape(WebBrowser browser, string email) =>
        $"{browser.Page.Status} {browser.Page.Path} {browser.Page.Title} {browser.Page.MainText.Replace(email, "ADDRESS", StringComparison.Ordinal)} "
        + string.Join(' ', browser.Page.Answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split('=')[0]).Order() : Array.Empty<string>());
}
