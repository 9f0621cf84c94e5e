using System.Net;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Access;

public sealed class InvitationTests
{
    private const string Link = "Invite human resources to read this case";

    [Theory]
    [InlineData(Manager, "Ruth Ashdown")]
    [InlineData(Headteacher, "Marcus Wendleby")]
    public async Task Whoever_may_decide_invites_and_ends_it_and_human_resources_only_read(string person, string name)
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync(file: "screen.png");
        using var hr = await demo.AsAsync(Hr);
        Assert.Equal(HttpStatusCode.NotFound, (await hr.OpenAsync(Links.Cases.Show(reference))).Status);

        using var manager = await demo.AsAsync(person);
        await manager.OpenAsync(Links.Cases.Show(reference));
        await manager.Page.FollowAsync(Link);
        await manager.Page.Form("Invite to read").SubmitAsync();
        Assert.Equal(["Choose whom to invite", "Say why"], manager.Page.Errors);
        await manager.Page.Form("Invite to read").Choose("Judith Farthingoe").Fill("Why?", "She knows the contract.").SubmitAsync();
        Assert.Equal(Links.Access.Readers(reference), manager.Page.Path);
        Assert.Contains($"Invited by {name}, Sunday 22 November 2026 at 22:00", manager.Page.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain("Invite somebody", manager.Page.MainText, StringComparison.Ordinal);

        Assert.Contains(reference, (await hr.OpenAsync(Links.Dashboard.Home())).MainText, StringComparison.Ordinal);
        await hr.OpenAsync(Links.Cases.Show(reference));
        Assert.Contains(Steps.Canary, hr.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("Judith Farthingoe was invited to read this case", hr.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("She knows the contract.", hr.Page.MainText, StringComparison.Ordinal);
        Assert.DoesNotContain("What you can do", hr.Page.MainText, StringComparison.Ordinal);
        Assert.Empty(hr.Page.Document.QuerySelectorAll("main form"));
        Assert.Contains(await demo.Get<ReadLog>().ListAsync(reference), r => r is { PersonKey: Hr, What: "case" });
        foreach (var act in new[] { Links.Cases.Close(reference), Links.Cases.AddRoute(reference), Links.Cases.AddTarget(reference), Links.Access.Readers(reference) })
            Assert.Equal(HttpStatusCode.NotFound, (await hr.OpenAsync(act)).Status);

        await manager.OpenAsync(Links.Access.Readers(reference));
        await manager.Page.Form("End this invitation of Judith Farthingoe").SubmitAsync();
        Assert.Contains("Invite somebody", manager.Page.MainText, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await hr.OpenAsync(Links.Cases.Show(reference))).Status);
        Assert.Contains("Invitation ended: Judith Farthingoe no longer reads this case", (await manager.OpenAsync(Links.Cases.Show(reference))).MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Human_resources_named_or_reporting_cannot_be_invited_also_not_by_an_altered_form()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var me = new CasePerson(Hr, "Judith Farthingoe", Steps.EmailOf(Hr));
        foreach (var reference in new[] { await demo.ReportAsync(named: [Hr]), await demo.ReportAsync(reporter: me) })
        {
            using var manager = await demo.AsAsync(Manager);
            await manager.OpenAsync(Links.Access.Readers(reference));
            Assert.Empty(manager.Page.Document.QuerySelectorAll("main form"));
            await manager.OpenAsync(Links.Cases.AddTarget(reference));
            await manager.PostAsync(Links.Access.Readers(reference), [new("_token", await manager.TokenAsync()), new("person", Hr), new("reason", "Because.")]);
            Assert.Contains("Choose whom to invite", manager.Page.Errors);
            await Assert.ThrowsAsync<ArgumentException>(() => demo.Get<ReadingDesk>().InviteAsync(reference, Hr, "Because.", demo.As(Manager)));
        }
    }

    [Fact]
    public async Task Inviting_twice_is_one_invitation_and_one_step()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        var desk = demo.Get<ReadingDesk>();
        await desk.InviteAsync(reference, Hr, "First.", demo.As(Manager));
        await desk.InviteAsync(reference, Hr, "Second.", demo.As(FirstDeputy));
        await desk.EndAsync(reference, Hr, demo.As(Manager));
        await desk.EndAsync(reference, Hr, demo.As(FirstDeputy));
        Assert.Equal(["reading.invited", "reading.ended"],
            (await demo.Get<CaseStore>().ListAsync<TimelineEntry>(reference, Rows.TimelinePrefix)).Select(e => e.Value.Code).Where(c => c.StartsWith("reading.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_manager_who_reported_it_invites_nobody()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var me = new CasePerson(FirstDeputy, "Imran Castellan", Steps.EmailOf(FirstDeputy));
        var reference = await demo.ReportAsync(reporter: me);
        await demo.DecideAsync(reference, Manager, IncidentRoute.Support);
        using var reporter = await demo.AsAsync(FirstDeputy);
        Assert.Equal(HttpStatusCode.NotFound, (await reporter.OpenAsync(Links.Access.Readers(reference))).Status);
    }
}
