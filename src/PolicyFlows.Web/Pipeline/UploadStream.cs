using Microsoft.AspNetCore.Http;

namespace PolicyFlows.Web.Pipeline;

/// <summary>A part of an upload: counts its bytes and names a broken connection as what it is, so that nobody takes it for a full disk.</summary>
internal sealed class UploadStream(Stream inner, long maxBytes) : ForwardStream
{
    private long _read;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or BadHttpRequestException)
        {
            throw new UploadBrokenException(broken);
        }

        _read += read;
        return _read <= maxBytes ? read : throw new TooLargeException(maxBytes);
    }
}
