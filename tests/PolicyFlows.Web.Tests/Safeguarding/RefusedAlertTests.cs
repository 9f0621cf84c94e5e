using System.Net;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Report;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Safeguarding;

/// <summary>Whatever refuses the safeguarding form, nobody is left without telephone numbers (architecture rule 15).</summary>
public sealed class RefusedAlertTests
{
    private const string Lead = "Priya Lathom 07700 900105";

    [Fact]
    public async Task A_form_whose_token_is_refused_says_not_received_shows_numbers_and_can_be_sent_again()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var form = Filled(await browser.OpenAsync(Links.Safeguarding.Start()));
        browser.ForgetCookies();
        var page = await form.SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("Your concern was NOT received. Nobody has been told.", page.MainText, StringComparison.Ordinal);
        Assert.Contains(Lead, page.MainText, StringComparison.Ordinal);
        Assert.Contains("999", page.MainText, StringComparison.Ordinal);
        Assert.Empty(site.Mail.All);

        page = await page.Form("Send my answers again").SubmitAsync();
        Assert.Equal("Sent. Now please telephone", page.Heading);
        Assert.Single(await site.CasesAsync("SG-"));
    }

    [Fact]
    public async Task Without_the_school_the_offices_of_all_schools_are_shown()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var page = await browser.PostAsync(Links.Safeguarding.Start(), []);
        Assert.Contains("was NOT received", page.MainText, StringComparison.Ordinal);
        foreach (var school in DemonstrationSeed.Create().Schools) Assert.Contains($"{school.Name} {school.Telephone}", page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_beyond_all_limits_and_one_of_another_site_are_refused_with_numbers()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        var form = Filled(await browser.OpenAsync(Links.Safeguarding.Start()));
        var foreign = await browser.SendAsync(form.Request(), "cross-site");
        Assert.Equal("This was not sent from one of our pages", foreign.Heading);
        Assert.Contains("Quillmoor Academy 020 7946 0110", foreign.MainText, StringComparison.Ordinal);
        var large = await form.Fill("What are you worried about?", new string('x', FormLimits.FormBytes)).SubmitAsync();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.Status);
        Assert.Contains("was NOT received", large.MainText, StringComparison.Ordinal);
        Assert.Contains("Quillmoor Academy 020 7946 0110", large.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_form_cannot_be_shown_the_numbers_are_and_no_other_page_carries_them()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        site.Records.Dead = true;
        var page = await browser.OpenAsync(Links.Safeguarding.Start());
        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.Contains("Quillmoor Academy 020 7946 0110", page.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT received", page.MainText, StringComparison.Ordinal);
        var other = await browser.PostAsync(Links.Report.School(), []);
        Assert.DoesNotContain("020 7946", other.MainText, StringComparison.Ordinal);
    }

    private static WebForm Filled(WebPage page) => page.Form("Send now").Choose("Quillmoor Academy").Fill("Which child?", "A boy in 9B")
        .Fill("What are you worried about?", "He was told to meet somebody.");
}
