using System.Globalization;
using System.Security.Cryptography;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Report;

/// <summary>Takes one uploaded file into the evidence store, or says beside the field why not.</summary>
internal sealed class EvidenceIntake(IEvidenceStore evidence, BusinessClock clock)
{
    /// <summary>What the addresses of uploads accept before the pipeline itself refuses: more than any file may have, so that the reason stands beside the field.</summary>
    public const long RequestBytes = Uploads.VideoBytes + (100L * 1024 * 1024);

    /// <summary>The disk refused.</summary>
    public const string NotSaved = "The selected file could not be saved: our disk is full or has failed. What you entered before is safe. Try again in a few minutes, or go on without it";

    private static readonly string[] VideoExtensions = [".mp4", ".mov", ".webm"];

    /// <summary>For the browser's dialogue.</summary>
    public static string Accept { get; } = string.Join(',', FileTypeInspector.Extensions.Order(StringComparer.Ordinal));

    /// <summary>
    /// Receives the file. When a file is returned, its bytes are on the disk; exactly one of the two is set.
    /// </summary>
    /// <param name="reference">Case or future case that it belongs to; part of its name in the store.</param>
    public async Task<(EvidenceOptions? File, string? Error)> TakeAsync(UploadedFile? file, string reference, CancellationToken cancellation)
    {
        if (file is null) return (null, "Choose a file");
        var name = CleanName(file.ClaimedName);
        var video = VideoExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
        var blobId = $"{reference.ToLowerInvariant()}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        try
        {
            var received = await evidence.ReceiveAsync(blobId, file.Content, name, video ? Uploads.VideoBytes : Uploads.FileBytes, cancellation);
            if (received.Bytes <= Uploads.FileBytes || received.MediaType.StartsWith("video/", StringComparison.Ordinal))
                return (new(received, name, clock.Now), null);
            await evidence.DeleteAsync(blobId, CancellationToken.None);
            return (null, TooLarge(video: false));
        }
        catch (EvidenceRefusedException refused)
        {
            return (null, refused.Reason switch
            {
                EvidenceRefusal.Empty => "The selected file is empty",
                EvidenceRefusal.TooLarge => TooLarge(video),
                EvidenceRefusal.ContentDoesNotMatchName => "The selected file is not what its name says it is. Choose the original file, or a screenshot of it",
                _ => "The selected file must be a picture (PNG, JPG, GIF, WebP or HEIC), a PDF, a text, an email (EML or MSG), a recording (MP3, M4A or WAV) or a video (MP4, MOV or WebM)",
            });
        }
        catch (TooLargeException)
        {
            return (null, TooLarge(video));
        }
        catch (UploadBrokenException) when (!cancellation.IsCancellationRequested)
        {
            return (null, "The selected file did not arrive complete, so it was not kept. Nothing else is lost. Try again");
        }
        catch (IOException)
        {
            return (null, NotSaved);
        }
    }

    /// <summary>Forgets a file that found no place.</summary>
    public Task ForgetAsync(string blobId) => evidence.DeleteAsync(blobId, CancellationToken.None);

    private static string TooLarge(bool video) => video ? "The selected video must be smaller than 95MB" : "The selected file must be smaller than 25MB (a video: 95MB)";

    /// <summary>The last part of what the sender calls it, without signs that hide or reverse a text, at most 120 characters.</summary>
    internal static string CleanName(string claimed)
    {
        var last = claimed[(claimed.LastIndexOfAny(['/', '\\']) + 1)..];
        var shown = new string([.. last.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate))]).Trim();
        if (shown.Length > 120) shown = shown[..100] + Path.GetExtension(shown) is { Length: <= 120 } shortened ? shortened : shown[..120];
        return shown.Length == 0 ? "file" : shown;
    }
}
