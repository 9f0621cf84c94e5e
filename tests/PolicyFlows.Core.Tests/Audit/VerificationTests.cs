using System.Security.Cryptography;
using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tests.Records;
using PolicyFlows.Core.Time;
using PolicyFlows.Core.Work;
using PolicyFlows.Storage;

namespace PolicyFlows.Core.Tests.Audit;

public sealed class VerificationTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    private readonly TempFolder folder = new();
    private readonly InMemoryRecordStore records = new();
    private readonly EvidenceFiles files;
    private readonly CaseListing listing;
    private readonly CaseStore cases;

    public VerificationTests()
    {
        files = new EvidenceFiles(folder.Path);
        listing = new CaseListing(records);
        cases = new CaseStore(records, listing, new WakeupSignal());
    }

    [Fact]
    public async Task A_file_that_no_case_and_no_draft_names_is_named_and_is_no_difference()
    {
        await AttachAsync(await ReceiveAsync("of-case"));
        await DraftAsync(await ReceiveAsync("of-draft"));
        await ReceiveAsync("of-nobody");

        var result = await VerifyAsync();

        Assert.Null(result.First);
        Assert.Equal("of-nobody", Assert.Single(result.Unowned));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_a_difference()
    {
        var file = await ReceiveAsync("of-case");
        await AttachAsync(file);
        await files.DeleteAsync(file.BlobId);

        Assert.Equal("the file of-case is missing", (await VerifyAsync()).First?.What);
    }

    [Fact]
    public async Task A_file_that_was_changed_is_a_difference()
    {
        await AttachAsync(await ReceiveAsync("of-case"));
        var path = Assert.Single(Directory.GetFiles(folder.Path, "of-case*"));
        await File.WriteAllTextAsync(path, "Somebody wrote something else.");

        Assert.Equal("the file of-case was changed after it was received", (await VerifyAsync()).First?.What);
    }

    public void Dispose() => folder.Dispose();

    private Task<VerificationResult> VerifyAsync() => new Verification(listing, cases, new ChainCheck(records), files, records).RunAsync();

    private Task<ReceivedEvidence> ReceiveAsync(string id) => files.ReceiveAsync(id, new MemoryStream(RandomNumberGenerator.GetHexString(40).Select(c => (byte)c).ToArray()), "note.txt", 1_000);

    private Task AttachAsync(ReceivedEvidence file) => cases.ChangeAsync("INC-1", new ProcessContext("test", "reporter", At), change =>
    {
        change.Put(Rows.Evidence(1), new EvidenceItem
        {
            No = 1, BlobId = file.BlobId, Sha256 = file.Sha256, Bytes = file.Bytes, MediaType = file.MediaType, FileName = "note.txt", ReceivedAt = At, ByKey = "reporter",
        });
        change.Note("evidence.received", "8.2", "evidence-1", fact: file.Sha256);
        return Task.CompletedTask;
    });

    private async Task DraftAsync(ReceivedEvidence file)
    {
        var drafts = new DraftStore(records, files, new DirectoryStore(records), new BusinessClock(TimeProvider.System));
        var key = await drafts.BeginAsync("INC");
        await drafts.ChangeAsync(key, d => d with { Files = [new DraftFile(file, "note.txt", At)] });
    }
}
