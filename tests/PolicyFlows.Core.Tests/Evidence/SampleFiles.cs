using System.Text;

namespace PolicyFlows.Core.Tests.Evidence;

/// <summary>The smallest beginnings that say what a file is, made here and taken from nowhere.</summary>
internal static class SampleFiles
{
    public static readonly byte[] Png = Bytes(0x89, "PNG\r\n", 0x1A, "\n", 0, 0, 0, 13, "IHDR", 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0);
    public static readonly byte[] Jpeg = Bytes(0xFF, 0xD8, 0xFF, 0xE0, 0, 16, "JFIF", 0, 1, 1);
    public static readonly byte[] Gif = Bytes("GIF89a", 1, 0, 1, 0);
    public static readonly byte[] Webp = Bytes("RIFF", 16, 0, 0, 0, "WEBPVP8 ");
    public static readonly byte[] Wav = Bytes("RIFF", 36, 0, 0, 0, "WAVEfmt ");
    public static readonly byte[] Avi = Bytes("RIFF", 36, 0, 0, 0, "AVI LIST");
    public static readonly byte[] Pdf = Bytes("%PDF-1.7\n", 0xE2, 0xE3, 0xCF, 0xD3, "\n1 0 obj");
    public static readonly byte[] WebM = Bytes(0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x84, "webm");
    public static readonly byte[] Matroska = Bytes(0x1A, 0x45, 0xDF, 0xA3, 0xA3, 0x42, 0x82, 0x88, "matroska");
    public static readonly byte[] Zip = Bytes("PK", 3, 4, 20, 0, 0, 0, 8, 0);
    public static readonly byte[] Program = Bytes("MZ", 0x90, 0, 3, 0, 0, 0);
    public static readonly byte[] Mp3Tagged = Bytes("ID3", 3, 0, 0, 0, 0, 0, 10, "TIT2");
    public static readonly byte[] Text = Bytes("He wrote this to me on Tuesday.\r\nThen again at nine.\n");
    public static readonly byte[] Mail = Bytes("Received: from a by b;\r\n\tTue, 3 Mar 2026 09:00:00 +0000\r\nFrom: a@example.test\r\nTo: b@example.test\r\nSubject: Hello\r\n\r\n<html>You are</html>\r\n");

    public static byte[] IsoMedia(string brand, params string[] compatible) =>
        Bytes(0, 0, 0, 16 + (4 * compatible.Length), "ftyp", brand, 0, 0, 0, 0, string.Concat(compatible), 0, 0, 0, 8, "free");

    /// <summary>MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame.</summary>
    public static byte[] Mp3Frames(int count) => [.. Enumerable.Range(0, count).SelectMany(_ => Bytes(0xFF, 0xFB, 0x90, 0x00).Concat(new byte[413]))];

    /// <summary>A compound file whose directory, far into the file, names a stream.</summary>
    public static byte[] Compound(string streamName, int directoryAt = 70_000) =>
        [.. Bytes(0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1), .. new byte[directoryAt], .. Encoding.Unicode.GetBytes(streamName), .. new byte[100]];

    private static byte[] Bytes(params object[] parts) =>
        [.. parts.SelectMany(part => part is string text ? Encoding.Latin1.GetBytes(text) : [(byte)(int)part])];
}
