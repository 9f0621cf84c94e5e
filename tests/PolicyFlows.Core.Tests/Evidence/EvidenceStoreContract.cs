using System.Security.Cryptography;
using PolicyFlows.Core.Evidence;

namespace PolicyFlows.Core.Tests.Evidence;

/// <summary>What every evidence store does alike. A class per adapter inherits it.</summary>
public abstract class EvidenceStoreContract
{
    private const long Limit = 1_000_000;

    protected abstract IEvidenceStore Store { get; }

    private Task<ReceivedEvidence> Receive(string id, byte[] content, string name = "a.txt", long limit = Limit) =>
        Store.ReceiveAsync(id, new MemoryStream(content), name, limit);

    private async Task<byte[]?> Read(string id)
    {
        await using var stream = await Store.OpenAsync(id);
        if (stream is null)
        {
            return null;
        }

        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private async Task AssertHoldsNothing()
    {
        Assert.Empty(await Store.ListAsync().ToListAsync());
        Assert.Null(await Read("e-1"));
    }

    private async Task AssertRefused(EvidenceRefusal reason, byte[] content, string name, long limit = Limit)
    {
        Assert.Equal(reason, (await Assert.ThrowsAsync<EvidenceRefusedException>(() => Receive("e-1", content, name, limit))).Reason);
        await AssertHoldsNothing();
    }

    [Fact]
    public async Task The_bytes_come_back_untouched_with_their_hash_length_and_type()
    {
        byte[] content = [.. SampleFiles.Png, .. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];
        var received = await Receive("e-1", content, "Screenshot 1.png");
        Assert.Equal(new ReceivedEvidence("e-1", Convert.ToHexStringLower(SHA256.HashData(content)), content.Length, "image/png"), received);
        Assert.Equal(content, await Read("e-1"));
    }

    [Fact]
    public async Task A_stream_that_gives_one_byte_at_a_time_is_read_to_its_end()
    {
        await Store.ReceiveAsync("e-1", new TrickleStream(SampleFiles.Mail), "a.eml", Limit);
        Assert.Equal(SampleFiles.Mail, await Read("e-1"));
    }

    [Fact]
    public async Task An_empty_file_is_refused() => await AssertRefused(EvidenceRefusal.Empty, [], "a.png");

    [Fact]
    public async Task A_file_over_the_limit_is_refused() => await AssertRefused(EvidenceRefusal.TooLarge, new byte[1_001], "a.png", limit: 1_000);

    [Fact]
    public async Task A_file_of_exactly_the_limit_is_taken()
    {
        var received = await Receive("e-1", SampleFiles.Text, limit: SampleFiles.Text.Length);
        Assert.Equal(SampleFiles.Text.Length, received.Bytes);
    }

    [Fact]
    public async Task A_file_far_over_the_limit_is_not_read_to_its_end()
    {
        var endless = new EndlessStream();
        var refused = await Assert.ThrowsAsync<EvidenceRefusedException>(() => Store.ReceiveAsync("e-1", endless, "a.txt", 1_000_000));
        Assert.Equal(EvidenceRefusal.TooLarge, refused.Reason);
        Assert.InRange(endless.Given, 1_000_000, 2_000_000);
        await AssertHoldsNothing();
    }

    [Fact]
    public async Task A_type_outside_the_list_is_refused() => await AssertRefused(EvidenceRefusal.TypeNotAllowed, SampleFiles.Zip, "a.zip");

    [Fact]
    public async Task A_picture_that_is_a_web_page_is_refused() =>
        await AssertRefused(EvidenceRefusal.ContentDoesNotMatchName, "<html><script>"u8.ToArray(), "a.png");

    [Fact]
    public async Task A_web_page_called_text_is_refused() => await AssertRefused(EvidenceRefusal.TypeNotAllowed, "<html><script>"u8.ToArray(), "a.txt");

    [Fact]
    public async Task An_upload_cut_at_60_percent_leaves_nothing_and_can_be_sent_again()
    {
        byte[] content = [.. SampleFiles.Png, .. new byte[500_000]];
        await Assert.ThrowsAsync<EndOfStreamException>(() =>
            Store.ReceiveAsync("e-1", new BreakingStream(content, content.Length * 6 / 10), "a.png", Limit));
        await AssertHoldsNothing();
        await Receive("e-1", content, "a.png");
        Assert.Equal(content, await Read("e-1"));
    }

    [Fact]
    public async Task A_cancelled_upload_leaves_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var stream = new BreakingStream(new byte[500_000], 300_000, cancel.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReceiveAsync("e-1", stream, "a.png", Limit, cancel.Token));
        await AssertHoldsNothing();
    }

