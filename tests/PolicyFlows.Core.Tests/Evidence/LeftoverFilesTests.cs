using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Rounds;
using PolicyFlows.Core.Tests.Cases;

namespace PolicyFlows.Core.Tests.Evidence;

public sealed class LeftoverFilesTests
{
    private const string Case = "INC-22222222", Operations = "OPS-20261005";

    [Fact]
    public async Task A_file_that_nobody_holds_is_removed_two_days_after_its_last_byte_and_noted_with_its_hash()
    {
        await using var spine = await Spine.StartAsync();
        var file = await ReceiveAsync(spine, "of-nobody", TimeSpan.FromHours(49));
        Assert.Equal(1, await RemoveAsync(spine));
        Assert.Empty(spine.Evidence.All);
        var entry = Assert.Single(await EntriesAsync(spine));
        Assert.Equal(("evidence.leftover-removed", "of-nobody", file.Sha256), (entry.Code, entry.Subject, entry.Fact));
        Assert.Equal(0, await RemoveAsync(spine));
        Assert.Single(await EntriesAsync(spine));
    }

    [Fact]
    public async Task A_fresh_one_stays_however_far_the_business_clock_is_ahead()
    {
        await using var spine = await Spine.StartAsync();
        await ReceiveAsync(spine, "of-nobody", TimeSpan.FromHours(48));
        spine.Time.Now = spine.Time.Now.AddYears(1);
        Assert.Equal(0, await RemoveAsync(spine));
        Assert.Single(spine.Evidence.All);
        Assert.Empty(await EntriesAsync(spine));
    }

    [Fact]
    public async Task A_file_that_a_case_holds_is_never_removed()
    {
        await using var spine = await Spine.StartAsync();
        await AttachAsync(spine, await ReceiveAsync(spine, "of-case", TimeSpan.FromDays(4000)));
        await ReceiveAsync(spine, "of-nobody", TimeSpan.FromDays(4000));
        Assert.Equal(1, await RemoveAsync(spine));
        Assert.Equal(["of-case"], spine.Evidence.All.Keys);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_file_that_a_draft_holds_is_not_removed_sent_or_not(bool sent)
    {
        await using var spine = await Spine.StartAsync();
        var file = await ReceiveAsync(spine, "of-draft", TimeSpan.FromDays(80));
        var drafts = spine.Get<DraftStore>();
        await drafts.ChangeAsync(await drafts.BeginAsync("INC"), d => d with { Files = [new(file, "note.txt", spine.Time.Now)], Sent = sent });
        Assert.Equal(0, await RemoveAsync(spine));
        Assert.Single(spine.Evidence.All);
    }

    [Fact]
    public async Task A_file_that_a_case_takes_while_it_is_looked_for_stays()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync();
        var file = await ReceiveAsync(spine, "late", TimeSpan.FromDays(3));
        // The first look has read the drafts' listing and the case's rows by now; the timelines are read between the looks.
        var looked = false;
        spine.Records.BeforeRange = async (_, prefix) =>
        {
            if (prefix != Rows.TimelinePrefix || looked) return;
            looked = true;
            await AttachAsync(spine, file);
        };
        Assert.Equal(0, await RemoveAsync(spine));
        Assert.True(looked);
        Assert.Single(spine.Evidence.All);
        Assert.Empty(await EntriesAsync(spine));
    }

    [Fact]
    public async Task Nothing_is_removed_while_a_case_lacks_a_row_that_its_timeline_tells_of()
    {
        await using var spine = await Spine.StartAsync();
        await AttachAsync(spine, await ReceiveAsync(spine, "of-case", TimeSpan.FromDays(3)));
        await spine.Records.RemoveAsync(Case, Rows.Evidence(1));
        Assert.Equal(0, await RemoveAsync(spine));
        Assert.Single(spine.Evidence.All);
    }

    [Fact]
    public async Task Nothing_is_removed_when_a_draft_cannot_be_read()
    {
        await using var spine = await Spine.StartAsync();
        await ReceiveAsync(spine, "of-nobody", TimeSpan.FromDays(3));
        await spine.Get<DraftStore>().BeginAsync("INC");
        var partition = Assert.Single((await spine.Records.RangeAsync("drafts", "")).Rows).Row;
        await spine.Records.EditAsync(partition, "draft", _ => "{");
        await Assert.ThrowsAnyAsync<Exception>(() => RemoveAsync(spine));
        Assert.Single(spine.Evidence.All);
    }

    [Fact]
    public async Task What_cannot_be_noted_is_not_removed()
    {
        await using var spine = await Spine.StartAsync();
        await ReceiveAsync(spine, "of-nobody", TimeSpan.FromDays(3));
        spine.Records.BeforeCommit = (partition, _) => partition == Operations ? throw new IOException("The disk is full.") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => RemoveAsync(spine));
        Assert.Single(spine.Evidence.All);
    }

    private static Task<int> RemoveAsync(Spine spine) => spine.Get<RemoveLeftoverFiles>().RunAsync(new("t", "i"), "20261005");

    private static async Task<IReadOnlyList<TimelineEntry>> EntriesAsync(Spine spine) =>
        [.. (await spine.Cases.ListAsync<TimelineEntry>(Operations, Rows.TimelinePrefix)).Select(e => e.Value)];

    private static async Task<ReceivedEvidence> ReceiveAsync(Spine spine, string id, TimeSpan age)
    {
        spine.Evidence.At[id] = spine.System.Now - age;
        return await spine.Evidence.ReceiveAsync(id, new MemoryStream([.. id.Select(c => (byte)c)]), "note.txt", 1_000);
    }

    private static Task AttachAsync(Spine spine, ReceivedEvidence file) => spine.Cases.ChangeAsync(Case, spine.As(Spine.Teacher), change =>
    {
        change.Put(Rows.Evidence(1), new EvidenceItem
        {
            No = 1, BlobId = file.BlobId, Sha256 = file.Sha256, Bytes = file.Bytes, MediaType = file.MediaType, FileName = "note.txt", ReceivedAt = change.Now, ByKey = Spine.Teacher,
        });
        change.Note("evidence.received", "8.2", "evidence-1", fact: file.Sha256);
        return Task.CompletedTask;
    });
}
