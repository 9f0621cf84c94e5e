using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Report;

public sealed class ReportJourneyTests
{
    [Fact]
    public async Task A_report_with_a_link_and_a_screenshot_is_received_and_confirmed_after_at_most_eight_screens()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var sent = await Walk.SendAsync(browser, new() { Screenshot = true, Name = "Alice Penhallick", Email = "Alice.Penhallick@polygon.example" });

        var screens = browser.Answers.Where(a => a.Method == HttpMethod.Get).Select(a => a.Address.AbsolutePath).Where(p => p != "/report/sent").Distinct().ToList();
        Assert.True(screens.Count <= 8, string.Join(' ', screens));
        Assert.Matches("^INC-[2-9A-Z]{8}$", sent.Reference);
        Assert.Contains("Ruth Ashdown, senior manager, reads it", sent.Page.MainText);
        Assert.Contains("By Monday 23 November 2026 at 02:00", sent.Page.MainText);
        Assert.Contains("Imran Castellan, deputy senior manager, is asked as well", sent.Page.MainText);
        Assert.Contains("at Monday 23 November 2026 at 10:00Marcus Wendleby, headteacher", sent.Page.MainText);
        Assert.Contains("Do not reply", sent.Page.MainText);
        Assert.Contains("Do not delete anything", sent.Page.MainText);
        Assert.Contains("08000 562 561", sent.Page.MainText);
        Assert.DoesNotContain("not delivered", sent.Page.MainText);

        var incident = await site.IncidentAsync(sent.Reference);
        Assert.True(Receipts.Matches(sent.Code, incident.ReceiptHash));
        Assert.Equal((1, 1), (incident.Targets, incident.Evidence));
        var people = await site.PeopleAsync(sent.Reference);
        Assert.True(people.ReportedForSelf);
        Assert.Equal(DemonstrationSeed.Teacher, people.Reporter!.PersonId);
        var target = await site.Get<CaseStore>().NeedAsync<TargetRecord>(sent.Reference, Rows.Target(1));
        Assert.Equal(("facebook", "https://www.facebook.com/groups/1/posts/2", "https://www.facebook.com/groups/1/posts/2?fbclid=abc"), (target.HostId, target.Address, target.AddressAsGiven));
        Assert.Equal("A parent insulted me in a post.", (await site.Get<CaseStore>().NeedAsync<IncidentStory>(sent.Reference, Rows.Story)).WhatHappened);

