using System.Net;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Access;

public sealed class AskToReadTests
{
    private const string Why = "A subject access request, number 14.";

    [Fact]
    public async Task The_officer_reads_nothing_until_they_ask_with_a_reason_and_then_everything_is_noted()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync(file: "screen.png");
        using var officer = await demo.AsAsync(Dpo);
        Assert.DoesNotContain(reference, officer.Page.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync(Links.Cases.Show(reference))).Status);

        await officer.OpenAsync(Links.Dashboard.Home());
        await officer.Page.FollowAsync("Ask to read a case");
        await officer.Page.Form().SubmitAsync();
        Assert.Equal(["Enter the reference, like INC-7K3M9QRS", "Say why you need to read it"], officer.Page.Errors);
        await AskAsync(officer, $" {reference.ToLowerInvariant()} ", Why);
        Assert.Equal(Links.Cases.Show(reference), officer.Page.Path);
        Assert.Contains(Steps.Canary, officer.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("You read this on a request with a reason, until Monday 23 November 2026 at 22:00.", officer.Page.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain("What you can do", officer.Page.MainText, StringComparison.Ordinal);
        await officer.OpenAsync(Links.Cases.Evidence(reference, 1));
        Assert.Equal(HttpStatusCode.OK, officer.Page.Status);
        Assert.Equal(["p-302 case", "p-302 evidence-1"], (await demo.Get<ReadLog>().ListAsync(reference)).Select(r => $"{r.PersonKey} {r.What}"));
        Assert.Contains(reference, (await officer.OpenAsync(Links.Dashboard.Home())).MainText, StringComparison.Ordinal);

        // Whoever manages the case reads who asked, when and why.
        using var manager = await demo.AsAsync(Manager);
        await manager.OpenAsync(Links.Cases.Show(reference));
        var step = Assert.Single(manager.Page.Document.QuerySelectorAll(".pf-timeline__entry").Select(WebPage.Words), s => s.StartsWith("Opened to the data protection officer", StringComparison.Ordinal));
        Assert.Equal($"Opened to the data protection officer on request, until 23 Nov 2026, 22:00 Sunday 22 November 2026 at 22:00, Stephen Ockleby{Why}", step);
    }

    [Fact]
    public async Task It_ends_after_a_day_to_the_minute_and_asking_again_begins_anew()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        using var officer = await demo.AsAsync(Dpo);
        await AskAsync(officer, reference, Why);
        demo.Time.Business.Now = demo.Start.AddHours(24).AddTicks(-1);
        Assert.Equal(HttpStatusCode.OK, (await officer.OpenAsync(Links.Cases.Show(reference))).Status);
        demo.Time.Business.Now = demo.Start.AddHours(24);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync(Links.Cases.Show(reference))).Status);
        Assert.DoesNotContain(reference, (await officer.OpenAsync(Links.Dashboard.Home())).Html, StringComparison.Ordinal);
        await AskAsync(officer, reference, Why);
        Assert.Equal(Links.Cases.Show(reference), officer.Page.Path);
        Assert.Equal(2, (await demo.Get<CaseStore>().ListAsync<TimelineEntry>(reference, Rows.TimelinePrefix)).Count(e => e.Value.Code == "reading.asked"));
    }

    [Fact]
    public async Task A_case_that_names_them_or_is_theirs_answers_like_one_that_does_not_exist()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var me = new CasePerson(Dpo, "Stephen Ockleby", Steps.EmailOf(Dpo));
        var named = await demo.ReportAsync(named: [Dpo]);
        var reported = await demo.ReportAsync(reporter: me, harmed: new CasePerson(Teacher, "Alice Penhallick", Steps.EmailOf(Teacher)));
        using var officer = await demo.AsAsync(Dpo);
        foreach (var reference in new[] { named, reported, "INC-23456789", $"SG-{named[4..]}" })
        {
            await AskAsync(officer, reference, Why);
            Assert.Equal(HttpStatusCode.BadRequest, officer.Page.Status);
            Assert.Equal("There is no case with this reference that you can ask to read. Check it with whoever gave it to you", officer.Page.ErrorBeside("reference"));
            Assert.Contains(Why, officer.Page.MainText, StringComparison.Ordinal);
        }

        foreach (var reference in new[] { named, reported })
            Assert.DoesNotContain("reading.asked", (await demo.Get<CaseStore>().ListAsync<TimelineEntry>(reference, Rows.TimelinePrefix)).Select(e => e.Value.Code));
    }

    [Fact]
    public async Task Somebody_named_while_it_was_open_reads_nothing_more()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        using var officer = await demo.AsAsync(Dpo);
        await AskAsync(officer, reference, Why);
        await demo.Get<CaseStore>().ChangeAsync(reference, demo.As(Manager), async change =>
        {
            change.Put(Rows.Case, await change.NeedAsync<PolicyFlows.Core.Incidents.IncidentRecord>(Rows.Case) with { NamedPersonIds = [Dpo] });
            change.Note("person.recused", fact: Dpo);
        });
        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync(Links.Cases.Show(reference))).Status);
    }

    [Theory]
    [InlineData(Manager)]
    [InlineData(Hr)]
    [InlineData(TrustLead)]
    [InlineData(Administrator)]
    [InlineData(Teacher)]
    public async Task Nobody_else_is_offered_to_ask(string person)
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        using var browser = await demo.AsAsync(person);
        Assert.DoesNotContain("Ask to read a case", browser.Page.MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(Links.Access.Ask())).Status);
    }

    [Fact]
    public async Task Who_stands_in_for_the_officer_asks_in_their_place_and_opens_it_for_nobody_else()
    {
        await using var demo = await TestProgram.DemonstrationAsync(new() { Directory = d => Trust.Away(d, Dpo, SecondTeacher, hours: 5) });
        var reference = await demo.ReportAsync();
        using var substitute = await demo.AsAsync(SecondTeacher);
        await AskAsync(substitute, reference, Why);
        Assert.Contains(Steps.Canary, substitute.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("Tom Varnholt, standing in for Stephen Ockleby", substitute.Page.MainText, StringComparison.Ordinal);
        await demo.AtAsync(5);
        Assert.Equal(HttpStatusCode.NotFound, (await substitute.OpenAsync(Links.Cases.Show(reference))).Status);
        using var officer = await demo.AsAsync(Dpo);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync(Links.Cases.Show(reference))).Status);
    }

    internal static async Task AskAsync(WebBrowser browser, string reference, string why)
    {
        await browser.OpenAsync(Links.Access.Ask());
        await browser.Page.Form().Fill("Reference", reference).Fill("Why do you need to read it?", why).SubmitAsync();
    }
}
