using System.Globalization;
using PolicyFlows.Core.Files;

namespace PolicyFlows.Core.Mail;

/// <summary>
/// "Sends" by writing one .eml file a message into a folder, for a demonstration and for tests. Names sort by the time the
/// message was written, then by the order of sending; a file is there whole and flushed, or not at all.
/// </summary>
public sealed class EmlFolderTransport : IMailTransport
{
    private readonly string folder;
    private readonly string fromAddress;
    private readonly string fromName;
    private long sent;

    /// <summary>Makes the folder if need be. The addresses are the sender's on every message.</summary>
    public EmlFolderTransport(string folder, string fromAddress, string fromName)
    {
        MailHeaderText.CheckAddress(fromAddress, nameof(fromAddress));
        MailHeaderText.CheckOneLine(fromName, nameof(fromName));
        this.folder = folder;
        this.fromAddress = fromAddress;
        this.fromName = fromName;
        Directory.CreateDirectory(folder);
        sent = EmlFolder.Names(folder).Select(EmlFolder.NumberOf).DefaultIfEmpty(0).Max();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A header value holds a line break.</exception>
    public Task SendAsync(MailMessageText message, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        MailHeaderText.Check(message);
        var written = message.WrittenAt.ToUniversalTime().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var name = string.Create(CultureInfo.InvariantCulture, $"{written}-{Interlocked.Increment(ref sent):D8}{EmlFolder.Suffix}");
        try
        {
            DurableFiles.Write(Path.Combine(folder, name), EmlText.Write(message, fromAddress, fromName));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MailUnavailableException($"The mail folder cannot be written: {failure.Message}", failure);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> ProbeAsync(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var probe = Path.Combine(folder, $"probe.{Guid.NewGuid():n}{DurableFiles.TemporarySuffix}");
        try
        {
            DurableFiles.CreateNew(probe).Dispose();
            File.Delete(probe);
            return Task.FromResult<string?>(null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<string?>($"The mail folder cannot be written: {failure.Message}");
        }
    }
}
