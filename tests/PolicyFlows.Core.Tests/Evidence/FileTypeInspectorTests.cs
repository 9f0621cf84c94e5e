using System.Text;
using PolicyFlows.Core.Evidence;

namespace PolicyFlows.Core.Tests.Evidence;

public sealed class FileTypeInspectorTests
{
    private static string Inspect(byte[] content, string name, int chunk = int.MaxValue)
    {
        var inspector = new FileTypeInspector();
        foreach (var part in content.Chunk(Math.Min(chunk, Math.Max(1, content.Length))))
        {
            inspector.Append(part);
        }

        return inspector.Finish(name);
    }

    private static EvidenceRefusal Refusal(byte[] content, string name) =>
        Assert.Throws<EvidenceRefusedException>(() => Inspect(content, name)).Reason;

    public static TheoryData<string, string, byte[]> Taken => new()
    {
        { "a.png", "image/png", SampleFiles.Png },
        { "a.jpg", "image/jpeg", SampleFiles.Jpeg },
        { "A.JPEG", "image/jpeg", SampleFiles.Jpeg },
        { "a.gif", "image/gif", SampleFiles.Gif },
        { "a.webp", "image/webp", SampleFiles.Webp },
        { "a.heic", "image/heic", SampleFiles.IsoMedia("heic", "mif1") },
        { "a.heic", "image/heic", SampleFiles.IsoMedia("mif1", "mif1", "heic") },
        { "a.pdf", "application/pdf", SampleFiles.Pdf },
        { "a.txt", "text/plain", SampleFiles.Text },
        { "a.txt", "text/plain", SampleFiles.Mail },
        { "a.txt", "text/plain", Encoding.UTF8.GetBytes("\uFEFFZoë said: <b> is not <html>") },
        { "a.txt", "text/plain", Encoding.Latin1.GetBytes("Zo\u00EB") },
        { "a.txt", "text/plain", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Zoë")] },
        { "a.txt", "text/plain", Encoding.UTF8.GetBytes("<Zoe> hello\n<Ben> go away") },
        { "a.eml", "message/rfc822", SampleFiles.Mail },
        { "a.eml", "message/rfc822", [.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => $"Received: from relay-{i} by relay;\r\n\tTue, 3 Mar 2026 09:00:00 +0000\r\n"))), .. SampleFiles.Mail] },
        { "a.msg", "application/vnd.ms-outlook", SampleFiles.Compound("__properties_version1.0") },
        { "a.mp3", "audio/mpeg", SampleFiles.Mp3Tagged },
        { "a.mp3", "audio/mpeg", SampleFiles.Mp3Frames(3) },
        { "a.m4a", "audio/mp4", SampleFiles.IsoMedia("M4A ", "isom") },
        { "a.m4a", "audio/mp4", SampleFiles.IsoMedia("mp42", "isom") },
        { "a.wav", "audio/wav", SampleFiles.Wav },
        { "a.mp4", "video/mp4", SampleFiles.IsoMedia("isom", "mp41") },
        { "a.mp4", "video/quicktime", SampleFiles.IsoMedia("qt  ") },
        { "a.mov", "video/quicktime", SampleFiles.IsoMedia("qt  ") },
        { "a.mov", "video/quicktime", [0, 0, 0, 8, .. "wide"u8, 0, 0, 1, 0, .. "mdat"u8] },
        { "a.webm", "video/webm", SampleFiles.WebM },
        // Phones write one picture type under another's name.
        { "a.jpg", "image/webp", SampleFiles.Webp },
        { "a.png", "image/jpeg", SampleFiles.Jpeg },
        // No extension contradicts nothing.
        { "image", "image/jpeg", SampleFiles.Jpeg },
        { "image.", "image/png", SampleFiles.Png },
        { "C:\\Users\\x\\my.photos\\a.png", "image/png", SampleFiles.Png },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public void A_type_of_the_list_is_known_by_its_bytes(string name, string mediaType, byte[] content)
    {
        Assert.Equal(mediaType, Inspect(content, name));
        Assert.Equal(mediaType, Inspect(content, name, chunk: 1));
        Assert.Equal(mediaType, Inspect(content, name, chunk: 7));
    }

    public static TheoryData<string, byte[]> Mismatched => new()
    {
        { "a.png", "<!DOCTYPE html><html>"u8.ToArray() },
        { "a.png", SampleFiles.Text },
        { "a.png", SampleFiles.Pdf },
        { "a.png", SampleFiles.Png[..10] },
        { "a.pdf", SampleFiles.Png },
        { "a.txt", SampleFiles.Png },
        { "a.txt", SampleFiles.Program },
        { "a.txt", [.. SampleFiles.Text, .. new byte[10_000], 0] },
        { "a.eml", SampleFiles.Text },
        { "a.eml", "<html>From: a</html>\r\n\r\n"u8.ToArray() },
        { "a.eml", "X-Nothing: of mail\r\n\r\nFrom: later"u8.ToArray() },
        { "a.msg", SampleFiles.Compound("WordDocument") },
        { "a.msg", Encoding.Unicode.GetBytes("__properties_version1.0") },
        { "a.jpg", SampleFiles.IsoMedia("avif", "mif1") },
        { "a.heic", SampleFiles.IsoMedia("mif1", "avif") },
        { "a.mp4", SampleFiles.IsoMedia("heic") },
        { "a.heic", SampleFiles.IsoMedia("isom") },
        { "a.mp3", SampleFiles.Mp3Frames(1)[..417].Concat("not a frame"u8.ToArray()).ToArray() },
        { "a.wav", SampleFiles.Avi },
        { "a.webm", SampleFiles.Matroska },
        { "a.mp4", SampleFiles.Png },
    };

    [Theory]
    [MemberData(nameof(Mismatched))]
    public void Content_that_is_not_what_the_name_says_is_refused(string name, byte[] content) =>
        Assert.Equal(EvidenceRefusal.ContentDoesNotMatchName, Refusal(content, name));

    [Theory]
    [InlineData("a.svg")]
    [InlineData("a.html")]
    [InlineData("a.xml")]
    [InlineData("a.exe")]
    [InlineData("a.docx")]
    [InlineData("a.png.exe")]
    [InlineData("a.png:hidden")]
    [InlineData("a.png\u202Egpj")]
    public void A_name_outside_the_list_is_refused_whatever_the_bytes_are(string name)
    {
        Assert.False(FileTypeInspector.IsNameAllowed(name));
        Assert.Equal(EvidenceRefusal.TypeNotAllowed, Refusal(SampleFiles.Png, name));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><p>")]
    [InlineData("\r\n\t <HTML lang=en>")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\">")]
    [InlineData("<?xml version=\"1.0\"?><x/>")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?>")]
    [InlineData("<!-- x --><svg>")]
    [InlineData("<x:svg xmlns:x='http://www.w3.org/2000/svg'>")]
    [InlineData("<body\nonload=x>")]
    public void A_web_page_or_xml_is_refused_when_it_is_called_text(string content)
    {
        Assert.Equal(EvidenceRefusal.TypeNotAllowed, Refusal(Encoding.UTF8.GetBytes(content), "a.txt"));
        Assert.Equal(EvidenceRefusal.TypeNotAllowed, Refusal([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(content)], "a.txt"));
        Assert.Equal(EvidenceRefusal.TypeNotAllowed, Refusal([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(content)], "a.txt"));
    }

    [Fact]
    public void Without_an_extension_only_bytes_with_a_signature_are_taken()
    {
        Assert.Equal(EvidenceRefusal.TypeNotAllowed, Refusal(SampleFiles.Text, "notes"));
        Assert.Equal(EvidenceRefusal.TypeNotAllowed, Refusal(SampleFiles.Zip, "file"));
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.txt")]
    [InlineData("a")]
    public void An_empty_file_is_refused_as_empty(string name) => Assert.Equal(EvidenceRefusal.Empty, Refusal([], name));
}
