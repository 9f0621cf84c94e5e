using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Tests.Records;
using PolicyFlows.Storage;

namespace PolicyFlows.Core.Tests.Evidence;

public sealed class EvidenceFilesTests : EvidenceStoreContract, IDisposable
{
    private readonly TempFolder folder = new();

    public EvidenceFilesTests() => Store = new EvidenceFiles(folder.Path);

    protected override IEvidenceStore Store { get; }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_held_cannot_be_deleted_until_the_hold_is_lifted()
    {
        await Store.ReceiveAsync("e-1", new MemoryStream(SampleFiles.Text), "a.txt", 1_000);
        await Store.SetLegalHoldAsync("e-1", hold: true);
        await Store.SetLegalHoldAsync("e-1", hold: true);
        await Assert.ThrowsAsync<EvidenceHeldException>(() => Store.DeleteAsync("e-1"));
        Assert.Equal(SampleFiles.Text, await File.ReadAllBytesAsync(folder.File("e-1.bin")));
        Assert.Equal(["e-1"], await Store.ListAsync().ToListAsync());
        await Store.SetLegalHoldAsync("e-1", hold: false);
        await Store.DeleteAsync("e-1");
        Assert.Null(await Store.OpenAsync("e-1"));
        Assert.Empty(Directory.GetFiles(folder.Path));
        await Assert.ThrowsAnyAsync<IOException>(() => Store.SetLegalHoldAsync("e-1", hold: true));
    }

    [Fact]
    public async Task A_disk_that_fails_at_any_step_leaves_nothing_and_the_next_try_works()
    {
        byte[] content = [.. SampleFiles.Png, .. new byte[400_000]];
        var failures = 0;
        for (var n = 1; ; n++)
        {
            var disk = new FailingDisk(n);
            var store = new EvidenceFiles(folder.Path, disk);
            try
            {
                await store.ReceiveAsync("e-1", new MemoryStream(content), "a.png", 1_000_000);
                break;
            }
            catch (StorageFullException)
            {
                failures++;
                Assert.Empty(Directory.GetFiles(folder.Path));
                Assert.Null(await store.OpenAsync("e-1"));
            }
        }

        // Create, four or more writes, flush, rename, flush of the folder.
        Assert.InRange(failures, 8, 20);
        Assert.Equal(["e-1.bin"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
        Assert.Equal(content, await File.ReadAllBytesAsync(folder.File("e-1.bin")));
    }

    [Fact]
    public async Task A_truly_full_device_is_reported_as_full()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");
        var store = new EvidenceFiles(folder.Path, new FullDevice());
        await Assert.ThrowsAsync<StorageFullException>(() => store.ReceiveAsync("e-1", new MemoryStream(SampleFiles.Png), "a.png", 1_000));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task The_file_is_flushed_before_it_is_named_and_the_folder_before_it_is_received()
    {
        var disk = new FailingDisk(int.MaxValue);
        await new EvidenceFiles(folder.Path, disk).ReceiveAsync("e-1", new MemoryStream(SampleFiles.Png), "a.png", 1_000);
        Assert.Equal(["create", "write", "flush file", "rename", "flush folder"], disk.Steps);
    }

    [Fact]
    public void What_a_crash_left_is_removed_at_start_and_originals_stay()
    {
        File.WriteAllText(folder.File("e-1.bin.0123.part"), "half");
        File.WriteAllText(folder.File("e-2.bin"), "whole");
        _ = new EvidenceFiles(folder.Path);
        Assert.Equal(["e-2.bin"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Only_this_account_can_read_an_original()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await Store.ReceiveAsync("e-1", new MemoryStream(SampleFiles.Png), "a.png", 1_000);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("e-1.bin")));
    }

    [Fact]
    public async Task Nothing_of_the_senders_file_name_reaches_the_disk()
    {
        await Store.ReceiveAsync("e-1", new MemoryStream(SampleFiles.Png), "../../canary.png", 1_000);
        Assert.Equal(["e-1.bin"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    /// <summary>Fails its nth operation as a full disk does.</summary>
    private sealed class FailingDisk(int failAt) : EvidenceDisk
    {
        private int count;

        public List<string> Steps { get; } = [];

        public override Stream Create(string path)
        {
            Step("create");
            return new FailingStream(base.Create(path), () => Step("write"));
        }

        public override void FlushFile(Stream file)
        {
            Step("flush file");
            base.FlushFile(((FailingStream)file).Inner);
        }

        public override void Rename(string from, string to)
        {
            Step("rename");
            base.Rename(from, to);
        }

        public override void FlushFolder(string folder)
        {
            Step("flush folder");
            base.FlushFolder(folder);
        }

        private void Step(string name)
        {
            Steps.Add(name);
            if (++count == failAt)
            {
                throw new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);
            }
        }
    }

    private sealed class FullDevice : EvidenceDisk
    {
        public override Stream Create(string path) => new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
    }

    private sealed class FailingStream(Stream inner, Action beforeWrite) : Stream
    {
        public Stream Inner => inner;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            beforeWrite();
            inner.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