        await site.RunAsync();
        Assert.Equal([$"Decision needed by Mon 02:00 - {sent.Reference}"], site.Mail.SubjectsTo("ruth.ashdown"));
        Assert.Equal([$"We have your report - {sent.Reference}"], site.Mail.SubjectsTo("alice.penhallick"));
    }

    [Fact]
    public async Task Only_the_school_what_happened_and_I_cannot_get_it_now_are_required()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var page = await Walk.ToAsync(browser, "/report/school");
        page = await page.Form().Choose("Sandlebrook School", "School").SubmitAsync();
        page = await page.Form().Fill("What happened?", "Calls at night.").SubmitAsync();
        page = await page.Form("Continue").Choose("I cannot get it now").SubmitAsync("Continue");
        page = await page.Form("Continue without a file").SubmitAsync();
        page = await page.Form().SubmitAsync();
        page = await page.Form().SubmitAsync();
        var sent = Walk.Read(await page.Form("Send report").SubmitAsync());

        Assert.Contains("Amara Coldwick", sent.Page.MainText);
        var people = await site.PeopleAsync(sent.Reference);
        Assert.True(people.ReportedForSelf);
        Assert.Equal(CasePeople.ReporterKey, people.KeyOfHarmed);
        await site.RunAsync();
        Assert.Single(site.Mail.All);
    }

    [Fact]
    public async Task A_child_at_risk_comes_first()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var page = await browser.OpenAsync("/report");
        Assert.Equal("Is a child at risk?", page.Heading);
        page = await page.Form("Continue").Choose("Yes, or I am worried that one may be").SubmitAsync();

        Assert.Equal("Tell the safeguarding lead", page.Heading);
    }

    [Fact]
    public async Task A_group_without_an_address_is_enough_and_several_targets_are_kept()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ToAsync(browser, "/report/where");

        page = await page.Form("Continue").Fill("Account name, telephone number or group (optional)", "Year 9 parents").Choose("WhatsApp", "Website or app (optional)")
            .Choose("A group or group chat", "What is it? (optional)").SubmitAsync("Keep this and add another");
        Assert.Contains("Group on WhatsApp: Year 9 parents", page.MainText);
        page = await page.Form("Continue").Fill("Link (optional)", "vm.tiktok.com/ZM1").Choose("It is on one of the school's own accounts or pages").SubmitAsync("Keep this and add another");
        page = await page.Form("Continue").Fill("Account name, telephone number or group (optional)", "@wrong").SubmitAsync("Keep this and add another");
        page = await page.Form("Remove Account: @wrong").SubmitAsync("Remove Account: @wrong");
        Assert.DoesNotContain("@wrong", page.MainText);
        page = await page.Form("Continue").SubmitAsync("Continue");
        page = await page.Form("Continue without a file").SubmitAsync();
        page = await (await page.Form().SubmitAsync()).Form().SubmitAsync();
        var sent = Walk.Read(await page.Form("Send report").SubmitAsync());

        var targets = (await site.Get<CaseStore>().ListAsync<TargetRecord>(sent.Reference, Rows.TargetPrefix)).Select(t => t.Value).ToList();
        Assert.Equal([(TargetKind.Group, "whatsapp", false), (TargetKind.Post, "tiktok", true)], targets.Select(t => (t.Kind, t.HostId, t.OwnAccount)));
        Assert.Equal("Year 9 parents", targets[0].Handle);
    }

    [Fact]
    public async Task For_a_colleague_the_colleague_is_asked_and_told_and_the_reporter_is_not_the_person_harmed()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var sent = await Walk.SendAsync(browser, new() { ForColleague = true, ColleagueName = "Tom", ColleagueEmail = "tom.varnholt@polygon.example", Email = "alice.penhallick@polygon.example" });
        await site.RunAsync();

        Assert.DoesNotContain("Would you like support?", sent.Page.MainText);
        Assert.Contains("What they answer stays between them and the school", sent.Page.MainText);
        var people = await site.PeopleAsync(sent.Reference);
        Assert.Equal((DemonstrationSeed.Teacher, DemonstrationSeed.SecondTeacher), (people.Reporter!.PersonId, people.Harmed!.PersonId));
        Assert.Equal(2, site.Mail.SubjectsTo("tom.varnholt").Count);
        Assert.True((await site.TaskAsync(sent.Reference, "agreement-1")).IsOpen);
    }

    [Fact]
    public async Task A_colleague_of_whom_nothing_is_said_is_still_not_the_reporter()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var sent = await Walk.SendAsync(browser, new() { ForColleague = true });

        Assert.False((await site.PeopleAsync(sent.Reference)).ReportedForSelf);
    }

    [Fact]
    public async Task Whoever_is_ticked_as_involved_is_left_out_and_the_next_person_is_shown_before_sending()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ToAsync(browser, "/report/people");
        Assert.Contains("it goes first to Ruth Ashdown, senior manager", page.MainText);

        page = await page.Form().Choose("Ruth Ashdown").Fill("Is anyone else at work involved? (optional)", "Her brother").SubmitAsync();
        Assert.Equal("/report/people", page.Path);
        Assert.Contains("Ruth Ashdown will not see anything of your report.It goes to Imran Castellan, deputy senior manager.", page.MainText);
        page = await page.Form().SubmitAsync();
        Assert.Equal("/report/check", page.Path);
        var sent = Walk.Read(await page.Form("Send report").SubmitAsync());
        await site.RunAsync();

        Assert.Equal([DemonstrationSeed.Manager], (await site.IncidentAsync(sent.Reference)).NamedPersonIds);
        Assert.Equal("Her brother", (await site.PeopleAsync(sent.Reference)).InvolvedText);
        Assert.Empty(site.Mail.SubjectsTo("ruth.ashdown"));
        Assert.Single(site.Mail.SubjectsTo("imran.castellan"));
        Assert.Contains("Imran Castellan, deputy senior manager, reads it", sent.Page.MainText);
    }

    [Fact]
    public async Task When_everybody_of_the_school_is_ticked_the_next_people_are_offered_and_somebody_must_be_left()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ToAsync(browser, "/report/people");

        page = await page.Form().Choose("Ruth Ashdown").Choose("Imran Castellan").Choose("Helen Thorogate").Choose("Marcus Wendleby").SubmitAsync();
        Assert.Contains("It goes to Catherine Elmsworth, trust lead", page.MainText);
        page = await page.Form().Choose("Catherine Elmsworth").SubmitAsync();
        Assert.Contains("It goes to Robert Nightingate, chair of governors", page.MainText);
        page = await page.Form().Choose("Robert Nightingate").SubmitAsync();

        Assert.Equal(400, (int)page.Status);
        Assert.Contains("Leave at least one person unticked", page.ErrorBeside("named"));
    }

    [Fact]
    public async Task A_person_who_is_away_can_be_ticked_as_well_as_the_one_who_stands_in()
    {
        await using var site = await TestProgram.StartAsync(new() { Directory = d => Trust.Away(d, DemonstrationSeed.Manager, DemonstrationSeed.Substitute) });
        using var browser = site.Browser();

        var page = await Walk.ToAsync(browser, "/report/people");
        Assert.Contains("first to Peter Hollinsby, senior manager, standing in for Ruth Ashdown", page.MainText);
        page = await page.Form().Choose("Ruth Ashdown").SubmitAsync();

        Assert.Contains("It goes to Imran Castellan", page.MainText);
    }

    [Fact]
    public async Task The_senior_manager_who_reports_for_herself_is_not_asked_and_keeps_her_rights_even_if_she_ticks_herself()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var sent = await Walk.SendAsync(browser, new() { Email = "ruth.ashdown@polygon.example", Involved = ["Ruth Ashdown"] });
        await site.RunAsync();

        Assert.Empty((await site.IncidentAsync(sent.Reference)).NamedPersonIds);
        Assert.Equal([DemonstrationSeed.FirstDeputy], (await site.TaskAsync(sent.Reference, "decide-1")).CurrentHolders.Select(h => h.PersonKey));
    }

    [Fact]
    public async Task No_page_says_whether_an_address_is_in_the_directory()
    {
        await using var site = await TestProgram.StartAsync();
        var seen = new List<string>();
        foreach (var (own, colleague) in new[] { ("alice.penhallick@polygon.example", "tom.varnholt@polygon.example"), ("alice.unknown000@polygon.example", "tom.unknown0@polygon.example") })
        {
            using var browser = site.Browser();
            var filled = new Filled { ForColleague = true, ColleagueEmail = colleague, Email = own };
            var check = await Walk.ToAsync(browser, "/report/check", filled);
            var people = await browser.OpenAsync("/report/people");
            var sent = Walk.Read(await (await browser.OpenAsync("/report/check")).Form("Send report").SubmitAsync());
            seen.Add((check.MainText + people.MainText + sent.Page.MainText).Replace(own, "OWN", StringComparison.Ordinal).Replace(colleague, "COLLEAGUE", StringComparison.Ordinal)
                .Replace(sent.Reference, "REF", StringComparison.Ordinal).Replace(sent.Code, "CODE", StringComparison.Ordinal));
        }

        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public async Task Answers_can_be_changed_from_the_check_page_and_lead_back_to_it()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ToAsync(browser, "/report/check");

        page = await page.FollowAsync("Change (What happened)");
        Assert.Contains("A parent insulted me in a post.", page.Html);
        page = await page.Form().Fill("What happened?", "A pupil did.").SubmitAsync();
        Assert.Equal("/report/check", page.Path);
        Assert.Contains("A pupil did.", page.MainText);
        page = await page.FollowAsync("Change (Which school)");
        page = await page.Form().Choose("Sandlebrook School", "School").SubmitAsync();

        Assert.Equal("/report/people", page.Path);
        Assert.Contains("Amara Coldwick", page.MainText);
    }

    [Fact]
    public async Task Pages_out_of_order_lead_to_what_is_missing()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        foreach (var path in new[] { "school", "what", "where", "files", "you", "people", "check", "sent" })
            Assert.Equal("/report", (await browser.OpenAsync("/report/" + path)).Path);

        await Walk.ToAsync(browser, "/report/school");
        var page = await browser.OpenAsync("/report/check");
        page = await page.Form("Send report").SubmitAsync();

        Assert.Equal(400, (int)page.Status);
        Assert.Equal(["Choose the school", "Say what happened", "Enter a link or a name, add a file, or say that you cannot get it now"], page.Errors);
        Assert.StartsWith("Error: ", page.Title);
        Assert.Empty(await site.CasesAsync("INC-"));
    }

    [Fact]
    public async Task Every_page_has_a_way_out_and_the_way_out_is_harmless()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        await Walk.SendAsync(browser, new() { Screenshot = true });

        var shown = browser.Answers.Where(a => a.Answer.Content.Headers.ContentType?.MediaType == "text/html").ToList();
        Assert.NotEmpty(shown);
        foreach (var (_, address, answer) in shown)
            Assert.True((await answer.Content.ReadAsStringAsync()).Contains("Exit this page", StringComparison.Ordinal), address.ToString());
        Assert.DoesNotContain("report", (await browser.OpenAsync("/posture")).MainText, StringComparison.OrdinalIgnoreCase);
    }
}
