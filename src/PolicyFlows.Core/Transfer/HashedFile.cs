using System.Security.Cryptography;
using PolicyFlows.Core.Files;

namespace PolicyFlows.Core.Transfer;

/// <summary>A new file of an export, hashed while it is written, readable by this account only.</summary>
internal sealed class HashedFile : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream file;
    private readonly BufferedStream buffer;
    private long written;

    public HashedFile(string path)
    {
        file = DurableFiles.CreateNew(path);
        buffer = new BufferedStream(file, 80 * 1024);
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => written;

    public override long Position
    {
        get => written;
        set => throw new NotSupportedException();
    }

    /// <summary>What was written, once it is on the disk.</summary>
    public ExportedFile Finish(string path)
    {
        buffer.Flush();
        file.Flush(flushToDisk: true);
        return new(path, written, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        hash.AppendData(bytes);
        buffer.Write(bytes);
        written += bytes.Length;
    }

    public override void Write(byte[] bytes, int offset, int count) => Write(bytes.AsSpan(offset, count));

    public override Task WriteAsync(byte[] bytes, int offset, int count, CancellationToken cancellationToken)
    {
        Write(bytes.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default)
    {
        Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    // Small writes come in their thousands; Finish is what brings them to the disk.
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] bytes, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            buffer.Dispose();
            file.Dispose();
            hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
