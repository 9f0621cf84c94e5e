using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Azurite.Tests.Support;
using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Transfer;
using PolicyFlows.Durable;
using PolicyFlows.Storage;
using PolicyFlows.Storage.Blobs;
using PolicyFlows.Storage.Tables;
using PolicyFlows.Web.Tests.Scenarios;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Azurite.Tests.Transfer;

/// <summary>A data folder with work under way, exported, and loaded into tables and blobs as Azurite plays them. The engine of the target knows nothing.</summary>
public sealed class MoveToAzureTests(AzuriteServer azurite) : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("policyflows-move-");
    private BlobContainerClient quarantine = null!;
    private BlobContainerClient evidence = null!;
    private EvidenceBlobs blobs = null!;
    private TableRecordStore table = null!;

    private string Data => Path.Combine(folder.FullName, "data");

    public async ValueTask InitializeAsync()
    {
        quarantine = new BlobContainerClient(azurite.TakeAccount(), EvidenceBlobs.QuarantineContainer);
        evidence = new BlobContainerClient(azurite.TakeAccount(), EvidenceBlobs.EvidenceContainer);
        blobs = new EvidenceBlobs(quarantine, evidence, TimeProvider.System);
        await blobs.EnsureAsync();
        table = await TableRecordStore.OpenAsync(new TableServiceClient(azurite.TakeAccount()));
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Open_work_goes_on_from_the_records_and_mails_what_it_would_have_mailed_at_its_hour_and_nothing_twice()
    {
        // The same story of somebody who stayed.
        List<string> stayed;
        await using (var program = await TestProgram.StartAsync(new() { Pages = false }))
        {
            var story = new Story(program, new ServiceActs(program));
            var (undecided, filed) = await UntilThreeHoursAsync(story);
            await AfterThreeHoursAsync(story, filed);
            stayed = [.. story.Mails(undecided), .. story.Mails(filed)];
        }

        List<string> mails;
        string open, removal, late;
        using (var data = DataFolder.Open(Data, TimeProvider.System))
        {
            await using var program = await TestProgram.StartAsync(On(data.Records, data.Evidence, new SqliteOrchestrationStore(data.Database)));
            var story = new Story(program, new ServiceActs(program));
            (open, removal) = await UntilThreeHoursAsync(story);
            program.Mail.Down = true;
            late = await story.Act.ReportAsync(new(ReporterEmail: null));
            mails = [.. story.Mails(open), .. story.Mails(removal)];
            Assert.Empty(story.Mails(late));
        }

        await ImportAsync(await ExportAsync());
        Assert.Equal((2, 1), (await CountAsync(quarantine), await CountAsync(evidence)));

        await using var moved = await TestProgram.StartAsync(On(table, blobs, new InMemoryOrchestrationStore()) with { HasTrust = true });
        var after = new Story(moved, new ServiceActs(moved));
        await moved.OffUntilAsync(3);
        // What the old server could not send any more goes out once, at once; of all else nothing is said again.
        Assert.Equal(["3 h manager: Decision needed by Mon 05:00"], after.Mails(late));
        Assert.Empty(after.Mails(open).Concat(after.Mails(removal)));
        await AfterThreeHoursAsync(after, removal);
        mails.AddRange([.. after.Mails(open), .. after.Mails(removal)]);

        Assert.Contains("4 h deputy: Decision needed by Mon 10:00", after.Mails(open));
        Assert.Contains("26 h manager: Check needed by Wed 00:00", after.Mails(removal));
        Assert.Equal(stayed.Order(StringComparer.Ordinal), mails.Order(StringComparer.Ordinal));
        Assert.Equal("decision kept, sent kept, removed kept", await after.ClocksAsync(removal));
        Assert.Equal(["decide-1"], await after.OpenTasksAsync(open));
        Assert.Null((await moved.Get<Verification>().RunAsync()).First);
        Assert.Empty(await moved.Get<DurableTaskClient>().GetAllInstancesAsync(new([OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Blocked])));
    }

    [Fact]
    public async Task A_folder_that_has_moved_serves_no_more_but_can_be_looked_at_and_exported_again()
    {
        DataFolder.Open(Data, TimeProvider.System).Dispose();
        var export = await ExportAsync();
        Assert.True(export.Manifest.Moved);
        Assert.Contains("has moved", Assert.Throws<DataFolderException>(() => DataFolder.Open(Data, TimeProvider.System)).Message, StringComparison.Ordinal);
        DataFolder.OpenForReading(Data).Dispose();
        Directory.Delete(Path.Combine(folder.FullName, "export"), recursive: true);
        await ExportAsync();
    }

    [Fact]
    public async Task A_whole_table_is_read_in_the_order_of_its_keys_and_an_original_is_restored_once()
    {
        foreach (var (partition, row) in new[] { ("b", "1"), ("a~", "2"), ("a", "~"), ("a", "1") })
            await table.CommitAsync(partition, [new RowWrite.Insert(row, $$"""{"of":"{{partition}}{{row}} ä"}""")]);
        var seen = new List<string>();
        await table.ReadAllAsync(row => seen.Add($"{row.Partition}|{row.Row}|{row.Data}"));
        Assert.Equal(["""a|1|{"of":"a1 ä"}""", """a|~|{"of":"a~ ä"}""", """a~|2|{"of":"a~2 ä"}""", """b|1|{"of":"b1 ä"}"""], seen);

        var bytes = "text"u8.ToArray();
        var at = new DateTimeOffset(2026, 3, 2, 9, 0, 0, 123, TimeSpan.Zero);
        var item = new ExportedEvidence("e-1", 4, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), "text/plain", at, Decided: false);
        Assert.True(await blobs.RestoreAsync(item, new MemoryStream(bytes)));
        Assert.False(await blobs.RestoreAsync(item, new MemoryStream(bytes)));
        Assert.Equal(at, await blobs.ReceivedAtAsync("e-1"));
        Assert.Equal((1, 0), (await CountAsync(quarantine), await CountAsync(evidence)));
        await Assert.ThrowsAsync<IOException>(() => blobs.RestoreAsync(item with { Sha256 = new string('0', 64) }, new MemoryStream(bytes)));
        await Assert.ThrowsAsync<IOException>(() => blobs.RestoreAsync(item with { Id = "e-2" }, new MemoryStream("tex!"u8.ToArray())));
        Assert.Null(await blobs.OpenAsync("e-2"));
    }

    private async Task<ExportFolder> ExportAsync()
    {
        var target = Path.Combine(folder.FullName, "export");
        using var data = DataFolder.OpenToMove(Data, TimeProvider.System);
        await new Export(data.Records, data.Evidence, TimeProvider.System)
            .WriteAsync(target, new(FolderKind.Demonstration, data.MadeAt, Moved: true, () => data.MarkAsMoved(TimeProvider.System.GetUtcNow())));
        return ExportFolder.Open(target);
    }

    private Task<ImportResult> ImportAsync(ExportFolder export) =>
        new Import(table, table, blobs, blobs, TimeProvider.System).LoadAsync(export, new(Rehearsal: true), _ => { });

    /// <summary>One report that nobody decides about, one whose removal is asked for.</summary>
    private static async Task<(string Undecided, string Filed)> UntilThreeHoursAsync(Story story)
    {
        var undecided = await story.Act.ReportAsync(new(ReporterEmail: null));
        var filed = await story.Act.ReportAsync(new());
        await story.AtAsync(1);
        await story.Act.DecideAsync(Manager, filed, IncidentRoute.Takedown);
        await story.AtAsync(2);
        await story.Act.FiledAsync(Manager, filed, "file-01");
        await story.AtAsync(3);
        return (undecided, filed);
    }

    private static async Task AfterThreeHoursAsync(Story story, string filed)
    {
        await story.AtAsync(26);
        await story.Act.CheckedAsync(Manager, filed, "check-01-1", CheckOutcome.Gone);
        await story.AtAsync(30);
    }

    private static ProgramNeeds On(IRecordStore records, IEvidenceStore evidence, IOrchestrationStore engine) => new()
    {
        Pages = false, More = services => services.AddSingleton(records).AddSingleton(evidence).AddSingleton(engine),
    };

    private static async Task<int> CountAsync(BlobContainerClient container) => await container.GetBlobsAsync(new GetBlobsOptions()).CountAsync();
}
