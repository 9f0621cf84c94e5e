using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Operations;
using PolicyFlows.Core.People;
using PolicyFlows.Durable;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Operations;

public sealed class OperationsTests
{
    [Fact]
    public async Task The_operator_page_lists_orchestrations_and_what_they_wait_for()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        using var admin = await demo.AsAsync(Administrator);
        await admin.Page.FollowAsync("Operator page");
        var rows = admin.Page.Document.QuerySelectorAll("main tbody tr").Select(row => string.Join(' ', row.Children.Select(WebPage.Words))).ToList();
        var decision = Assert.Single(rows, r => r.StartsWith($"{reference}.incident ", StringComparison.Ordinal));
        Assert.Contains("Running", decision, StringComparison.Ordinal);
        var waiting = Assert.Single(rows, r => r.StartsWith($"{reference}~decide-1~", StringComparison.Ordinal));
        Assert.Contains($"left-{reference}~decide-1", waiting, StringComparison.Ordinal);
        Assert.Contains("23 Nov 2026, 02:00", waiting, StringComparison.Ordinal);
        await admin.OpenAsync(Links.Operations.Show("Blocked"));
        Assert.Empty(admin.Page.Document.QuerySelectorAll("main tbody tr"));
    }

    [Fact]
    public async Task Ending_and_clearing_an_orchestration_needs_a_reason_and_is_noted_with_a_name()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        var reference = await demo.ReportAsync();
        var id = $"{reference}.incident";
        using var admin = await demo.AsAsync(Administrator);
        await admin.OpenAsync(Links.Operations.Instance(id));
        await admin.Page.Form("End it").SubmitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, admin.Page.Status);
        Assert.Equal("Say why: it is noted with your name", Assert.Single(admin.Page.Errors));
        await admin.Page.Form("End it").Fill("Why?", "It hangs.").SubmitAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await demo.Get<DurableTaskClient>().GetInstanceAsync(id))!.RuntimeStatus);
        await admin.Page.Form("Clear it away").Fill("Why?", "Done with it.").SubmitAsync();
        Assert.Equal(Links.Operations.Show(), admin.Page.Path);
        Assert.Null(await demo.Get<DurableTaskClient>().GetInstanceAsync(id));

        await admin.OpenAsync(Links.Cases.Show("OPS-20261122"));
        Assert.Contains($"Orchestration {id} ended by an operator", admin.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("It hangs.", admin.Page.MainText, StringComparison.Ordinal);
        Assert.Contains("Wendy Harcombe-Lisle", admin.Page.MainText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_but_the_administrator_opens_it()
    {
        await using var demo = await TestProgram.DemonstrationAsync();
        foreach (var person in new[] { Manager, Headteacher, TrustLead, Dpo, It })
        {
            using var browser = await demo.AsAsync(person);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(Links.Operations.Show())).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.OpenAsync(Links.Cases.Show("OPS-20261122"))).Status);
        }
    }

    [Fact]
    public async Task Health_is_200_only_while_every_part_is_well_and_its_reasons_leak_nothing()
    {
        var mail = new Probe("mail");
        await using var site = await TestProgram.StartAsync(new()
        {
            More = s => s.AddSingleton<IHealthProbe>(mail)
                .AddSingleton<IHealthProbe>(new Probe("store")).AddSingleton<IHealthProbe>(new Probe("engine")).AddSingleton<IHealthProbe>(new Probe("evidence")),
        });
        using var browser = site.Browser();
        var well = await browser.OpenAsync(Links.Operations.Health());
        Assert.Equal(HttpStatusCode.OK, well.Status);
        Assert.Equal("""{"status":"ok","parts":{"store":"ok","engine":"ok","mail":"ok","evidence":"ok"}}""", well.Html);

        mail.Trouble = "The mail server takes no mail; 3 waiting.";
        var red = await browser.OpenAsync(Links.Operations.Health());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, red.Status);
        Assert.Equal("red: The mail server takes no mail; 3 waiting.", JsonDocument.Parse(red.Html).RootElement.GetProperty("parts").GetProperty("mail").GetString());

        mail.Thrown = new IOException("/srv/secret/mail is full of alice@polygon.example");
        var broken = await browser.OpenAsync(Links.Operations.Health());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.Status);
        Assert.DoesNotContain("secret", broken.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", broken.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_nothing_speaks_for_is_red()
    {
        await using var site = await TestProgram.StartAsync();
        using var browser = site.Browser();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.OpenAsync(Links.Operations.Health())).Status);
    }

    private sealed class Probe(string name) : IHealthProbe
    {
        public string? Trouble { get; set; }

        public Exception? Thrown { get; set; }

        public Task<HealthPart> ProbeAsync(CancellationToken cancellation = default) =>
            Thrown is not null ? throw Thrown : Task.FromResult(new HealthPart(name, Trouble is null, Trouble));
    }
}
