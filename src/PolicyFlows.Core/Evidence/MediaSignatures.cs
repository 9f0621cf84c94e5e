using System.Buffers.Binary;

namespace PolicyFlows.Core.Evidence;

/// <summary>Signatures of the pictures, documents, sounds and films of the allow-list.</summary>
internal static class MediaSignatures
{
    // Brands of ISO base media files (mp4ra.org). AVIF and camera raw share the container and are not on the list.
    private static readonly string[] HeicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];
    private static readonly string[] SoundBrands = ["M4A ", "M4B "];
    private static readonly string[] FilmBrandStarts = ["iso", "mp4", "avc", "M4V", "MSNV", "dash", "3gp", "3g2", "mmp4"];
    private static readonly string[] OldQuickTimeAtoms = ["moov", "mdat", "wide", "pnot"];

    private static readonly MediaSignature QuickTime = new("video/quicktime", FileFamily.Video);

    public static MediaSignature? Find(ReadOnlySpan<byte> head)
    {
        if (IsPng(head))
        {
            return new MediaSignature("image/png", FileFamily.Image);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return new MediaSignature("image/jpeg", FileFamily.Image);
        }

        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
        {
            return new MediaSignature("image/gif", FileFamily.Image);
        }

        if (head.StartsWith("%PDF-"u8))
        {
            return new MediaSignature("application/pdf", FileFamily.Pdf);
        }

        if (head.StartsWith("RIFF"u8) && head.Length >= 12)
        {
            return OfRiff(head[8..12]);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
        {
            // EBML: the document type stands in the short header (RFC 8794); Matroska is not on the list.
            return head[..Math.Min(head.Length, 64)].IndexOf("webm"u8) >= 0 ? new MediaSignature("video/webm", FileFamily.Video) : null;
        }

        return head.Length >= 12 && OfIsoMedia(head) is { } media ? media
            : IsMp3(head) ? new MediaSignature("audio/mpeg", FileFamily.Audio)
            : null;
    }

    private static bool IsPng(ReadOnlySpan<byte> head) =>
        head.Length >= 16 && head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]) && head[12..16].SequenceEqual("IHDR"u8);

    private static MediaSignature? OfRiff(ReadOnlySpan<byte> form) =>
        form.SequenceEqual("WEBP"u8) ? new MediaSignature("image/webp", FileFamily.Image)
        : form.SequenceEqual("WAVE"u8) ? new MediaSignature("audio/wav", FileFamily.Audio)
        : null;

    private static MediaSignature? OfIsoMedia(ReadOnlySpan<byte> head)
    {
        var atom = Name(head[4..8]);
        if (OldQuickTimeAtoms.Contains(atom, StringComparer.Ordinal) && BinaryPrimitives.ReadUInt32BigEndian(head) is 1 or >= 8)
        {
            return QuickTime; // from before the type atom existed
        }

        if (atom != "ftyp")
        {
            return null;
        }

        var brand = Name(head[8..12]);
        return brand == "qt  " ? QuickTime
            : HeicBrands.Contains(brand, StringComparer.Ordinal) && !NamesAvif(head) ? new MediaSignature("image/heic", FileFamily.Image)
            : SoundBrands.Contains(brand, StringComparer.Ordinal) ? new MediaSignature("audio/mp4", FileFamily.Audio)
            : FilmBrandStarts.Any(start => brand.StartsWith(start, StringComparison.Ordinal)) ? new MediaSignature("video/mp4", FileFamily.Video)
            : null;
    }

    private static bool NamesAvif(ReadOnlySpan<byte> head)
    {
        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head), (uint)head.Length);
        for (var at = 16; at + 4 <= length; at += 4)
        {
            if (head.Slice(at, 4).SequenceEqual("avif"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static string Name(ReadOnlySpan<byte> four) => System.Text.Encoding.Latin1.GetString(four);

    private static bool IsMp3(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("ID3"u8) && head.Length >= 10)
        {
            return head[3] is >= 2 and <= 4 && head[6] < 0x80 && head[7] < 0x80 && head[8] < 0x80 && head[9] < 0x80;
        }

        // Two bytes of a frame header are easily met by chance, so the next frame must follow where the first one ends.
        var length = Mp3FrameLength(head);
        return length > 0 && (head.Length < length + 4 || Mp3FrameLength(head[length..]) > 0);
    }

    /// <summary>Length in bytes of the MPEG layer III frame that starts here, 0 if none does (ISO 11172-3 2.4.1.3).</summary>
    private static int Mp3FrameLength(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<int> bitRates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
        ReadOnlySpan<int> bitRates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
        ReadOnlySpan<int> sampleRates1 = [44_100, 48_000, 32_000, 0];
        if (head.Length < 4 || head[0] != 0xFF || (head[1] & 0xE0) != 0xE0 || ((head[1] >> 1) & 3) != 1)
        {
            return 0;
        }

        var version = (head[1] >> 3) & 3; // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
        var isFirst = version == 3;
        var bitRate = (isFirst ? bitRates1 : bitRates2)[head[2] >> 4];
        var sampleRate = sampleRates1[(head[2] >> 2) & 3] / (version switch { 3 => 1, 2 => 2, _ => 4 });
        return version == 1 || bitRate == 0 || sampleRate == 0
            ? 0
            : ((isFirst ? 144_000 : 72_000) * bitRate / sampleRate) + ((head[2] >> 1) & 1);
    }
}