    [Fact]
    public async Task An_original_is_never_overwritten()
    {
        await Receive("e-1", SampleFiles.Text);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Receive("e-1", SampleFiles.Mail));
        Assert.Equal(SampleFiles.Text, await Read("e-1"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../e-1")]
    [InlineData("E-1")]
    [InlineData("a.b")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    public async Task An_id_that_could_be_a_path_is_refused(string id)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Receive(id, SampleFiles.Text));
        Assert.Null(await Store.OpenAsync(id));
        await Store.DeleteAsync(id);
        await AssertHoldsNothing();
    }

    [Fact]
    public async Task Deleted_evidence_is_gone_and_deleting_again_is_no_error()
    {
        await Receive("e-1", SampleFiles.Text);
        await Receive("e-2", SampleFiles.Text);
        await Store.DeleteAsync("e-1");
        await Store.DeleteAsync("e-1");
        Assert.Null(await Read("e-1"));
        Assert.Equal(["e-2"], await Store.ListAsync().ToListAsync());
    }

    [Fact]
    public async Task A_file_knows_when_its_last_byte_was_written_and_a_missing_one_does_not()
    {
        var before = TimeProvider.System.GetUtcNow();
        await Receive("e-1", SampleFiles.Text);
        var at = await Store.ReceivedAtAsync("e-1");
        // File systems keep coarser times than the clock.
        Assert.InRange(at!.Value, before.AddSeconds(-3), TimeProvider.System.GetUtcNow().AddSeconds(3));
        Assert.Equal(TimeSpan.Zero, at.Value.Offset);
        Assert.Null(await Store.ReceivedAtAsync("e-2"));
        Assert.Null(await Store.ReceivedAtAsync("../e-1"));
    }

    [Fact]
    public async Task What_is_kept_stays_as_it_was_and_keeping_again_or_keeping_what_is_gone_changes_nothing()
    {
        byte[] content = [.. SampleFiles.Png, .. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 3))];
        await Receive("e-1", content, "a.png");
        await Receive("e-2", SampleFiles.Text);
        var at = await Store.ReceivedAtAsync("e-1");
        await Store.KeepAsync("e-1");
        await Store.KeepAsync("e-1");
        await Store.KeepAsync("e-3");
        Assert.Equal(content, await Read("e-1"));
        Assert.Equal(at, await Store.ReceivedAtAsync("e-1"));
        Assert.Equal(["e-1", "e-2"], await Store.ListAsync().ToListAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Receive("e-1", SampleFiles.Mail));
        await Store.DeleteAsync("e-1");
        Assert.Equal(["e-2"], await Store.ListAsync().ToListAsync());
    }

    [Fact]
    public async Task Many_uploads_at_once_do_not_mix()
    {
        var contents = Enumerable.Range(0, 20).Select(i => (byte[])[.. SampleFiles.Text, .. Enumerable.Repeat((byte)('a' + i), 100_000 + i)]).ToList();
        await Task.WhenAll(contents.Select((content, i) => Receive($"e-{i}", content)));
        for (var i = 0; i < contents.Count; i++)
        {
            Assert.Equal(contents[i], await Read($"e-{i}"));
        }

        Assert.Equal(20, (await Store.ListAsync().ToListAsync()).Count);
    }
}
