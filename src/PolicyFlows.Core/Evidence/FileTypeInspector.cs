namespace PolicyFlows.Core.Evidence;

/// <summary>
/// Decides what a file is by its bytes while they stream past, and whether its name may say so. One inspector per file:
/// <see cref="Append"/> every chunk in order, then <see cref="Finish"/>.
/// </summary>
public sealed class FileTypeInspector
{
    // Images are taken under each other's names: phones and browsers often write a WebP or HEIC as .jpg.
    private static readonly Dictionary<string, FileFamily> FamilyOfExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = FileFamily.Image,
        [".jpg"] = FileFamily.Image,
        [".jpeg"] = FileFamily.Image,
        [".jfif"] = FileFamily.Image,
        [".gif"] = FileFamily.Image,
        [".webp"] = FileFamily.Image,
        [".heic"] = FileFamily.Image,
        [".heif"] = FileFamily.Image,
        [".pdf"] = FileFamily.Pdf,
        [".txt"] = FileFamily.Text,
        [".eml"] = FileFamily.Mail,
        [".msg"] = FileFamily.OutlookMail,
        [".mp3"] = FileFamily.Audio,
        [".m4a"] = FileFamily.Audio,
        [".wav"] = FileFamily.Audio,
        [".mp4"] = FileFamily.Video,
        [".mov"] = FileFamily.Video,
        [".webm"] = FileFamily.Video,
    };

    private readonly byte[] head = new byte[8 * 1024];
    private readonly OutlookMarker outlook = new();
    private int headLength;
    private bool hasTextBytesOnly = true;

    /// <summary>For the accept attribute of a file field.</summary>
    public static IReadOnlyCollection<string> Extensions => FamilyOfExtension.Keys;

    /// <summary>Whether a file called so can be taken at all, before any byte of it is read. A name without an extension can.</summary>
    public static bool IsNameAllowed(string claimedFileName) => FamilyOf(claimedFileName) is not FileFamily.NotAllowed;

    /// <summary>Looks at the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> chunk)
    {
        var room = Math.Min(chunk.Length, head.Length - headLength);
        chunk[..room].CopyTo(head.AsSpan(headLength));
        headLength += room;
        hasTextBytesOnly = hasTextBytesOnly && TextContent.HasOnlyTextBytes(chunk);
        outlook.Append(chunk);
    }

    /// <summary>The media type of the allow-list that the bytes are.</summary>
    /// <exception cref="EvidenceRefusedException">Empty, not of the list, or something else than its name says.</exception>
    public string Finish(string claimedFileName)
    {
        var bytes = head.AsSpan(0, headLength);
        if (bytes.IsEmpty)
        {
            throw new EvidenceRefusedException(EvidenceRefusal.Empty);
        }

        var family = FamilyOf(claimedFileName);
        if (family is FileFamily.NotAllowed)
        {
            throw new EvidenceRefusedException(EvidenceRefusal.TypeNotAllowed);
        }

        return MediaSignatures.Find(bytes) is { } signature
            ? OfSignature(signature, family)
            : family switch
            {
                FileFamily.OutlookMail when outlook.IsFound => "application/vnd.ms-outlook",
                FileFamily.Text => OfText(bytes),
                FileFamily.Mail when IsText(bytes) && TextContent.StartsWithMailHeaders(bytes, isCut: headLength == head.Length) => "message/rfc822",
                FileFamily.None => throw new EvidenceRefusedException(EvidenceRefusal.TypeNotAllowed),
                _ => throw new EvidenceRefusedException(EvidenceRefusal.ContentDoesNotMatchName),
            };
    }

    private static string OfSignature(MediaSignature signature, FileFamily family) => family switch
    {
        FileFamily.None => signature.MediaType,
        // A sound recording in a general MP4 container is a sound when its name says so.
        FileFamily.Audio when signature is { MediaType: "video/mp4" } => "audio/mp4",
        FileFamily.Audio or FileFamily.Video when signature.Family is FileFamily.Audio or FileFamily.Video => signature.MediaType,
        _ when signature.Family == family => signature.MediaType,
        _ => throw new EvidenceRefusedException(EvidenceRefusal.ContentDoesNotMatchName),
    };

    private string OfText(ReadOnlySpan<byte> bytes)
    {
        if (!IsText(bytes))
        {
            throw new EvidenceRefusedException(EvidenceRefusal.ContentDoesNotMatchName);
        }

        // Web pages, SVG and XML can carry script whatever they are called.
        return TextContent.StartsWithMarkup(bytes) ? throw new EvidenceRefusedException(EvidenceRefusal.TypeNotAllowed) : "text/plain";
    }

    private bool IsText(ReadOnlySpan<byte> bytes) => hasTextBytesOnly || TextContent.HasUtf16Mark(bytes);

    private static FileFamily FamilyOf(string claimedFileName)
    {
        var extension = Path.GetExtension(claimedFileName.TrimEnd(' ', '.'));
        return extension.Length == 0 ? FileFamily.None : FamilyOfExtension.GetValueOrDefault(extension, FileFamily.NotAllowed);
    }
}

/// <summary>Kinds within which a name may be mistaken.</summary>
internal enum FileFamily { NotAllowed, None, Image, Pdf, Text, Mail, OutlookMail, Audio, Video }

/// <summary>What the first bytes say.</summary>
internal sealed record MediaSignature(string MediaType, FileFamily Family);
