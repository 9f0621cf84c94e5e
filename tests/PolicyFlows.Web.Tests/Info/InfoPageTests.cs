using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Settings;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Info;

public sealed class InfoPageTests
{
    public static TheoryData<string> Pages() => [Links.Home(), Links.Help(), Links.Privacy(), Links.Accessibility(), Links.Exit(), "/nothing-here"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_loads_nothing_from_elsewhere_and_has_nothing_inline(string path)
    {
        await using var host = await PipelineHost.StartAsync();
        using var browser = host.Browser();

        var page = await browser.OpenAsync(path);

        var loaded = page.Document.QuerySelectorAll("[src], link[href], object[data]").Select(e => e.GetAttribute("src") ?? e.GetAttribute("href") ?? e.GetAttribute("data")!);
        Assert.All(loaded, address => Assert.StartsWith($"/assets/{EmbeddedAssets.Version}/", address, StringComparison.Ordinal));
        Assert.Empty(page.Document.QuerySelectorAll("[style], style, script:not([src]), iframe, base, meta[http-equiv]"));
        Assert.DoesNotContain(page.Document.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_language_title_one_heading_and_headings_in_order(string path)
    {
        await using var host = await PipelineHost.StartAsync();
        using var browser = host.Browser();

        var page = await browser.OpenAsync(path);

        Assert.Equal("en-GB", page.Document.DocumentElement.GetAttribute("lang"));
        Assert.StartsWith(page.Heading, page.Title, StringComparison.Ordinal);
        var levels = page.Document.QuerySelectorAll("main h1, main h2, main h3, main h4").Select(h => h.LocalName[1] - '0').ToList();
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"h{pair.First} is followed by h{pair.Second}."));
        Assert.Equal(page.Document.QuerySelectorAll("[id]").Length, page.Document.QuerySelectorAll("[id]").Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public async Task The_start_page_leads_with_the_two_acts_and_danger()
    {
        await using var host = await PipelineHost.StartAsync();
        using var browser = host.Browser();

        var page = await browser.OpenAsync(Links.Home());

        Assert.Equal(["A child is at risk", "Abuse of a member of staff"], page.Document.QuerySelectorAll("main h2").Take(2).Select(WebPage.Words));
        Assert.Equal(Links.Safeguarding.Start(), page.Link("Tell the safeguarding lead"));
        Assert.Equal(Links.Report.Start(), page.Link("Report abuse of staff"));
        Assert.Equal("tel:999", page.Link("999"));
        Assert.Contains("Within 4 hours", page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_page_promises_what_the_settings_say()
    {
        await using var host = await PipelineHost.StartAsync(s => s.AddScoped<IPageChrome>(_ => new FixedChrome(new PageContext
        {
            TrustName = "Oakhill Trust",
            Durations = new Durations { DecisionDue = TimeSpan.FromMinutes(90), SentDue = TimeSpan.FromDays(3) },
        })));
        using var browser = host.Browser();

        var page = await browser.OpenAsync(Links.Home());

        Assert.Contains("Within 90 minutes", page.MainText, StringComparison.Ordinal);
        Assert.Contains("Within 3 days", page.MainText, StringComparison.Ordinal);
        Assert.Contains("everyone who works at Oakhill Trust", page.MainText, StringComparison.Ordinal);
        Assert.EndsWith(" - Oakhill Trust", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_shows_helplines_with_their_source_and_whether_they_were_checked()
    {
        await using var host = await PipelineHost.StartAsync(s => s.AddScoped<IPageChrome>(_ => new FixedChrome(new PageContext
        {
            Helplines = [new("Own line", "01234 567890", "Always", "council.example", new DateOnly(2026, 11, 1)), new("Other", "0344 381 4772", "Mon-Fri", "swgfl.org.uk")],
            Administrator = new AdministratorContact("Ida Admin", "ida@trust.example", "01234 1"),
        })));
        using var browser = host.Browser();

        var page = await browser.OpenAsync(Links.Help());

        Assert.Contains("Source: council.example. Checked on 1 November 2026.", page.MainText, StringComparison.Ordinal);
        Assert.Contains("Source: swgfl.org.uk. Not yet checked by your trust.", page.MainText, StringComparison.Ordinal);
        Assert.Equal("tel:03443814772", page.Link("0344 381 4772"));
        Assert.Equal("mailto:ida@trust.example", page.Link("ida@trust.example"));
    }

    [Fact]
    public async Task The_helpline_for_professionals_is_there_without_any_setting()
    {
        await using var host = await PipelineHost.StartAsync();
        using var browser = host.Browser();

        Assert.Equal("tel:03443814772", (await browser.OpenAsync(Links.Help())).Link("0344 381 4772"));
    }

    [Fact]
    public async Task The_exit_page_says_nothing_about_reports_and_leads_nowhere()
    {
        await using var host = await PipelineHost.StartAsync();
        using var browser = host.Browser();

        var page = await browser.OpenAsync(Links.Exit());

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.All(["report", "abuse", "policy", "trust", "safeguard", "school"], word => Assert.DoesNotContain(word, page.Document.Body!.TextContent, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(page.Document.QuerySelectorAll("a, form"));
    }

    [Fact]
    public async Task Surroundings_show_the_person_the_navigation_and_the_demonstration()
    {
        await using var host = await PipelineHost.StartAsync(s => s.AddScoped<IPageChrome>(_ => new FixedChrome(new PageContext
        {
            Person = new("Sam <Lee>", "Ashfield", "/sign-out"),
            Navigation = [new("My tasks", "/tasks", Current: true, Count: 3, CountMeaning: "open tasks"), new("Incidents", "/cases")],
            Demonstration = new("Sunday 22 November 2026 at 22:00", "/clock", "by", [new("1h", "1 hour"), new("7d", "7 days")], [new("Mailbox", "/mailbox")]),
        })));
        using var browser = host.Browser();

        var page = await browser.OpenAsync(Links.Help());

        Assert.Contains("Signed in as Sam <Lee>", page.Document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/sign-out", page.Form("Sign out").Action);
        Assert.Equal("/clock", page.Form("+ 1 hour").Action);
        Assert.Equal("/mailbox", page.Link("Mailbox"));
        Assert.Equal("true", page.Document.QuerySelector("nav a[href='/tasks']")!.GetAttribute("aria-current"));
        Assert.Contains("Sunday 22 November 2026 at 22:00", page.Document.QuerySelector("[aria-label=Demonstration]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_people_there_is_no_banner_and_no_navigation()
    {
        await using var host = await PipelineHost.StartAsync();
        using var browser = host.Browser();

        var page = await browser.OpenAsync(Links.Home());

        Assert.Empty(page.Document.QuerySelectorAll("[aria-label=Demonstration], nav, form"));
    }

    private sealed class FixedChrome(PageContext context) : IPageChrome
    {
        public ValueTask<PageContext> DescribeAsync(Microsoft.AspNetCore.Http.HttpContext _, CancellationToken cancellation = default) => new(context);
    }
}
