using System.Text.RegularExpressions;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Support;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Web.Tests.Report;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Receipt;

public sealed partial class ReceiptTests
{
    [Fact]
    public async Task Reference_and_code_open_the_page_on_any_device_however_they_are_typed()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        using var phone = site.Browser();
        var sent = await Walk.SendAsync(browser);
        await site.RunAsync();

        var page = await Walk.ReceiptAsync(phone, $" {sent.Reference.ToLowerInvariant()} ", sent.Code.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant());

        Assert.Equal("/receipt/status", page.Path);
        Assert.Equal("Your report is being read", page.Heading);
        Assert.Contains("Ruth Ashdown, senior manager, has been asked to decide what to do by Monday 23 November 2026 at 02:00", page.MainText);
    }

    [Fact]
    public async Task An_unknown_reference_and_a_wrong_code_get_the_same_answer()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser);
        using var stranger = site.Browser();

        var wrong = await Walk.ReceiptAsync(stranger, sent.Reference, "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA");
        var unknown = await Walk.ReceiptAsync(stranger, "INC-22222222", "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA");

        Assert.Equal((400, 400), ((int)wrong.Status, (int)unknown.Status));
        Assert.Equal("The reference and the code do not belong together. Check both", unknown.ErrorBeside("code"));
        Assert.Equal(wrong.MainText, unknown.MainText);
        Assert.Equal("/receipt", (await stranger.OpenAsync("/receipt/status")).Path);
    }

    [Theory]
    [InlineData("", "", "Enter the reference, like INC-7K3M9QRS")]
    [InlineData("draft-1234", "x", "Enter the reference as it was shown to you. It begins with INC- or SG-")]
    [InlineData("INC-/../case", "x", "Enter the reference as it was shown to you. It begins with INC- or SG-")]
    [InlineData("OPS-20261122", "x", "Enter the reference as it was shown to you. It begins with INC- or SG-")]
    public async Task A_reference_that_cannot_be_one_is_named(string reference, string code, string message)
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var page = await Walk.ReceiptAsync(browser, reference, code);

        Assert.Equal(400, (int)page.Status);
        Assert.Equal(message, page.ErrorBeside("reference"));
    }

    [Fact]
    public async Task After_five_wrong_codes_even_the_right_one_has_to_wait_and_unknown_references_behave_alike()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser);
        using var stranger = site.Browser();
        foreach (var reference in new[] { sent.Reference, "INC-22222222" })
        {
            for (var i = 0; i < 5; i++) Assert.Equal(400, (int)(await Walk.ReceiptAsync(stranger, reference, "WRONG")).Status);
            var locked = await Walk.ReceiptAsync(stranger, reference, sent.Code);
            Assert.Equal(429, (int)locked.Status);
            Assert.StartsWith("That was tried too often. Wait 10 minutes", locked.ErrorBeside("code"));
        }

        site.Time.Now += TimeSpan.FromMinutes(10);

        Assert.Equal("/receipt/status", (await Walk.ReceiptAsync(stranger, sent.Reference, sent.Code)).Path);
    }

    [Fact]
    public async Task The_visit_ends_after_two_hours_and_when_the_reporter_closes_it()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser);
        site.Time.Now += TimeSpan.FromHours(2);
        Assert.Equal("/receipt", (await browser.OpenAsync("/receipt/status")).Path);

        var page = await Walk.ReceiptAsync(browser, sent.Reference, sent.Code);
        page = await page.Form("Close my report on this device").SubmitAsync();

        Assert.Equal("/", page.Path);
        Assert.Equal("/receipt", (await browser.OpenAsync("/receipt/status")).Path);
        Assert.Equal(403, (int)(await browser.OpenAsync($"/tasks/{sent.Reference}/decide-1")).Status);
    }

    [Fact]
    public async Task The_way_of_a_removal_is_told_step_by_step()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser, new() { Screenshot = true });
        await site.RunAsync();
        site.Time.Now += TimeSpan.FromHours(1);
        await DecideAsync(site, sent.Reference, IncidentRoute.Takedown);
        var page = await browser.OpenAsync("/receipt/status");
        Assert.Equal("The school is dealing with it", page.Heading);
        Assert.Contains("The school asks for it to be removed.", page.MainText);
        Assert.Contains("The school asks Facebook to remove it by Monday 23 November 2026 at 22:00.", page.MainText);
        Assert.Contains("screen.png, 29 bytes", page.MainText);
        Assert.Empty(page.Document.QuerySelectorAll("a[href*=evidence]"));

        site.Time.Now += TimeSpan.FromHours(1);
        await site.Get<TakedownDesk>().FiledAsync(sent.Reference, new("file-01", site.Time.Now, "R-1"), site.As(DemonstrationSeed.Manager));
        await site.RunAsync();
        Assert.Contains("Facebook was asked on Monday 23 November 2026 at 00:00. A person looks on Tuesday 24 November 2026 at 00:00 whether it is gone.", (await browser.OpenAsync("/receipt/status")).MainText);

        foreach (var (hours, task) in new[] { (24, "check-01-1"), (24, "check-01-2") })
        {
            site.Time.Now += TimeSpan.FromHours(hours);
            await site.RunAsync();
            await site.Get<TakedownDesk>().CheckedAsync(sent.Reference, new(task, CheckOutcome.Gone), site.As(DemonstrationSeed.Manager));
        }

        page = await Walk.ReceiptAsync(browser, sent.Reference, sent.Code);
        Assert.Contains("Gone. Seen twice, last on Wednesday 25 November 2026 at 00:00.", page.MainText);
    }

    [Fact]
    public async Task An_overdue_decision_is_not_hidden()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser);
        await site.RunAsync();
        site.Time.Now += TimeSpan.FromHours(13);
        await site.RunAsync();

        var page = await Walk.ReceiptAsync(browser, sent.Reference, sent.Code);

        Assert.Contains("It should have been decided by Monday 23 November 2026 at 02:00. Ruth Ashdown, senior manager; Imran Castellan, deputy senior manager; and Marcus Wendleby, headteacher, have been asked.", page.MainText);
    }

    [Fact]
    public async Task No_action_shows_the_reason_and_offers_one_second_look()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser);
        await site.RunAsync();
        await DecideAsync(site, sent.Reference, IncidentRoute.NoAction);
        var page = await browser.OpenAsync("/receipt/status");
        Assert.Equal("Your report is closed", page.Heading);
        Assert.Contains("It is insulting.", page.MainText);

        page = await page.FollowAsync("Ask for a second look");
        page = await page.Form().SubmitAsync();
        Assert.Equal("Say in a sentence what should be looked at again", page.ErrorBeside("why"));
        Assert.Contains("to take no action. The reason given:", page.MainText);
        page = await page.Form().Fill("What should be looked at again?", "There was a second comment.").SubmitAsync();
        await site.RunAsync();

        Assert.Equal("Your report is being looked at a second time", (await browser.OpenAsync("/receipt/status")).Heading);
        Assert.True((await site.TaskAsync(sent.Reference, "second-look-1")).IsOpen);
        Assert.DoesNotContain("Ask for a second look", browser.Page.MainText);
        Assert.Equal("/receipt/status", (await browser.OpenAsync("/receipt/second-look")).Path);
    }

    [Fact]
    public async Task A_second_look_cannot_be_asked_for_after_its_time()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser);
        await site.RunAsync();
        await DecideAsync(site, sent.Reference, IncidentRoute.NoAction);
        site.Time.Now += TimeSpan.FromDays(14);

        var page = await Walk.ReceiptAsync(browser, sent.Reference, sent.Code);

        Assert.DoesNotContain("Ask for a second look", page.MainText);
        Assert.False(await site.Get<ClosingDesk>().AskSecondLookAsync(sent.Reference, "late", site.As(CasePeople.ReporterKey)));
    }

    [Fact]
    public async Task It_happened_again_is_a_second_takedown_of_the_same_report()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser);
        await site.RunAsync();
        await DecideAsync(site, sent.Reference, IncidentRoute.Takedown);
        site.Time.Now += TimeSpan.FromHours(1);

        var page = await (await browser.OpenAsync("/receipt/status")).FollowAsync("Add to this report");
        Assert.Empty(page.Document.QuerySelectorAll("input[type=file]"));
        page = await page.Form().Fill("What is new?", "It happened again.").Fill("Link (optional)", "https://www.facebook.com/groups/1/posts/3").SubmitAsync();

        Assert.Equal("/receipt/status", page.Path);
        Assert.Contains("It happened again.", page.MainText);
        var takedown = await site.Get<CaseStore>().NeedAsync<TakedownRecord>(sent.Reference, Rows.Takedown(2));
        Assert.Equal(site.Time.Now, takedown.ClockStart);
        Assert.Single((await site.IncidentAsync(sent.Reference)).Decisions);
    }

    [Fact]
    public async Task A_file_is_added_after_the_question_and_refused_without_it()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser);
        var page = await (await browser.OpenAsync("/receipt/add")).FollowAsync("Add it with a file");
        page = await page.Form().SubmitAsync();
        Assert.Equal("Say whether any of it is, or could be, a sexual image of someone under 18", page.ErrorBeside("images"));
        Assert.Equal("/safeguarding", (await page.Form().Choose("Yes, or maybe").SubmitAsync()).Path);
        page = await page.Form().Choose("No").SubmitAsync();

        var refused = await page.Form().Fill("What is new?", "A picture").Attach("A file (optional)", "a.exe", SampleFiles.Png).SubmitAsync();
        Assert.StartsWith("The selected file must be a picture", refused.ErrorBeside("file"));
        Assert.Contains("A picture", refused.Html);
        var unasked = await page.Form().Fill("What is new?", "A picture").Attach("A file (optional)", "a.png", SampleFiles.Png).Without("images").SubmitAsync();
        Assert.Equal("Answer the question about images first, then add the file", unasked.ErrorBeside("text"));
        Assert.Equal(0, (await site.IncidentAsync(sent.Reference)).Evidence);
        page = await page.Form().Fill("What is new?", "A picture").Attach("A file (optional)", "a.png", SampleFiles.Png).SubmitAsync();

        Assert.Contains("a.png, 29 bytes", page.MainText);
        Assert.Equal(1, (await site.IncidentAsync(sent.Reference)).Evidence);
        Assert.Single(site.EvidenceFiles);
    }

    [Theory]
    [InlineData("text", "", "text", "Say what is new, in a few words")]
    [InlineData("link", "javascript:alert(1)", "link", "The link must start with http:// or https://. If it is something else, leave it empty and describe where it is")]
    [InlineData("kind", "Ghost", "kind", "Choose what it is")]
    [InlineData("platform", "bebo", "platform", "Choose the website or app from the list")]
    public async Task A_wrong_addition_is_named_beside_its_field(string field, string value, string beside, string message)
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser);

        var page = await (await browser.OpenAsync("/receipt/add")).Form().Fill("What is new?", "Again").Set("handle", "@x").Set(field, value).SubmitAsync();

        Assert.Equal(400, (int)page.Status);
        Assert.Equal(message, page.ErrorBeside(beside));
        Assert.Equal(0, (await site.IncidentAsync(sent.Reference)).Messages);
    }

    [Theory]
    [InlineData(4_001)]
    [InlineData(16 * 1024 + 1)]
    [InlineData(200_000)]
    public async Task An_addition_that_is_too_long_is_named_beside_its_field_with_everything_kept(int characters)
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser);
        var text = new string('t', characters);

        var page = await (await browser.OpenAsync("/receipt/add")).Form().Fill("What is new?", text).Set("handle", "@again").SubmitAsync();

        Assert.Equal(400, (int)page.Status);
        Assert.Equal($"What you write must be 4000 characters or fewer. You entered {characters}.", page.ErrorBeside("text"));
        Assert.Equal(text, WebPage.Words(page.Document.GetElementById("text")!));
        Assert.Equal("@again", page.Document.GetElementById("handle")!.GetAttribute("value"));
        Assert.Equal(0, (await site.IncidentAsync(sent.Reference)).Messages);
    }

    [Fact]
    public async Task An_addition_after_the_visit_has_ended_keeps_its_text_on_the_page()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        await Walk.SendAsync(browser);
        var form = (await browser.OpenAsync("/receipt/add")).Form().Fill("What is new?", "A long story.");
        site.Time.Now += TimeSpan.FromHours(3);

        var page = await form.SubmitAsync();

        Assert.Equal(400, (int)page.Status);
        Assert.Contains("You have been away for more than 2 hours", page.Errors[0]);
        Assert.Contains("A long story.", page.Html);
    }

    [Fact]
    public async Task A_lost_code_is_recovered_by_mail()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        using var phone = site.Browser();
        var sent = await Walk.SendAsync(browser, new() { Email = "reporter@home.example" });
        var page = await (await phone.OpenAsync("/receipt")).FollowAsync("I have lost the code");

        page = await page.Form().Fill("Reference", sent.Reference).Fill("Email address", "Reporter@Home.example").SubmitAsync();
        await site.RunAsync();
        Assert.Equal("Enter the code from the email", page.Heading);
        var digits = Digits().Match(site.Mail.All.Last(m => m.Message.ToAddress == "reporter@home.example").Message.Body).Value;
        page = await page.Form().Fill("6-digit code", digits == "000000" ? "000001" : "000000").SubmitAsync();
        Assert.StartsWith("That code is not right, or it is older than 10 minutes", page.ErrorBeside("digits"));
        page = await page.Form().Fill("6-digit code", digits).SubmitAsync();

        Assert.Equal("/receipt/status", page.Path);
        Assert.Contains(sent.Reference, page.MainText);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_does_not_match_looks_the_same_and_mails_nobody(bool known)
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        using var stranger = site.Browser();
        var sent = await Walk.SendAsync(browser, new() { Email = "reporter@home.example" });
        await site.RunAsync();
        var mails = site.Mail.All.Count;
        var page = await (await stranger.OpenAsync("/receipt")).FollowAsync("I have lost the code");

        page = await page.Form().Fill("Reference", known ? sent.Reference : "INC-22222222").Fill("Email address", "other@home.example").SubmitAsync();
        await site.RunAsync();

        Assert.Equal("Enter the code from the email", page.Heading);
        Assert.Equal(mails, site.Mail.All.Count);
        for (var i = 0; i < 4; i++) Assert.StartsWith("That code is not right", (await page.Form().Fill("6-digit code", "123456").SubmitAsync()).ErrorBeside("digits"));
        Assert.Equal("That was tried too often. Ask for a new code", (await page.Form().Fill("6-digit code", "123456").SubmitAsync()).ErrorBeside("digits"));
        Assert.Equal("/receipt", (await stranger.OpenAsync("/receipt/status")).Path);
    }

    [Fact]
    public async Task A_mailed_code_dies_after_five_wrong_tries_and_after_ten_minutes()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser, new() { Email = "reporter@home.example" });
        foreach (var old in new[] { false, true })
        {
            var page = await (await browser.OpenAsync("/receipt/lost-code")).Form().Fill("Reference", sent.Reference).Fill("Email address", "reporter@home.example").SubmitAsync();
            await site.RunAsync();
            var digits = Digits().Match(site.Mail.All[^1].Message.Body).Value;
            var wrong = digits == "000000" ? "000001" : "000000";
            if (old) site.Time.Now += TimeSpan.FromMinutes(10);
            else for (var i = 0; i < 5; i++) page = await page.Form().Fill("6-digit code", wrong).SubmitAsync();

            page = await page.Form().Fill("6-digit code", digits).SubmitAsync();

            Assert.Equal(400, (int)page.Status);
        }
    }

    [Fact]
    public async Task Support_is_offered_on_the_confirmation_and_the_answer_can_be_changed_later()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser);

        var page = await sent.Page.Form("Save my answer").SubmitAsync();
        Assert.Equal("Say whether you would like support, or leave it for now", page.ErrorBeside("support"));
        page = await (await browser.OpenAsync("/report/sent")).Form("Save my answer").Choose("Maybe later").SubmitAsync();
        Assert.Equal("/report/sent", page.Path);
        Assert.Contains("You said maybe later", page.MainText);
        page = await (await browser.OpenAsync("/receipt/status")).Form("Save my answer").Choose("Yes, please").SubmitAsync();

        Assert.Contains("Somebody at your school arranges it", page.MainText);
        Assert.Equal("accepted", (await site.Get<CaseStore>().NeedAsync<SupportRecord>(sent.Reference, Rows.SupportPrefix + "01")).Answer);
        Assert.True((await site.TaskAsync(sent.Reference, "support-arrange-1")).IsOpen);
    }

    [Fact]
    public async Task What_only_the_person_harmed_may_file_stands_on_the_receipt_page_also_without_an_address()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser, new() { Link = null, Handle = "Year 9 parents", Platform = "WhatsApp", Kind = "A group or group chat" });
        await site.RunAsync();
        await DecideAsync(site, sent.Reference, IncidentRoute.Takedown);

        var page = await browser.OpenAsync("/receipt/status");
        Assert.Contains("Only you can ask WhatsApp. See \"For you to do\".", page.MainText);
        Assert.Contains(site.Mail.SubjectsTo("ruth.ashdown"), s => s.Contains("waits", StringComparison.Ordinal));
        page = await page.FollowAsync("Ask the website to remove it");
        Assert.Equal($"/tasks/{sent.Reference}/file-01", page.Path);
        Assert.Contains("Year 9 parents", page.Html);
        page = await page.Form("Record that it was sent").Set("when", "now").Set("reference", "W-1").SubmitAsync();
        Assert.Equal(200, (int)page.Status);

        page = await browser.OpenAsync("/receipt/status");
        Assert.Contains("WhatsApp was asked on Sunday 22 November 2026 at 22:00.", page.MainText);
        Assert.DoesNotContain("For you to do", page.MainText);
    }

    [Fact]
    public async Task Consent_to_the_police_is_given_and_taken_back_on_the_receipt_page()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser);
        await site.RunAsync();
        await DecideAsync(site, sent.Reference, IncidentRoute.Police);
        var page = await browser.OpenAsync("/receipt/status");
        Assert.Contains("Nothing is said to the police until you have answered.", page.MainText);

        page = await page.FollowAsync("Say whether the police may be told");
        await page.Form().Set("answer", "YesWithoutName").SubmitAsync();
        await site.RunAsync();
        page = await browser.OpenAsync("/receipt/status");
        Assert.Contains("You agreed, without your name.", page.MainText);
        page = await page.Form("I have changed my mind: do not tell the police").SubmitAsync();

        Assert.Contains("You changed your mind. The police are not told.", page.MainText);
        await site.RunAsync();
        Assert.False((await site.TaskAsync(sent.Reference, "police-report-1")).IsOpen);
    }

    [Fact]
    public async Task A_reporter_never_learns_what_the_colleague_answered()
    {
        await using var site = await TestProgram.StartAsync();
        var pages = new List<string>();
        foreach (var agrees in new[] { true, false })
        {
            using var browser = site.Browser();
            var sent = await Walk.SendAsync(browser, new() { ForColleague = true, ColleagueName = "Tom", ColleagueEmail = "tom.varnholt@polygon.example" });
            await site.RunAsync();
            await site.Get<DecisionDesk>().DecideAsync(sent.Reference, new("decide-1", [IncidentRoute.Takedown, IncidentRoute.Police, IncidentRoute.Support], Ground.Threat, "A threat."), site.As(DemonstrationSeed.Manager));
            await site.RunAsync();
            await site.Get<AgreementDesk>().AnswerAsync(sent.Reference, "agreement-1", agrees, site.As(DemonstrationSeed.SecondTeacher));
            await site.Get<SupportDesk>().AnswerAsync(sent.Reference, agrees ? "accepted" : "declined", site.As(DemonstrationSeed.SecondTeacher));
            await site.RunAsync();
            var page = await browser.OpenAsync("/receipt/status");
            pages.Add(page.MainText.Replace(sent.Reference, "REF", StringComparison.Ordinal));
            var status = page.MainText.Split("Somebody to talk to")[0];
            foreach (var word in new[] { "police", "support", "agree" }) Assert.DoesNotContain(word, status, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(403, (int)(await browser.OpenAsync($"/tasks/{sent.Reference}/agreement-1")).Status);
        }

        Assert.Equal(pages[0], pages[1]);
    }

    [Fact]
    public async Task Nobody_can_answer_for_a_colleague_or_withdraw_for_them()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var sent = await Walk.SendAsync(browser, new() { ForColleague = true, ColleagueName = "Tom" });
        var token = (await browser.OpenAsync("/receipt/add")).Form().Fields[0].Value;

        var support = await browser.PostAsync("/receipt/support", [new("_token", token), new("support", "accepted")]);
        var withdraw = await browser.PostAsync("/receipt/police/withdraw", [new("_token", token)]);

        Assert.Equal(("/receipt", "/receipt"), (support.Path, withdraw.Path));
        Assert.Null(await site.Get<CaseStore>().GetAsync<SupportRecord>(sent.Reference, Rows.SupportPrefix + "01"));
    }

    private static async Task DecideAsync(TestProgram site, string reference, IncidentRoute route)
    {
        await site.Get<DecisionDesk>().DecideAsync(reference, new("decide-1", [route], Ground.Harassment, "It is insulting."), site.As(DemonstrationSeed.Manager));
        await site.RunAsync();
    }

    [GeneratedRegex(@"(?m)^\d{6}", RegexOptions.None, 1000)]
    private static partial Regex Digits();
}
