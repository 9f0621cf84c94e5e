using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Web.Tests.Report;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Safeguarding;

public sealed class AlertTests
{
    private static readonly string[] Leads = ["priya.lathom", "owen.farradale", "grace.oyelland"];

    [Fact]
    public async Task The_form_itself_sends_to_all_leads_and_outside_school_hours_to_those_who_make_sure()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var page = await SendAsync(browser, name: "Alice", telephone: "07700 900111");

        // Nothing else has run: the request sent it.
        var reference = Reference(page);
        Assert.All(Leads, lead => Assert.Equal([$"Act now: safeguarding alert - {reference}"], site.Mail.SubjectsTo(lead)));
        Assert.Single(site.Mail.SubjectsTo("catherine.elmsworth"));
        Assert.Single(site.Mail.SubjectsTo("marcus.wendleby"));
        Assert.DoesNotContain(site.Mail.All, m => m.Message.Body.Contains("in 9B", StringComparison.Ordinal) || m.Message.Body.Contains("told to meet", StringComparison.Ordinal));
        Assert.Equal("Sent. Now please telephone", page.Heading);
        Assert.Contains("Nobody has confirmed yet. Telephone now", page.MainText);
        Assert.Contains("Priya Lathom 07700 900105", page.MainText);
        Assert.Contains("Owen Farradale 07700 900106", page.MainText);
        Assert.Contains("020 7946 0199", page.MainText);
        Assert.Contains("Report abuse of staff", page.MainText);
        var people = await site.PeopleAsync(reference);
        Assert.Equal(("Alice", "07700 900111"), (people.Reporter!.Name, people.Reporter.Telephone));
        Assert.Equal(new AlertStory("A boy in 9B", "He was told to meet somebody.", "Yes"), await site.Get<CaseStore>().NeedAsync<AlertStory>(reference, Rows.Story));
    }

    [Fact]
    public async Task In_school_hours_the_office_is_shown_and_not_the_night_number()
    {
        await using var site = await TestProgram.StartAsync(new() { At = Moments.MondayMorning });
        using var browser = site.Browser();

        var page = await SendAsync(browser);

        Assert.Equal(3, site.Mail.All.Count);
        Assert.Contains("020 7946 0110", page.MainText);
        Assert.DoesNotContain("020 7946 0199", page.MainText);
    }

    [Fact]
    public async Task Checking_again_says_who_confirmed()
    {
        await using var site = await TestProgram.StartAsync(new() { At = Moments.MondayMorning });
        using var browser = site.Browser();
        var page = await SendAsync(browser);
        Assert.Contains("Nobody has confirmed yet", (await page.FollowAsync("Check again")).MainText);

        site.Time.Now += TimeSpan.FromMinutes(12);
        await site.Get<AlertDesk>().AcknowledgeAsync(Reference(page), AlertRecord.TaskId, null, site.As(DemonstrationSeed.DeputyDsl));
        page = await page.FollowAsync("Check again");

        Assert.Equal("The safeguarding lead has your concern", page.Heading);
        Assert.Contains("Owen Farradale confirmed it on Monday 23 November 2026 at 10:12", page.MainText);
        Assert.DoesNotContain("Nobody has confirmed", page.MainText);
    }

    [Fact]
    public async Task Three_fields_are_enough_and_name_and_number_may_be_skipped()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var page = await SendAsync(browser);

        Assert.Null((await site.PeopleAsync(Reference(page))).Reporter);
    }

    [Fact]
    public async Task What_is_missing_is_named_and_what_was_typed_stays()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await browser.OpenAsync("/safeguarding");

        page = await page.Form("Send now").Fill("Which child?", "A boy").Fill("Your name (optional)", "A\r\nBcc: x").SubmitAsync();

        Assert.Equal(400, (int)page.Status);
        Assert.Equal(["Choose the school", "Say what you are worried about", "Your name must be on one line"], page.Errors);
        Assert.Equal("A boy", page.Document.GetElementById("who")!.GetAttribute("value"));
        Assert.Empty(await site.CasesAsync("SG-"));
    }

    [Theory]
    [InlineData("school", "s-999", "Choose the school")]
    [InlineData("danger", "maybe", "Choose one of the answers, or none")]
    public async Task A_value_that_was_not_offered_is_refused(string field, string value, string message)
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await browser.OpenAsync("/safeguarding");

        page = await Filled(page).Set(field, value).SubmitAsync();

        Assert.Equal([message], page.Errors);
    }

    [Fact]
    public async Task When_mail_is_down_the_page_says_not_delivered_and_shows_numbers()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        site.Mail.Down = true;

        var page = await SendAsync(browser);

        Assert.Equal("Not delivered. Please telephone now", page.Heading);
        Assert.Contains("NOT DELIVERED. We have saved it", page.MainText);
        Assert.Contains("07700 900105", page.MainText);
        site.Mail.Down = false;
        site.Time.Now += TimeSpan.FromMinutes(5);
        await site.RunAsync();
        Assert.Equal("Sent. Now please telephone", (await page.FollowAsync("Check again")).Heading);
        Assert.All(Leads, lead => Assert.Single(site.Mail.SubjectsTo(lead)));
    }

    [Fact]
    public async Task A_mail_server_that_does_not_answer_holds_the_page_no_longer_than_the_setting_and_the_mail_still_goes_out()
    {
        await using var site = await TestProgram.StartAsync(new()
        {
            Directory = d => new(d.Settings with { Durations = d.Settings.Durations with { SafeguardingSendWithin = TimeSpan.FromMilliseconds(50) } }, d.Schools, d.People, d.Absences),
        });
        using var browser = site.Browser();
        site.Mail.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var page = await SendAsync(browser);

        Assert.Equal("Not delivered. Please telephone now", page.Heading);
        var reference = Reference(page);
        site.Mail.Hold.SetResult();
        await site.Get<Core.Mail.MailPump>().LandedAsync(reference);
        await site.RunAsync();
        await site.Get<Core.Mail.MailPump>().LandedAsync(reference);
        Assert.All(Leads, lead => Assert.Single(site.Mail.SubjectsTo(lead)));
    }

    [Fact]
    public async Task When_the_store_fails_the_page_says_not_received_with_the_schools_numbers_and_the_text_can_be_sent_again()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var form = Filled(await browser.OpenAsync("/safeguarding"));

        site.Records.FullFor = _ => true;
        var page = await form.SubmitAsync();
        Assert.Equal(503, (int)page.Status);
        Assert.Equal("Not received: please telephone now", page.Heading);
        Assert.Contains("was NOT received", page.MainText);
        Assert.Contains("Priya Lathom 07700 900105", page.MainText);
        Assert.Contains("He was told to meet somebody.", page.MainText);
        Assert.Empty(site.Mail.All);

        site.Records.Dead = true;
        page = await form.SubmitAsync();
        Assert.Equal("Not received: please telephone now", page.Heading);
        Assert.Contains("07700 900105", page.MainText);

        (site.Records.FullFor, site.Records.Dead) = (null, false);
        page = await page.Form("Send again").SubmitAsync();
        Assert.Equal("Sent. Now please telephone", page.Heading);
        Assert.Single(await site.CasesAsync("SG-"));
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_alert_and_a_changed_one_is_another()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var form = Filled(await browser.OpenAsync("/safeguarding"));

        var first = await form.SubmitAsync();
        var second = await form.SubmitAsync();
        Assert.Equal(Reference(first), Reference(second));
        Assert.All(Leads, lead => Assert.Single(site.Mail.SubjectsTo(lead)));
        var third = await form.Fill("What are you worried about?", "He went. He is not back.").SubmitAsync();

        Assert.NotEqual(Reference(first), Reference(third));
        Assert.Equal(2, (await site.CasesAsync("SG-")).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public async Task An_altered_form_number_never_stands_in_the_way(string seed)
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var page = await Filled(await browser.OpenAsync("/safeguarding")).Set("form", seed).SubmitAsync();

        Assert.Equal("Sent. Now please telephone", page.Heading);
    }

    [Fact]
    public async Task With_reference_and_code_the_page_opens_again_elsewhere()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        using var other = site.Browser();
        var page = await SendAsync(browser);
        var code = WebPage.Words(page.Document.QuerySelector(".pf-code")!);
        Assert.True(Receipts.Matches(code, (await site.Get<CaseStore>().NeedAsync<AlertRecord>(Reference(page), Rows.Case)).ReceiptHash));

        var again = await Walk.ReceiptAsync(other, Reference(page), code);

        Assert.Equal("/safeguarding/sent", again.Path);
        Assert.Contains("Nobody has confirmed yet", again.MainText);
        Assert.DoesNotContain(code, again.Html);
        Assert.Equal("/receipt", (await site.Browser().OpenAsync("/safeguarding/sent")).Path);
    }

    [Fact]
    public async Task A_text_of_script_is_shown_as_text_and_a_long_one_is_refused_in_its_field()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await browser.OpenAsync("/safeguarding");

        page = await Filled(page).Fill("Which child?", "<script>alert(1)</script>").Fill("What are you worried about?", new string('a', 100_000)).SubmitAsync();

        Assert.Equal("What you are worried about must be 4000 characters or fewer. You entered 100000.", page.ErrorBeside("what"));
        Assert.DoesNotContain("<script>alert", page.Html);
        Assert.Contains(new string('a', 100_000), page.Html);
    }

    private static async Task<WebPage> SendAsync(WebBrowser browser, string? name = null, string? telephone = null)
    {
        var form = Filled(await browser.OpenAsync("/safeguarding"));
        if (name is not null) form.Fill("Your name (optional)", name);
        if (telephone is not null) form.Fill("Your telephone number (optional)", telephone);
        var page = await form.SubmitAsync();
        Assert.Equal("/safeguarding/sent", page.Path);
        return page;
    }

    private static WebForm Filled(WebPage page) => page.Form("Send now").Choose("Quillmoor Academy").Fill("Which child?", "A boy in 9B")
        .Fill("What are you worried about?", "He was told to meet somebody.").Choose("Yes", "Is anyone in danger now? (optional)");

    private static string Reference(WebPage page) => WebPage.Words(page.Document.QuerySelector(".govuk-summary-list__value")!);
}
