using System.Net;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Cases;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Cases;

public sealed class EvidencePageTests
{
    [Fact]
    public async Task The_original_leaves_only_as_an_attachment_that_no_browser_shows()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync(file: "bild „übel“/../x.png");
        using var manager = await demo.AsAsync(Manager);
        await manager.OpenAsync(Links.Cases.Show(reference));
        demo.Time.Business.Now += TimeSpan.FromMinutes(1);
        await manager.Page.FollowAsync("1. bild");
        Assert.Contains("This may be abusive or upsetting.", manager.Page.MainText, StringComparison.Ordinal);
        demo.Time.Business.Now += TimeSpan.FromMinutes(1);
        await manager.Page.Form("Download the original").SubmitAsync();

        Assert.Equal(SampleFiles.Png, manager.Page.Bytes);
        var headers = manager.Page.Answer.Content.Headers;
        Assert.Equal("application/octet-stream", headers.ContentType!.MediaType);
        Assert.Equal("attachment", headers.ContentDisposition!.DispositionType);
        Assert.Equal("evidence-1-bild übel..x.png", headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", Assert.Single(manager.Page.Answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("sandbox", Assert.Single(manager.Page.Answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        await manager.OpenAsync(Links.Cases.Evidence(reference, 1));
        var custody = manager.Page.Document.QuerySelectorAll("main tbody tr").Select(WebPage.Words).ToList();
        Assert.Equal(["Received, hash computed", "This page opened", "Original downloaded"],
            custody.Select(line => new[] { "Received, hash computed", "This page opened", "Original downloaded" }.Single(what => line.EndsWith(what, StringComparison.Ordinal))));
        Assert.Contains("Evidence 1 downloaded", (await manager.OpenAsync(Links.Cases.Show(reference))).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_decides_by_link_opens_the_evidence_without_signing_in()
    {
        await using var site = await TestProgram.StartAsync();
        var reference = await site.ReportAsync(file: "screen.png");
        using var device = await site.OpenAsync(Steps.EmailOf(Manager), caseId: reference);
        await device.OpenAsync(Links.Cases.Evidence(reference, 1));
        Assert.Equal("Evidence 1", device.Page.Heading);
        await device.Page.Form("Download the original").SubmitAsync();
        Assert.Equal(SampleFiles.Png, device.Page.Bytes);
        // The code opened a task, not the case.
        Assert.Equal(Links.SignIn.Start(), (await device.OpenAsync(Links.Cases.Show(reference))).Path);
        // With the decision the question is over, and with it what its page showed.
        await site.DecideAsync(reference, Manager, IncidentRoute.Support);
        Assert.Equal(Links.SignIn.Start(), (await device.OpenAsync(Links.Cases.Evidence(reference, 1))).Path);
    }

    [Theory]
    [InlineData(Teacher)]
    [InlineData(Dsl)]
    [InlineData(SupportContact)]
    [InlineData(TrustLead)]
    [InlineData(SecondSchoolManager)]
    public async Task Nobody_else_downloads_and_nothing_is_noted_for_a_refusal(string person)
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync(file: "screen.png");
        using var browser = await demo.AsAsync(person);
        await browser.OpenAsync(Links.Demonstration.SignInAs());
        var token = await browser.TokenAsync();
        await browser.PostAsync(Links.Cases.Evidence(reference, 1), [new("_token", token)]);
        Assert.Equal(HttpStatusCode.NotFound, browser.Page.Status);
        Assert.DoesNotContain("evidence.downloaded", await demo.PictureAsync(reference), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("screen.png", "evidence-1-screen.png")]
    [InlineData("../../etc/passwd", "evidence-1-etcpasswd")]
    [InlineData("a\r\nContent-Type: text/html", "evidence-1-aContent-Type texthtml")]
    [InlineData("…", "evidence-1-file")]
    [InlineData("", "evidence-1-file")]
    public void A_file_name_carries_nothing_that_a_header_or_a_disk_could_take_amiss(string given, string safe) => Assert.Equal(safe, FileNames.Safe(given, 1));
}
