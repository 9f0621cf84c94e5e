using System.Net;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Cases;

/// <summary>Limits and conditions of the forms with which a case is managed.</summary>
public sealed class CaseFormTests
{
    [Fact]
    public async Task Removal_added_to_a_case_decided_without_it_asks_for_the_ground_and_gives_it_to_the_request()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        await demo.DecideAsync(reference, Manager, IncidentRoute.Support);
        using var manager = await demo.AsAsync(Manager);
        await manager.OpenAsync(Links.Cases.AddRoute(reference));
        await manager.Page.Form().Choose("Get it removed").Fill("Why?", "It is spreading.").SubmitAsync();
        Assert.Equal("Choose why it should be removed: the request is written from it", manager.Page.ErrorBeside("ground"));
        Assert.Empty(await demo.Get<CaseStore>().ListAsync<TakedownRecord>(reference, Rows.TakedownPrefix));

        await manager.Page.Form().Choose("Somebody pretends to be them or the school").SubmitAsync();
        await demo.RunAsync();
        Assert.Equal(Links.Cases.Show(reference), manager.Page.Path);
        Assert.Equal(Ground.Impersonation, (await demo.IncidentAsync(reference)).DecisionFor(IncidentRoute.Takedown)!.Ground);
        Assert.Contains("Route added: get it removed (somebody pretends to be them or the school)", (await manager.OpenAsync(Links.Cases.Show(reference))).MainText, StringComparison.Ordinal);
        // The text of the request, and who may send it, come from this record.
        Assert.Equal(Ground.Impersonation, (await demo.Get<CaseStore>().NeedAsync<TakedownRecord>(reference, Rows.Takedown(1))).Ground);
        // Nothing to remove any more: no other route asks for a ground.
        Assert.Null((await manager.OpenAsync(Links.Cases.AddRoute(reference))).Document.QuerySelector("[name=ground]"));
    }

    [Fact]
    public async Task Another_route_needs_no_ground_and_keeps_the_one_of_the_decision()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        await demo.DecideAsync(reference, Manager, IncidentRoute.Takedown);
        using var manager = await demo.AsAsync(Manager);
        await manager.OpenAsync(Links.Cases.AddRoute(reference));
        await manager.Page.Form().Choose("Pupil conduct").Fill("Why?", "A pupil seems to be behind it.").SubmitAsync();
        Assert.Equal(Ground.Harassment, (await demo.IncidentAsync(reference)).Decision!.Ground);
    }

    [Fact]
    public async Task The_31st_link_is_refused_beside_its_field_and_keeps_what_was_typed()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        await demo.DecideAsync(reference, Manager, IncidentRoute.Support);
        var desk = demo.Get<IncidentDesk>();
        for (var no = 2; no <= TargetDesk.MostTargets; no++)
            await desk.AddAsync(reference, "Again.", [new(TargetKind.Post, $"https://www.reddit.com/r/{no}", $"https://www.reddit.com/r/{no}", null, "reddit", false)], [], demo.As(Manager));
        using var manager = await demo.AsAsync(Manager);
        await manager.OpenAsync(Links.Cases.AddTarget(reference));
        await manager.Page.Form().Choose("A post, picture or video").Fill("Web address, if it has one", "https://www.reddit.com/r/31").Fill("How was it found?", "A colleague told me.").SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, manager.Page.Status);
        Assert.Equal("A case takes 30 links. Report this one as a new incident", manager.Page.ErrorBeside("address"));
        Assert.Contains("A colleague told me.", manager.Page.Html, StringComparison.Ordinal);
        Assert.Equal(30, (await demo.IncidentAsync(reference)).Targets);
    }

    [Fact]
    public async Task A_reply_beyond_its_length_is_refused_beside_its_field_and_one_of_that_length_is_taken()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        await demo.DecideAsync(reference, Manager, IncidentRoute.Takedown);
        await demo.FileAsync(reference, Manager);
        using var manager = await demo.AsAsync(Manager);
        await manager.OpenAsync(Links.Cases.Reply(reference, 1));
        var most = new string('r', 4000);
        await manager.Page.Form().Choose("said something else").Fill("What it said (you may leave this empty)", most + "r").SubmitAsync();
        Assert.Equal("The reply must be 4000 characters or fewer. You entered 4001.", manager.Page.ErrorBeside("text"));
        Assert.Empty((await demo.Get<CaseStore>().NeedAsync<TakedownRecord>(reference, Rows.Takedown(1))).Replies);
        await manager.Page.Form().Fill("What it said (you may leave this empty)", most).SubmitAsync();
        Assert.Equal(most, Assert.Single((await demo.Get<CaseStore>().NeedAsync<TakedownRecord>(reference, Rows.Takedown(1))).Replies).Text);
    }
}
