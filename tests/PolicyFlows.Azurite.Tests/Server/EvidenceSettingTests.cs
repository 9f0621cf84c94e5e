using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Azurite.Tests.Support;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Tests.Evidence;
using PolicyFlows.Server.Hosting;
using PolicyFlows.Storage;
using PolicyFlows.Storage.Blobs;
using PolicyFlows.Storage.Tables;

namespace PolicyFlows.Azurite.Tests.Server;

/// <summary>The one setting by which the embedded server keeps evidence on Azure Blob Storage, on real data folders.</summary>
public sealed class EvidenceSettingTests(AzuriteServer azurite) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("policyflows-place-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_server_started_with_a_connection_string_receives_into_the_quarantine_container_and_its_folder_remembers()
    {
        var account = azurite.TakeAccount();
        var place = EvidencePlace.Read(account, null)!;
        using (var data = Open("data", place))
        {
            await using var app = await BuildAsync(data, place);
            await ReceiveAsync(app.Services.GetRequiredService<IEvidenceStore>(), "e-1");
        }

        Assert.Equal(["e-1"], await NamesAsync(account, EvidenceBlobs.QuarantineContainer));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.FullName, "data", "evidence")));
        using var again = DataFolder.OpenForReading(Path.Combine(folder.FullName, "data"));
        Assert.Equal(place.Name, again.EvidencePlace);
        Assert.Equal(["e-1"], await (await EvidenceOfFolder.OpenAsync(again, place)).ListAsync().ToListAsync());
    }

    [Fact]
    public async Task A_quarantine_account_of_its_own_takes_what_nobody_has_decided_about()
    {
        var (evidence, quarantine) = (azurite.TakeAccount(), azurite.TakeAccount());
        var place = EvidencePlace.Read(evidence, quarantine)!;
        using var data = Open("data", place);
        await ReceiveAsync(await EvidenceOfFolder.OpenAsync(data, place), "e-1");
        Assert.Equal(["e-1"], await NamesAsync(quarantine, EvidenceBlobs.QuarantineContainer));
        Assert.Empty(await NamesAsync(evidence, EvidenceBlobs.EvidenceContainer));
    }

    [Fact]
    public async Task A_folder_that_keeps_its_evidence_itself_does_not_start_with_the_setting()
    {
        var place = EvidencePlace.Read(azurite.TakeAccount(), null)!;
        using var data = Open("data", null);
        var refused = await Assert.ThrowsAsync<DataFolderException>(() => BuildAsync(data, place));
        Assert.Contains("keeps its evidence in itself", refused.Message, StringComparison.Ordinal);
        Assert.Contains("without PolicyFlows__Evidence", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_whose_evidence_lies_in_an_account_does_not_start_without_it_nor_with_another()
    {
        var place = EvidencePlace.Read(azurite.TakeAccount(), null)!;
        var other = EvidencePlace.Read(azurite.TakeAccount(), null)!;
        using var data = Open("data", place);
        foreach (var wrong in new[] { null, other })
        {
            var refused = await Assert.ThrowsAsync<DataFolderException>(() => BuildAsync(data, wrong));
            Assert.Contains(place.Name, refused.Message, StringComparison.Ordinal);
            Assert.Contains("Set PolicyFlows__Evidence", refused.Message, StringComparison.Ordinal);
        }

        Assert.Throws<InvalidOperationException>(() => data.Evidence);
    }

    [Fact]
    public async Task A_second_folder_is_refused_where_another_keeps_its_evidence_because_it_would_take_it_for_leftovers()
    {
        var place = EvidencePlace.Read(azurite.TakeAccount(), null)!;
        using var first = Open("first", place);
        await EvidenceOfFolder.OpenAsync(first, place);
        using var second = Open("second", place);
        Assert.Contains("another folder", (await Assert.ThrowsAsync<EvidencePlaceException>(() => EvidenceOfFolder.OpenAsync(second, place))).Message, StringComparison.Ordinal);
        await EvidenceOfFolder.OpenAsync(first, place);
    }

    [Fact]
    public async Task A_container_with_files_of_nobody_knows_whom_is_refused()
    {
        var account = azurite.TakeAccount();
        var place = EvidencePlace.Read(account, null)!;
        var container = new BlobContainerClient(account, EvidenceBlobs.EvidenceContainer);
        await container.CreateAsync();
        await container.UploadBlobAsync("theirs", new BinaryData("x"));
        using var data = Open("data", place);
        Assert.Contains("does not say whose", (await Assert.ThrowsAsync<EvidencePlaceException>(() => EvidenceOfFolder.OpenAsync(data, place))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_makes_no_container()
    {
        var account = azurite.TakeAccount();
        var place = EvidencePlace.Read(account, null)!;
        Open("data", place).Dispose();
        using var looking = DataFolder.OpenForReading(Path.Combine(folder.FullName, "data"));
        Assert.Contains("is missing", (await Assert.ThrowsAsync<EvidencePlaceException>(() => EvidenceOfFolder.OpenAsync(looking, place))).Message, StringComparison.Ordinal);
        Assert.False(await new BlobContainerClient(account, EvidenceBlobs.EvidenceContainer).ExistsAsync());
    }

    [Fact]
    public async Task No_key_reaches_a_text_a_message_the_folder_or_the_health_page()
    {
        var account = azurite.TakeAccount();
        var key = account.Split("AccountKey=")[1].Split(';')[0];
        var place = EvidencePlace.Read(account, null)!;
        var options = new ServerOptions("data", new Uri($"http://127.0.0.1:{FreePort()}"), AllowNetwork: false) { Evidence = place };
        var texts = new List<string> { place.ToString(), options.ToString(), BlobAccount.Read("x", account).ToString() };
        texts.Add(Assert.Throws<EvidencePlaceException>(() => EvidencePlace.Read(account.Replace("AccountName", "Account", StringComparison.Ordinal), null)).Message);
        texts.Add(Assert.Throws<EvidencePlaceException>(() => EvidencePlace.Read($"https://a.blob.example/?sig={key}", null)).Message);
        texts.Add(Assert.Throws<EvidencePlaceException>(() => EvidencePlace.Read(null, account)).Message);
        texts.Add(Assert.Throws<FormatException>(() => TableAccount.Open($"AccountKey={key}x", new Azure.Identity.DefaultAzureCredential())).ToString());
        texts.Add(Assert.Throws<FormatException>(() => TableAccount.Open(key, new Azure.Identity.DefaultAzureCredential())).ToString());
        // The right account with a wrong key.
        var wrong = EvidencePlace.Read(account.Replace(key, Convert.ToBase64String(new byte[32]), StringComparison.Ordinal), null)!;
        using (var data = Open("data", place))
        {
            texts.Add((await Assert.ThrowsAsync<EvidencePlaceException>(() => EvidenceOfFolder.OpenAsync(data, wrong))).ToString());
            await using var app = await EmbeddedServer.BuildAsync(data, options);
            await app.StartAsync();
            using var http = new HttpClient { BaseAddress = options.Url };
            var well = await http.GetStringAsync("/health");
            Assert.Contains("\"evidence\":\"ok\"", well, StringComparison.Ordinal);
            await new BlobContainerClient(account, EvidenceBlobs.EvidenceContainer).DeleteAsync();
            var red = await http.GetAsync("/health");
            Assert.Equal(503, (int)red.StatusCode);
            var said = await red.Content.ReadAsStringAsync();
            Assert.Contains("A container for evidence is missing", said, StringComparison.Ordinal);
            texts.AddRange([well, said]);
            await app.StopAsync();
        }

        texts.Add(await File.ReadAllTextAsync(Path.Combine(folder.FullName, "data", "stamp.json")));
        Assert.All(texts, text => Assert.DoesNotContain(key, text, StringComparison.Ordinal));
    }

    [Fact]
    public void An_address_and_a_connection_string_of_one_account_name_one_place()
    {
        var key = Convert.ToBase64String(new byte[32]);
        var byKey = EvidencePlace.Read($"DefaultEndpointsProtocol=https;AccountName=trust;AccountKey={key};EndpointSuffix=core.windows.net", null)!;
        Assert.Equal("https://trust.blob.core.windows.net/evidence https://trust.blob.core.windows.net/quarantine", byKey.Name);
        Assert.Equal(byKey.Name, EvidencePlace.Read("https://trust.blob.core.windows.net", "https://trust.blob.core.windows.net/")!.Name);
        Assert.Null(EvidencePlace.Read(null, ""));
    }

    private DataFolder Open(string name, EvidencePlace? place) => DataFolder.Open(Path.Combine(folder.FullName, name), TimeProvider.System, evidencePlace: place?.Name);

    private static Task<WebApplication> BuildAsync(DataFolder data, EvidencePlace? place) =>
        EmbeddedServer.BuildAsync(data, new ServerOptions(data.Path, new Uri("http://127.0.0.1:5080"), AllowNetwork: false) { Evidence = place });

    private static Task<ReceivedEvidence> ReceiveAsync(IEvidenceStore store, string id) => store.ReceiveAsync(id, new MemoryStream(SampleFiles.Text), "a.txt", 1_000);

    private static async Task<List<string>> NamesAsync(string account, string container) =>
        await new BlobContainerClient(account, container).GetBlobsAsync(new GetBlobsOptions()).Select(blob => blob.Name).ToListAsync();

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
