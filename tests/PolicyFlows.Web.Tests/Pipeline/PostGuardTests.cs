using System.Net;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Pipeline;

public sealed class PostGuardTests
{
    [Fact]
    public async Task A_form_of_our_own_page_is_taken()
    {
        var pages = new TestPages();
        await using var host = await PipelineHost.StartAsync(null, pages);
        using var browser = host.Browser();

        var page = await browser.OpenAsync("/form");
        page = await page.Form("Continue").Fill("Name", " Ada\r\nLovelace ").Choose("Red").SubmitAsync();

        Assert.Equal("/form", page.Path);
        Assert.Equal(["Ada\nLovelace"], pages.Taken);
    }

    [Fact]
    public async Task Errors_stand_beside_the_fields_and_entered_values_are_kept()
    {
        await using var host = await PipelineHost.StartAsync(null, new TestPages());
        using var browser = host.Browser();

        var page = await browser.OpenAsync("/form");
        page = await page.Form("Continue").Fill("Name", "<Ada> & \"co\"").SubmitAsync();

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        Assert.Equal(["Choose a colour"], page.Errors);
        Assert.Equal("Choose a colour", page.ErrorBeside("colour"));
        Assert.Equal("<Ada> & \"co\"", page.Document.GetElementById("name")!.GetAttribute("value"));
        Assert.Equal("#colour", page.Link("Choose a colour"));
        Assert.Equal("radio", page.Document.GetElementById("colour")!.GetAttribute("type"));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("altered")]
    [InlineData("cookie")]
    public async Task A_form_without_its_token_is_refused_and_nothing_happens(string how)
    {
        var pages = new TestPages();
        await using var host = await PipelineHost.StartAsync(null, pages);
        using var browser = host.Browser();
        var form = (await browser.OpenAsync("/form")).Form("Continue").Fill("Name", "Ada").Choose("Red");
        _ = how switch
        {
            "missing" => form.Without(FormLimits.TokenField),
            "altered" => form.Set(FormLimits.TokenField, "x" + form.Fields[0].Value[1..]),
            _ => Forget(browser, form),
        };

        var page = await browser.SendAsync(form.Request(), site: null);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("Nothing that you sent before is lost", page.MainText, StringComparison.Ordinal);
        Assert.Empty(pages.Taken);
        PipelineTests.AssertHeaders(page);
    }

    [Fact]
    public async Task The_token_is_the_first_field_of_every_form()
    {
        await using var host = await PipelineHost.StartAsync(null, new TestPages());
        using var browser = host.Browser();

        var page = await browser.OpenAsync("/form");

        Assert.All(page.Document.QuerySelectorAll("form"), form => Assert.Equal(FormLimits.TokenField, form.QuerySelector("input, textarea, select, button")!.GetAttribute("name")));
    }

    [Fact]
    public async Task When_the_browser_says_the_form_is_ours_an_old_token_loses_no_answer()
    {
        var pages = new TestPages();
        await using var host = await PipelineHost.StartAsync(null, pages);
        using var browser = host.Browser();
        var form = (await browser.OpenAsync("/form")).Form("Continue").Fill("Name", "Ada").Choose("Red");
        browser.ForgetCookies();

        var page = await form.SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Empty(pages.Taken);
        await page.Form("Send my answers again").SubmitAsync();

        Assert.Equal(["Ada"], pages.Taken);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_form_of_another_site_is_refused_even_with_a_token(string site)
    {
        var pages = new TestPages();
        await using var host = await PipelineHost.StartAsync(null, pages);
        using var browser = host.Browser();
        var form = (await browser.OpenAsync("/form")).Form("Continue").Fill("Name", "Ada").Choose("Red");

        var page = await browser.SendAsync(form.Request(), site);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.DoesNotContain("Ada", page.Html, StringComparison.Ordinal);
        Assert.Empty(pages.Taken);
    }

    [Fact]
    public async Task Json_and_broken_forms_are_refused()
    {
        await using var host = await PipelineHost.StartAsync(null, new TestPages());
        using var browser = host.Browser();

        var json = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/form") { Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json") });
        var many = await browser.PostAsync("/form", Enumerable.Range(0, FormLimits.Fields + 1).Select(i => KeyValuePair.Create($"f{i}", "x")));

        Assert.Equal("We could not read that form", json.Heading);
        Assert.Equal("We could not read that form", many.Heading);
    }

    [Fact]
    public async Task A_form_beyond_the_limit_is_answered_with_413()
    {
        await using var host = await PipelineHost.StartAsync(null, new TestPages());
        using var browser = host.Browser();

        var page = await browser.PostAsync("/form", [new("name", new string('x', FormLimits.FormBytes))]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.Status);
    }

    [Fact]
    public void Only_the_address_of_signed_reports_is_left_out_of_the_check() => Assert.Equal(["/hooks/sendgrid"], PostGuard.WithoutToken);

    private static WebForm Forget(WebBrowser browser, WebForm form)
    {
        browser.ForgetCookies();
        return form;
    }
}
