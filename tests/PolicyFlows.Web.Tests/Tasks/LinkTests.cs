using System.Net;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Tasks;

public sealed class LinkTests
{
    private static readonly string ManagerMail = Steps.EmailOf(DemonstrationSeed.Manager);
    private static readonly string DeputyMail = Steps.EmailOf(DemonstrationSeed.FirstDeputy);

    [Fact]
    public async Task Opening_a_link_shows_reference_kind_deadline_and_sender_and_nothing_else()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await site.ReportAsync();
        var page = await site.Browser().OpenAsync(site.Mail.LinkTo(ManagerMail));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(caseId, page.MainText, StringComparison.Ordinal);
        Assert.Contains("Decision", page.MainText, StringComparison.Ordinal);
        Assert.Contains("Monday 23 November 2026 at 02:00 (in 4 hours)", page.MainText, StringComparison.Ordinal);
        Assert.Contains("Quillmoor Academy", page.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain(Steps.Canary, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("reddit", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Single(page.Document.QuerySelectorAll("main form"));
        Assert.Equal("no-referrer", page.Answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("no-store", page.Answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_links_by_get_and_head_changes_nothing_and_sends_nothing()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await site.ReportAsync();
        var link = site.Mail.LinkTo(ManagerMail);
        var (before, mails) = (await site.PictureAsync(caseId), site.Mail.All.Count);
        foreach (var path in new[] { link, link + "/code", link + "/fresh" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                var browser = site.Browser();
                await browser.SendAsync(new HttpRequestMessage(method, new Uri(TestProgram.Address + path)), site: "none", follow: false);
                Assert.True((int)browser.Page.Status < 400, $"{method} {path}: {browser.Page.Status}");
            }
        }

        await site.RunAsync();
        Assert.Equal(before, await site.PictureAsync(caseId));
        Assert.Equal(mails, site.Mail.All.Count);
    }

    [Fact]
    public async Task The_mailed_code_opens_the_task_at_a_clean_address()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await site.ReportAsync();
        var browser = await site.OpenAsync(ManagerMail);
        Assert.Equal($"/tasks/{caseId}/decide-1", browser.Page.Path);
        Assert.Contains(Steps.Canary, browser.Page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_needs_no_second_code_for_twelve_hours_of_system_time()
    {
        await using var site = await TestProgram.StartAsync();
        await site.ReportAsync();
        var browser = await site.OpenAsync(ManagerMail);
        site.Time.System.Now += TimeSpan.FromHours(11.9);
        await browser.OpenAsync(site.Mail.LinkTo(ManagerMail));
        Assert.Empty(browser.Page.Document.QuerySelectorAll("main form"));
        await browser.Page.FollowAsync("Open the task");
        Assert.Contains(Steps.Canary, browser.Page.MainText, StringComparison.Ordinal);

        site.Time.System.Now += TimeSpan.FromHours(0.1);
        var task = browser.Page.Path;
        await browser.OpenAsync(task);
        Assert.Equal(HttpStatusCode.Forbidden, browser.Page.Status);
        Assert.DoesNotContain(Steps.Canary, browser.Page.Html, StringComparison.Ordinal);
        await browser.OpenAsync(site.Mail.LinkTo(ManagerMail));
        Assert.NotNull(browser.Page.Form("Email me a code"));
    }

    [Fact]
    public async Task A_pass_opens_one_case_only()
    {
        await using var site = await TestProgram.StartAsync();
        var first = await site.ReportAsync();
        var browser = await site.OpenAsync(ManagerMail);
        var second = await site.ReportAsync();
        Assert.NotEqual(first, second);
        await browser.OpenAsync(Links.Tasks.Task(second, "decide-1"));
        Assert.Equal(HttpStatusCode.Forbidden, browser.Page.Status);
        await browser.OpenAsync(site.Mail.LinkTo(ManagerMail));
        Assert.NotNull(browser.Page.Form("Email me a code"));
    }

    [Fact]
    public async Task Somebody_signed_in_needs_no_code_for_a_link_of_their_own_and_one_for_a_link_of_another()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await site.ReportAsync();
        await site.AtAsync(4.5);
        var browser = await site.SignInAsync(DeputyMail);
        await browser.OpenAsync(site.Mail.LinkTo(DeputyMail));
        await browser.Page.FollowAsync("Open the task");
        Assert.Equal(Links.Tasks.Task(caseId, "decide-1"), browser.Page.Path);
        await browser.OpenAsync(site.Mail.LinkTo(ManagerMail));
        Assert.NotNull(browser.Page.Form("Email me a code"));
    }

    [Fact]
    public async Task After_fourteen_days_a_link_says_so_and_mails_a_fresh_one()
    {
        await using var site = await TestProgram.StartAsync();
        await site.ReportAsync();
        var old = site.Mail.LinkTo(ManagerMail);
        await site.AtAsync(14 * 24);
        var browser = site.Browser();
        await browser.OpenAsync(old);
        Assert.Equal("This link is too old", browser.Page.Heading);
        Assert.DoesNotContain("Email me a code", browser.Page.MainText, StringComparison.Ordinal);
        await PostAsync(browser, old, "code");
        await site.RunAsync();
        Assert.DoesNotContain(site.Mail.All, m => m.Message.Subject.StartsWith("Your code", StringComparison.Ordinal));

        await browser.OpenAsync(old);
        await browser.Page.Form("Email me a fresh link").SubmitAsync();
        Assert.Contains("If this task is still open and yours", browser.Page.MainText, StringComparison.Ordinal);
        await site.RunAsync();
        var fresh = site.Mail.LinkTo(ManagerMail);
        Assert.NotEqual(old, fresh);
        await site.OpenAsync(ManagerMail);
        await browser.OpenAsync(old);
        Assert.Equal("This link is too old", browser.Page.Heading);
    }

    [Fact]
    public async Task Fresh_links_are_mailed_at_most_once_an_hour_with_the_same_answer()
    {
        await using var site = await TestProgram.StartAsync();
        await site.ReportAsync();
        var old = site.Mail.LinkTo(ManagerMail);
        await site.AtAsync(14 * 24);
        var count = site.Mail.All.Count;
        var answers = new HashSet<string>();
        for (var i = 0; i < 4; i++)
        {
            var browser = site.Browser();
            await browser.OpenAsync(old);
            await browser.Page.Form("Email me a fresh link").SubmitAsync();
            answers.Add(browser.Page.MainText);
            await site.RunAsync();
        }

        Assert.Single(answers);
        Assert.Equal(count + 1, site.Mail.All.Count);
    }

    [Fact]
    public async Task Scenario_12_a_spent_link_shows_after_the_code_who_decided_what_and_when_and_nothing_else()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await site.ReportAsync();
        await site.AtAsync(11.2);
        var deputy = await site.OpenAsync(DeputyMail);
        await deputy.Page.Form().Choose("Arrange support").Fill("Your reason", "canary-reason").SubmitAsync();
        Assert.Equal("Your decision is recorded", deputy.Page.Heading);
        await site.AtAsync(36);

        var browser = site.Browser();
        await browser.OpenAsync(site.Mail.LinkTo(ManagerMail));
        Assert.Equal("This task is over", browser.Page.Heading);
        Assert.DoesNotContain("deputy", browser.Page.MainText, StringComparison.OrdinalIgnoreCase);
        await browser.Page.Form("Email me a code").SubmitAsync();
        await site.RunAsync();
        await browser.Page.Form("See what was decided").Fill("6-digit code", site.Mail.CodeTo(ManagerMail)).SubmitAsync();
        Assert.Contains("decided by the deputy senior manager, Imran Castellan, on Monday 23 November 2026 at 09:12", browser.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("arrange support", browser.Page.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain(Steps.Canary, browser.Page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-reason", browser.Page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("reddit", browser.Page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(browser.Page.Document.QuerySelectorAll("main form"));
        Assert.Contains(caseId, browser.Page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scenario_6_after_this_concerns_me_the_old_link_says_only_that_and_the_next_is_asked()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await site.ReportAsync();
        var browser = await site.OpenAsync(ManagerMail);
        var task = browser.Page;
        await task.FollowAsync("This concerns me");
        await browser.Page.Form().SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, browser.Page.Status);
        await browser.Page.Form().Choose("Yes, this concerns me").Fill("Why (optional)", "It is my sister").SubmitAsync();
        Assert.Equal("This task is no longer yours", browser.Page.Heading);
        await site.RunAsync();
        Assert.Contains("~decide-1~", site.Mail.LinkTo(DeputyMail), StringComparison.Ordinal);

        // Both on the device with the pass and on a fresh one: no content, no code, no fresh link.
        var mails = site.Mail.All.Count;
        foreach (var device in new[] { browser, site.Browser() })
        {
            await device.OpenAsync(site.Mail.LinkTo(ManagerMail));
            Assert.Equal("This task is no longer yours", device.Page.Heading);
            Assert.DoesNotContain(caseId, device.Page.MainText, StringComparison.Ordinal);
            Assert.Empty(device.Page.Document.QuerySelectorAll("main form, main a"));
            foreach (var part in new[] { "", "/code", "/fresh" }) await PostAsync(device, site.Mail.LinkTo(ManagerMail), part);
        }

        await task.Form().Choose("Arrange support").Fill("Your reason", "too late").SubmitAsync();
        Assert.Equal("This task is no longer yours", browser.Page.Heading);
        await site.RunAsync();
        Assert.Equal(mails, site.Mail.All.Count);
        Assert.Empty((await site.IncidentAsync(caseId)).Decisions);
    }

    [Fact]
    public async Task An_altered_or_unknown_link_is_answered_like_an_unknown_address()
    {
        await using var site = await TestProgram.StartAsync();
        await site.ReportAsync();
        var link = site.Mail.LinkTo(ManagerMail);
        var unknown = await site.Browser().OpenAsync("/no-such-page");
        var parts = link["/t/".Length..].Split('~');
        string With(int part, string value) => "/t/" + string.Join('~', parts.Select((p, i) => i == part ? value : p));
        string[] altered =
        [
            With(0, "INC-ABCDEFGH"), With(1, "decide-2"), With(2, DemonstrationSeed.FirstDeputy), With(3, "2"), With(3, "0"), With(4, new string('A', 43)), With(4, ""),
            "/t/x", "/t/" + new string('~', 4), "/t/" + new string('a', 5000), "/t/..%2f..", link + "x",
        ];
        foreach (var address in altered)
        {
            foreach (var part in new[] { "", "/code", "/fresh" })
            {
                var page = await site.Browser().OpenAsync(address + part);
                Assert.Equal((unknown.Status, unknown.MainText), (page.Status, page.MainText));
            }
        }

        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
    }

    [Fact]
    public async Task A_signed_link_to_a_case_that_is_gone_is_answered_like_an_unknown_address()
    {
        await using var site = await TestProgram.StartAsync();
        var link = Links.Tasks.Open(site.Get<LinkTokens>().Write(new LinkClaim("INC-GONEGONE", "decide-1", DemonstrationSeed.Manager, 1)));
        var page = await site.Browser().OpenAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    [Fact]
    public async Task Somebody_named_later_is_told_only_that_the_task_is_no_longer_theirs()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await site.ReportAsync();
        var browser = await site.OpenAsync(ManagerMail);
        await site.Get<Core.Cases.CaseStore>().ChangeAsync(caseId, site.As("program"), async change =>
        {
            var incident = await change.NeedAsync<IncidentRecord>(Core.Cases.Rows.Case);
            change.Note("person.named", fact: DemonstrationSeed.Manager);
            change.Put(Core.Cases.Rows.Case, incident with { NamedPersonIds = [DemonstrationSeed.Manager] });
        });
        await browser.OpenAsync(site.Mail.LinkTo(ManagerMail));
        Assert.Equal("This task is no longer yours", browser.Page.Heading);
        await browser.OpenAsync(Links.Tasks.Task(caseId, "decide-1"));
        Assert.Equal("This task is no longer yours", browser.Page.Heading);
        Assert.DoesNotContain(Steps.Canary, browser.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_has_left_gets_no_code_and_no_way_in_by_a_pass()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await site.ReportAsync();
        var browser = await site.OpenAsync(ManagerMail);
        await site.LeaveAsync(DemonstrationSeed.Manager);
        await browser.OpenAsync(Links.Tasks.Task(caseId, "decide-1"));
        Assert.Equal(HttpStatusCode.Forbidden, browser.Page.Status);
        await browser.OpenAsync(site.Mail.LinkTo(ManagerMail));
        Assert.Equal("This task is no longer yours", browser.Page.Heading);
    }

    [Fact]
    public async Task A_stranger_learns_nothing_about_what_exists()
    {
        await using var site = await TestProgram.StartAsync();
        var caseId = await site.ReportAsync();
        var browser = site.Browser();
        var there = await browser.OpenAsync(Links.Tasks.Task(caseId, "decide-1"));
        var missing = await browser.OpenAsync(Links.Tasks.Task("INC-ABCDEFGH", "decide-1"));
        Assert.Equal((there.Status, there.MainText), (missing.Status, missing.MainText));
        Assert.Equal(HttpStatusCode.Forbidden, there.Status);

        var other = await site.SignInAsync(Steps.EmailOf(DemonstrationSeed.SecondSchoolManager));
        there = await other.OpenAsync(Links.Tasks.Task(caseId, "decide-1"));
        missing = await other.OpenAsync(Links.Tasks.Task("INC-ABCDEFGH", "decide-1"));
        Assert.Equal((there.Status, there.MainText), (missing.Status, missing.MainText));
        Assert.Equal(HttpStatusCode.NotFound, there.Status);
    }

    [Fact]
    public async Task Wrong_codes_say_why_and_the_sixth_try_is_of_no_use()
    {
        await using var site = await TestProgram.StartAsync();
        await site.ReportAsync();
        var browser = site.Browser();
        await browser.OpenAsync(site.Mail.LinkTo(ManagerMail));
        await browser.Page.Form("Email me a code").SubmitAsync();
        await site.RunAsync();
        var right = site.Mail.CodeTo(ManagerMail);
        for (var i = 0; i < 5; i++)
        {
            await browser.Page.Form("Open the task").Fill("6-digit code", right == "123456" ? "654321" : "123456").SubmitAsync();
            Assert.Contains(i < 4 ? "not the code" : "too often", browser.Page.ErrorBeside("code"), StringComparison.Ordinal);
        }

        await browser.Page.Form("Open the task").Fill("6-digit code", right).SubmitAsync();
        Assert.Contains("too often", browser.Page.ErrorBeside("code"), StringComparison.Ordinal);
        await browser.Page.Form("Email me another code").SubmitAsync();
        await site.RunAsync();
        await browser.Page.Form("Open the task").Fill("6-digit code", site.Mail.CodeTo(ManagerMail)).SubmitAsync();
        Assert.StartsWith("/tasks/", browser.Page.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_of_a_link_dies_after_ten_minutes()
    {
        await using var site = await TestProgram.StartAsync();
        await site.ReportAsync();
        var browser = site.Browser();
        await browser.OpenAsync(site.Mail.LinkTo(ManagerMail));
        await browser.Page.Form("Email me a code").SubmitAsync();
        await site.RunAsync();
        site.Time.System.Now += TimeSpan.FromMinutes(10);
        await browser.Page.Form("Open the task").Fill("6-digit code", site.Mail.CodeTo(ManagerMail)).SubmitAsync();
        Assert.Contains("too old", browser.Page.ErrorBeside("code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scenario_19_the_due_time_says_its_zone_where_the_hour_comes_twice()
    {
        await using var site = await TestProgram.StartAsync(new() { At = new(2026, 10, 24, 21, 0, 0, TimeSpan.Zero) });
        await site.ReportAsync();
        var page = await site.Browser().OpenAsync(site.Mail.LinkTo(ManagerMail));
        Assert.Contains("Sunday 25 October 2026 at 01:00 GMT", page.MainText, StringComparison.Ordinal);
    }

    /// <summary>What somebody sends who takes no notice of what the page offers.</summary>
    private static async Task PostAsync(WebBrowser browser, string link, string part)
    {
        await browser.OpenAsync(Links.SignIn.Start());
        var token = await browser.TokenAsync();
        await browser.PostAsync(link + (part.Length == 0 || part[0] == '/' ? part : "/" + part), [new(FormLimits.TokenField, token)]);
    }
}
