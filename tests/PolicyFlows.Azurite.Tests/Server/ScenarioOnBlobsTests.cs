using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Azurite.Tests.Support;
using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Storage.Blobs;
using PolicyFlows.Web.Tests.Scenarios;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Azurite.Tests.Server;

/// <summary>Scenario 1 of the trust through pages and mailed links, with its evidence on Azure Blob Storage as Azurite plays it.</summary>
public sealed class ScenarioOnBlobsTests(AzuriteServer azurite)
{
    [Fact]
    public async Task Scenario_01_with_its_screenshot_in_quarantine_until_the_decision_and_in_evidence_from_then_on()
    {
        var quarantine = new BlobContainerClient(azurite.TakeAccount(), EvidenceBlobs.QuarantineContainer);
        var evidence = new BlobContainerClient(azurite.TakeAccount(), EvidenceBlobs.EvidenceContainer);
        var store = new EvidenceBlobs(quarantine, evidence, TimeProvider.System);
        await store.EnsureAsync("of-this-test");
        // Left by an upload that was cut off at its very end, years ago by the clock of the program.
        await store.ReceiveAsync("of-nobody", new MemoryStream(Core.Tests.Evidence.SampleFiles.Text), "a.txt", 1_000);
        await using var program = await TestProgram.StartAsync(new() { Sqlite = true, More = services => services.AddSingleton<IEvidenceStore>(store) });
        var story = new Story(program, new PageActs(program));

        Assert.Equal((1, 0), (await CountAsync(quarantine), await CountAsync(evidence)));
        var incident = await story.Act.ReportAsync(new());
        // The first daily rounds have removed what nobody holds, and that alone.
        Assert.Equal((1, 0), (await CountAsync(quarantine), await CountAsync(evidence)));
        await story.AtAsync(1);
        await story.Act.DecideAsync(Manager, incident, IncidentRoute.Takedown);
        Assert.Equal((0, 1), (await CountAsync(quarantine), await CountAsync(evidence)));
        await story.AtAsync(2);
        await story.Act.FiledAsync(Manager, incident, "file-01");
        await story.AtAsync(26);
        await story.Act.CheckedAsync(Manager, incident, "check-01-1", CheckOutcome.Gone);
        await story.AtAsync(50);
        await story.Act.CheckedAsync(Manager, incident, "check-01-2", CheckOutcome.Gone);

        Assert.Equal(
            ["0 h manager", "0 h teacher", "1 h manager", "26 h manager", "50 h manager"],
            story.Mails().Select(mail => mail[..mail.IndexOf(':', StringComparison.Ordinal)]).OrderBy(Hour).ThenBy(mail => mail, StringComparer.Ordinal));
        Assert.Equal("decision kept, sent kept, removed kept", await story.ClocksAsync(incident));
        Assert.Equal(TakedownState.Removed, (await story.TakedownAsync(incident)).State);
        Assert.Empty(await story.Act.CloseAsync(Manager, incident));
        Assert.Equal(IncidentState.Closed, (await story.IncidentAsync(incident)).State);

        var verified = await program.Get<Verification>().RunAsync();
        Assert.Equal((null, 1), (verified.First, verified.EvidenceItems));
        Assert.Empty(verified.Unowned);
        Assert.Empty(program.EvidencePaths);
        await using var kept = await store.OpenAsync((await store.ListAsync().ToListAsync()).Single());
        Assert.Equal(SHA256.HashData(Web.Tests.Support.SampleFiles.Png), await SHA256.HashDataAsync(kept!));
    }

    private static int Hour(string mail) => int.Parse(mail.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<int> CountAsync(BlobContainerClient container) => await container.GetBlobsAsync(new GetBlobsOptions()).CountAsync();
}
