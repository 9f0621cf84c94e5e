using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Report;

public sealed class HostileInputTests
{
    private const string Script = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

    [Theory]
    [InlineData("/report", "", "child", "Say whether a child is at risk")]
    [InlineData("/report/school", "for=self", "school", "Choose the school")]
    [InlineData("/report/school", "school=s-999&for=self", "school", "Choose the school")]
    [InlineData("/report/school", "school=s-101&for=king", "for", "Say whether you report for yourself or for a colleague")]
    [InlineData("/report/school", "school=s-101&for=self&colleague-name=Tom", "for", "Say whether you report for yourself or for a colleague. You entered a colleague's name or address")]
    [InlineData("/report/school", "school=s-101&for=colleague&colleague-email=tom", "colleague-email", "Your colleague's email address must be an email address in the correct format, like name@school.example")]
    [InlineData("/report/school", "school=s-101&for=colleague&colleague-name=Tom%0D%0ABcc: x", "colleague-name", "Your colleague's name must be on one line")]
    [InlineData("/report/what", "", "what", "Say what happened, in a few words if you like")]
    [InlineData("/report/what", "what=x&account=bank", "account", "Choose one of the accounts, or none")]
    [InlineData("/report/what", "what=x&seen=a%0Ab", "seen", "When you saw it must be on one line")]
    [InlineData("/report/where", "then=add", "link", "Enter a link or a name first")]
    [InlineData("/report/where", "then=continue&link=javascript:alert(1)", "link", "The link must start with http:// or https://. If it is something else, leave it empty and describe where it is")]
    [InlineData("/report/where", "then=continue&link=data:text/html,x", "link", "The link must start with http:// or https://. If it is something else, leave it empty and describe where it is")]
    [InlineData("/report/where", "then=continue&link=https://me:secret@example.org/", "link", "The link holds a user name or password. Remove the part before the @ sign")]
    [InlineData("/report/where", "then=continue&link=http://%20", "link", "Enter a link like https://www.example.org/page, or leave it empty and describe where it is")]
    [InlineData("/report/where", "then=continue&kind=Post", "link", "Enter a link, or the name, number or group. If you have neither, leave all of this empty")]
    [InlineData("/report/where", "then=continue&handle=x&kind=7", "kind", "Choose what it is")]
    [InlineData("/report/where", "then=continue&handle=x&kind=Spaceship", "kind", "Choose what it is")]
    [InlineData("/report/where", "then=continue&handle=x&platform=bebo", "platform", "Choose the website or app from the list")]
    [InlineData("/report/where", "then=continue&handle=a%0Ab", "handle", "The name, number or group must be on one line")]
    [InlineData("/report/files/images", "images=perhaps", "images", "Say whether any of it is, or could be, a sexual image of someone under 18")]
    [InlineData("/report/you", "name=a%0D%0Ab", "name", "Your name must be on one line")]
    [InlineData("/report/you", "email=a@b.example%0D%0ABcc: c@d.example", "email", "Your email address must be an email address in the correct format, like name@school.example")]
    [InlineData("/report/you", "email=a@localhost", "email", "Your email address must be an email address in the correct format, like name@school.example")]
    [InlineData("/report/you", "email=\"a b\"@c.example", "email", "Your email address must be an email address in the correct format, like name@school.example")]
    [InlineData("/report/you", "telephone=ring me", "telephone", "Your telephone number must be a telephone number, like 020 7946 0110")]
    [InlineData("/report/people", "named=p-301", "named", "Tick people from the list, and write others below")]
    [InlineData("/report/people", "named=nobody", "named", "Tick people from the list, and write others below")]
    public async Task A_wrong_answer_is_named_beside_its_field_and_stays_there(string path, string fields, string field, string message)
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        await Walk.ToAsync(browser, "/report/check");
        var token = browser.Page.Form("Send report").Fields[0].Value;
        List<KeyValuePair<string, string>> sent = [new("_token", token), .. fields.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Pair)];

        var page = await browser.PostAsync(path, sent);

        Assert.Equal(400, (int)page.Status);
        Assert.StartsWith("Error: ", page.Title);
        Assert.Contains(message, page.Errors);
        Assert.Equal(message, page.ErrorBeside(field));
        var summary = page.Document.QuerySelector(".govuk-error-summary__list a")!.GetAttribute("href")!;
        Assert.NotNull(page.Document.GetElementById(summary[1..]));
        foreach (var (name, value) in sent.Where(f => f.Key != "_token" && page.Document.QuerySelector($"input[type=text][name='{f.Key}'], input[type=email][name='{f.Key}'], input[type=tel][name='{f.Key}']") is not null))
            Assert.Equal(value.ReplaceLineEndings("\n").Trim(), page.Document.QuerySelector($"[name='{name}']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Script_in_every_field_is_text_on_every_page()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();

        var sent = await Walk.SendAsync(browser, new()
        {
            ForColleague = true, ColleagueName = Script, What = Script, Link = "https://example.org/?" + Script.Replace(" ", "", StringComparison.Ordinal), Handle = Script, Name = Script,
        });
        using var other = site.Browser();
        await Walk.ReceiptAsync(other, sent.Reference, sent.Code);

        foreach (var (_, address, answer) in browser.Answers.Concat(other.Answers))
        {
            var html = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain("<script>alert", html);
            Assert.False(html.Contains("<img src=x", StringComparison.Ordinal), address.ToString());
        }

        Assert.Equal(Script, (await site.Get<CaseStore>().NeedAsync<IncidentStory>(sent.Reference, Rows.Story)).WhatHappened);
    }

    [Theory]
    [InlineData("/report/what", "what", "What happened must be 4000 characters or fewer. You entered 100000.")]
    [InlineData("/report/you", "name", "Your name must be 100 characters or fewer. You entered 100000.")]
    [InlineData("/report/people", "involved", "The other people must be 1000 characters or fewer. You entered 100000.")]
    public async Task A_text_of_100_kilobytes_is_refused_and_kept_in_its_field(string path, string field, string message)
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        await Walk.ToAsync(browser, "/report/check");
        var text = new string('a', 100_000);

        var page = await browser.PostAsync(path, [new("_token", browser.Page.Form("Send report").Fields[0].Value), new(field, text)]);

        Assert.Equal(400, (int)page.Status);
        Assert.Contains(message, page.Errors);
        Assert.Contains(text, page.Html);
    }

    [Fact]
    public async Task The_longest_text_in_the_costliest_signs_is_taken()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var text = string.Concat(Enumerable.Repeat("😡", 2000));

        var sent = await Walk.SendAsync(browser, new() { What = text });

        Assert.Equal(text, (await site.Get<CaseStore>().NeedAsync<IncidentStory>(sent.Reference, Rows.Story)).WhatHappened);
    }

    [Fact]
    public async Task More_than_a_draft_can_hold_is_refused_where_it_was_typed_and_the_rest_is_kept()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ToAsync(browser, "/report/where", new() { What = string.Concat(Enumerable.Repeat("😡", 2000)) });
        var link = "https://example.org/" + new string('a', 2000);

        var added = 0;
        for (; added < 10; added++)
        {
            page = await page.Form("Continue").Fill("Link (optional)", link + added).SubmitAsync("Keep this and add another");
            if (page.Errors.Count > 0) break;
        }

        Assert.True(added is > 0 and < 10);
        Assert.Equal("This is more than one report can hold. Make it shorter; you can add the rest later on your receipt page", page.ErrorBeside("link"));
        page = await browser.OpenAsync("/report/where");
        Assert.Equal(added, page.Document.QuerySelectorAll(".pf-kept__item").Length);
    }

    [Fact]
    public async Task Eleven_targets_are_one_too_many()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ToAsync(browser, "/report/where");

        for (var i = 0; i < 11; i++) page = await page.Form("Continue").Fill("Account name, telephone number or group (optional)", "@a" + i).SubmitAsync("Keep this and add another");

        Assert.Equal("You can enter 10 here. Send the report, then add the rest on your receipt page", page.ErrorBeside("link"));
        Assert.Contains("@a10", page.Html);
    }

    [Fact]
    public async Task The_colleagues_address_is_not_taken_as_the_reporters_own()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await Walk.ToAsync(browser, "/report/you", new() { ForColleague = true, ColleagueEmail = "tom.varnholt@polygon.example" });

        page = await page.Form().Fill("Your email address (optional)", "Tom.Varnholt@polygon.example").SubmitAsync();

        Assert.Equal("This is the address that you gave for your colleague. Enter your own, or leave it empty", page.ErrorBeside("email"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("../../../etc/passwd")]
    public async Task A_made_up_draft_cookie_is_no_draft(string cookie)
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var request = new HttpRequestMessage(HttpMethod.Get, "/report/check");
        request.Headers.TryAddWithoutValidation("Cookie", "policyflows-draft=" + cookie);

        Assert.Equal("/report", (await browser.SendAsync(request)).Path);
    }

    private static KeyValuePair<string, string> Pair(string text) => new(text.Split('=', 2)[0], Uri.UnescapeDataString(text.Split('=', 2)[1]));
}
