using System.Net;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Report;

public sealed class DraftTests
{
    [Fact]
    public async Task A_report_that_was_left_goes_on_where_it_was()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        await Walk.ToAsync(browser, "/report/you", new() { Screenshot = true });

        var page = await browser.OpenAsync("/report");
        Assert.Contains("was begun on Sunday 22 November 2026 at 22:00 and not sent", page.MainText);
        page = await page.FollowAsync("Go on with it");
        page = await page.Form().SubmitAsync();
        Assert.Contains("A parent insulted me in a post.", page.Html);
        page = await (await (await page.Form().SubmitAsync()).Form("Continue").SubmitAsync("Continue")).Form("Continue").SubmitAsync();

        Assert.Equal("/report/you", page.Path);
    }

    [Fact]
    public async Task The_cookie_holds_a_key_and_nothing_that_was_typed_and_scripts_cannot_read_it()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        await Walk.ToAsync(browser, "/report/check");

        var cookies = browser.Answers.SelectMany(a => a.Answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : []).Where(c => c.StartsWith("policyflows-draft=", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie =>
        {
            Assert.Matches("^policyflows-draft=[0-9a-f]{64};", cookie);
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task Deleting_it_deletes_the_answers_and_the_files()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ToAsync(browser, "/report/check", new() { Screenshot = true });
        Assert.Single(site.EvidenceFiles);

        page = await page.Form("Delete everything and do not send").SubmitAsync();

        Assert.Equal("/report", page.Path);
        Assert.DoesNotContain("not sent", page.MainText);
        Assert.Empty(site.EvidenceFiles);
        Assert.Equal("/report", (await browser.OpenAsync("/report/check")).Path);
    }

    [Fact]
    public async Task Typing_on_after_the_cookie_is_gone_loses_nothing_of_that_page()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var form = (await Walk.ToAsync(browser, "/report/what")).Form().Fill("What happened?", "It went on.");

        await site.Get<DraftStore>().DiscardAsync(DraftKey(browser));
        var page = await form.SubmitAsync();

        Assert.Equal("/report/where", page.Path);
        Assert.Contains("It went on.", (await browser.OpenAsync("/report/check")).MainText);
    }

    [Fact]
    public async Task Pressing_send_twice_at_once_is_one_report_with_one_code()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var form = (await Walk.ToAsync(browser, "/report/check", new() { Screenshot = true })).Form("Send report");
        var (first, second) = (form.Request("Send report"), form.Request("Send report"));

        var sent = Walk.Read(await browser.SendAsync(first));
        var again = Walk.Read(await browser.SendAsync(second));

        Assert.Equal((sent.Reference, sent.Code), (again.Reference, again.Code));
        Assert.Equal([sent.Reference], await site.CasesAsync("INC-"));
        Assert.Equal(1, (await site.IncidentAsync(sent.Reference)).Evidence);
    }

    [Fact]
    public async Task Two_devices_that_send_the_same_draft_at_the_same_time_are_one_report()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var form = (await Walk.ToAsync(browser, "/report/check")).Form("Send report");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.SendAsideAsync(form.Request("Send report"))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.SeeOther, a.Status));
        Assert.Single(await site.CasesAsync("INC-"));
    }

    [Fact]
    public async Task The_confirmation_survives_a_reload_for_an_hour_and_is_shown_to_nobody_else()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        using var other = site.Browser();
        var sent = await Walk.SendAsync(browser);

        Assert.Equal(sent.Code, Walk.Read(await browser.OpenAsync("/report/sent")).Code);
        Assert.Equal("/report", (await other.OpenAsync("/report/sent")).Path);
        site.Time.Now += TimeSpan.FromMinutes(61);
        var later = await browser.OpenAsync("/report/sent");

        Assert.DoesNotContain(sent.Code, later.Html);
        Assert.Equal("/receipt/status", later.Path);
    }

    [Fact]
    public async Task An_answer_that_got_lost_on_the_way_can_be_fetched_with_the_drafts_key()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var form = (await Walk.ToAsync(browser, "/report/check")).Form("Send report");
        await browser.SendAsideAsync(form.Request("Send report"));

        var sent = Walk.Read(await browser.OpenAsync("/report/check"));

        Assert.True(Receipts.Matches(sent.Code, (await site.IncidentAsync(sent.Reference)).ReceiptHash));
        Assert.Null(await site.Get<DraftStore>().GetAsync("x"));
        Assert.DoesNotContain("not sent", (await browser.OpenAsync("/report")).MainText);
    }

    [Fact]
    public async Task After_sending_a_new_report_can_be_begun()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var first = await Walk.SendAsync(browser);

        var second = await Walk.SendAsync(browser, new() { What = "Another thing." });

        Assert.NotEqual(first.Reference, second.Reference);
        Assert.Equal(2, (await site.CasesAsync("INC-")).Count);
    }

    [Fact]
    public async Task When_the_disk_is_full_nothing_is_confirmed_and_sending_again_works()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var check = await Walk.ToAsync(browser, "/report/check", new() { Screenshot = true });

        site.Records.FullFor = partition => partition.StartsWith("INC-", StringComparison.Ordinal);
        var page = await check.Form("Send report").SubmitAsync();
        Assert.Equal(500, (int)page.Status);
        Assert.Empty(await site.CasesAsync("INC-"));
        page = await browser.OpenAsync("/report/what");
        Assert.Equal("/report/check", page.Path);
        Assert.Contains("we do not have your report yet", page.MainText);
        Assert.Contains("Go on with it", (await browser.OpenAsync("/report")).MainText);

        site.Records.FullFor = null;
        var sent = Walk.Read(await page.Form("Send report").SubmitAsync());

        Assert.Equal(1, (await site.IncidentAsync(sent.Reference)).Evidence);
        Assert.Single(site.EvidenceFiles);
    }

    [Fact]
    public async Task Old_drafts_go_with_their_files_unless_a_case_has_them()
    {
        await using var site = await TestProgram.StartAsync();
        using var sent = site.Browser();
        await Walk.SendAsync(sent, new() { Screenshot = true });
        using var left = site.Browser();
        await Walk.ToAsync(left, "/report/check", new() { Screenshot = true });
        using var failed = site.Browser();
        var check = await Walk.ToAsync(failed, "/report/check", new() { Screenshot = true });
        site.Records.FullFor = partition => partition.StartsWith("INC-", StringComparison.Ordinal);
        await check.Form("Send report").SubmitAsync();
        site.Records.FullFor = null;
        Assert.Equal(3, site.EvidenceFiles.Count);

        site.Time.Now += TimeSpan.FromDays(90);

        Assert.Equal(3, await site.Get<DraftStore>().ForgetOldAsync());
        Assert.Single(site.EvidenceFiles);
    }

    [Fact]
    public async Task When_mail_is_down_the_confirmation_says_so_and_shows_numbers_until_it_is_back()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        site.Mail.Down = true;

        var sent = await Walk.SendAsync(browser, new() { Email = "alice.penhallick@polygon.example" });

        Assert.Contains("Saved, but not delivered yet", sent.Page.MainText);
        Assert.Contains("020 7946 0110", sent.Page.MainText);
        Assert.Contains("07700 900101", sent.Page.MainText);
        site.Mail.Down = false;
        await site.RunAsync();
        Assert.DoesNotContain("not delivered yet", (await browser.OpenAsync("/report/sent")).MainText);
    }

    private static string DraftKey(WebBrowser browser) => browser.Answers
        .SelectMany(a => a.Answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        .Last(c => c.StartsWith("policyflows-draft=", StringComparison.Ordinal))["policyflows-draft=".Length..][..64];
}
