namespace PolicyFlows.Core.Tests.Evidence;

/// <summary>A read-only stream made of one method.</summary>
internal abstract class ReadStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(Read(buffer.Span));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Gives its content a byte at a time.</summary>
internal sealed class TrickleStream(byte[] content) : ReadStream
{
    private int at;

    public override int Read(Span<byte> buffer)
    {
        if (at == content.Length)
        {
            return 0;
        }

        buffer[0] = content[at++];
        return 1;
    }
}

/// <summary>A connection that is lost, or cancelled, after so many bytes.</summary>
internal sealed class BreakingStream(byte[] content, int breakAt, Action? instead = null) : ReadStream
{
    private int at;

    public override int Read(Span<byte> buffer)
    {
        if (at >= breakAt)
        {
            instead?.Invoke();
            return instead is null ? throw new EndOfStreamException("The client went away.") : 1;
        }

        var count = Math.Min(Math.Min(buffer.Length, 10_000), breakAt - at);
        content.AsSpan(at, count).CopyTo(buffer);
        at += count;
        return count;
    }
}

/// <summary>Text without end.</summary>
internal sealed class EndlessStream : ReadStream
{
    public long Given { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        buffer.Fill((byte)'a');
        Given += buffer.Length;
        return buffer.Length;
    }
}
