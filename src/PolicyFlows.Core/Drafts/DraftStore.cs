using System.Security.Cryptography;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Drafts;

/// <summary>A file kept with a draft.</summary>
public sealed record DraftFile(ReceivedEvidence Received, string FileName, DateTimeOffset ReceivedAt);

/// <summary>A report that is being written: what was typed on each page, and the files received so far.</summary>
public sealed record Draft
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>When it was begun, business time.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>Reference that the report will have: drawn now, so that sending twice is one report.</summary>
    public required string Reference { get; init; }

    /// <summary>Values by field name, as typed.</summary>
    public IReadOnlyDictionary<string, string[]> Values { get; init; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>When it was last changed, business time; null while nothing was typed.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Files received.</summary>
    public IReadOnlyList<DraftFile> Files { get; init; } = [];

    /// <summary>True from the moment it is sent: nothing in it changes any more, and its files belong to the case.</summary>
    public bool Sent { get; init; }

    /// <summary>True while its files are being removed: nobody finds it any more.</summary>
    public bool Forgotten { get; init; }
}

/// <summary>
/// Drafts on the server, one partition each under the hash of a key that only the reporter's browser holds. A lost signal loses nothing.
/// </summary>
public sealed class DraftStore(IRecordStore records, IEvidenceStore evidence, DirectoryStore directories, BusinessClock clock)
{
    private const string Listing = "drafts", Row = "draft", PartitionStart = "draft-";

    /// <summary>Begins a draft and returns its key: 256 bits, for the browser's cookie.</summary>
    public async Task<string> BeginAsync(string referencePrefix, CancellationToken cancellation = default)
    {
        var key = RandomNumberGenerator.GetHexString(64, lowercase: true);
        await records.CommitAsync(Listing, [new RowWrite.Insert(Partition(key), Json.Write(clock.Now)!)], cancellation);
        var draft = new Draft { BegunAt = clock.Now, Reference = Receipts.NewReference(referencePrefix) };
        await records.CommitAsync(Partition(key), [new RowWrite.Insert(Row, Json.Write(draft)!)], cancellation);
        return key;
    }

    /// <summary>The draft of a key, or null.</summary>
    public async Task<Draft?> GetAsync(string? key, CancellationToken cancellation = default) =>
        (await FindAsync(key, cancellation))?.Draft;

    /// <summary>Changes a draft; two pages at once both count.</summary>
    /// <returns>The changed draft, or null when there is none.</returns>
    public async Task<Draft?> ChangeAsync(string? key, Func<Draft, Draft> change, CancellationToken cancellation = default)
    {
        while (true)
        {
            if (await FindAsync(key, cancellation) is not { } found) return null;
            var (draft, row) = found;
            var changed = change(draft) with { ChangedAt = clock.Now };
            try
            {
                await records.CommitAsync(Partition(key!), [new RowWrite.Replace(Row, Json.Write(changed)!, row.Tag)], cancellation);
                return changed;
            }
            catch (RecordConflictException)
            {
                // The other page was faster; change what it wrote.
            }
        }
    }

    /// <summary>How many drafts there are, sent ones included until they are forgotten.</summary>
    public async Task<int> CountAsync(CancellationToken cancellation = default)
    {
        var (count, continuation) = (0, (string?)null);
        do
        {
            var page = await records.RangeAsync(Listing, "", continuation, cancellation: cancellation);
            count += page.Rows.Count;
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return count;
    }

    /// <summary>Ids of the files that drafts hold, sent ones included until they are forgotten.</summary>
    public static async IAsyncEnumerable<string> FilesAsync(
        IRecordStore records, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var continuation = (string?)null;
        do
        {
            var page = await records.RangeAsync(Listing, "", continuation, cancellation: cancellation);
            foreach (var listed in page.Rows)
            {
                if (await records.GetAsync(listed.Row, Row, cancellation) is not { } row) continue;
                foreach (var file in Json.Read<Draft>(row.Data)!.Files) yield return file.Received.BlobId;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    /// <summary>The files that a row holds if it is a draft; none if it is anything else.</summary>
    public static IReadOnlyList<DraftFile> FilesOf(StoredRow row) =>
        row.Row == Row && row.Partition.StartsWith(PartitionStart, StringComparison.Ordinal) ? Json.Read<Draft>(row.Data)!.Files : [];

    /// <summary>Throws an unsent draft away with its files. Nothing happens to one that was sent.</summary>
    public async Task DiscardAsync(string? key, CancellationToken cancellation = default)
    {
        if (await FindAsync(key, cancellation) is not { Draft.Sent: false } found) return;
        var (draft, row) = found;
        try
        {
            // The row first: a file without a draft is a leftover, a draft without its file would be a lie.
            await records.CommitAsync(Partition(key!), [new RowWrite.Delete(Row, row.Tag)], cancellation);
        }
        catch (RecordConflictException)
        {
            await DiscardAsync(key, cancellation);
            return;
        }

        foreach (var file in draft.Files) await evidence.DeleteAsync(file.Received.BlobId, cancellation);
    }

    /// <summary>
    /// Removes drafts that nobody has changed for their life. Files of those that became a case belong to it and stay. A draft that somebody
    /// changes at this moment stays too.
    /// </summary>
    public async Task<int> ForgetOldAsync(CancellationToken cancellation = default)
    {
        var life = (await directories.RequireAsync(cancellation)).Settings.Durations.DraftLife;
        var (forgotten, continuation) = (0, (string?)null);
        do
        {
            var page = await records.RangeAsync(Listing, "", continuation, cancellation: cancellation);
            foreach (var listed in page.Rows.Where(r => clock.Now - Json.Read<DateTimeOffset>(r.Data) >= life))
            {
                if (!await ForgetAsync(listed.Row, life, cancellation)) continue;
                await records.CommitAsync(Listing, [new RowWrite.Delete(listed.Row, listed.Tag)], cancellation);
                forgotten++;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
        return forgotten;
    }

    private async Task<(Draft Draft, StoredRow Row)?> FindAsync(string? key, CancellationToken cancellation) =>
        IsKey(key) && await records.GetAsync(Partition(key!), Row, cancellation) is { } row && Json.Read<Draft>(row.Data) is { Forgotten: false } draft ? (draft, row) : null;

    /// <returns>False when it is still in use.</returns>
    private async Task<bool> ForgetAsync(string partition, TimeSpan life, CancellationToken cancellation)
    {
        if (await records.GetAsync(partition, Row, cancellation) is not { } row) return true;
        var draft = Json.Read<Draft>(row.Data)!;
        if (clock.Now - (draft.ChangedAt ?? draft.BegunAt) < life) return false;
        // The case decides, not the mark: its report may have been stored a moment before the mark, or never after it.
        var isCase = await records.GetAsync(draft.Reference, Rows.Case, cancellation) is not null;
        try
        {
            // Its files go only after nobody can send it any more; dying in between, the next round finds it forgotten and goes on.
            var tag = (await records.CommitAsync(partition, [new RowWrite.Replace(Row, Json.Write(draft with { Forgotten = true })!, row.Tag)], cancellation))[0]!;
            foreach (var file in isCase ? [] : draft.Files) await evidence.DeleteAsync(file.Received.BlobId, cancellation);
            await records.CommitAsync(partition, [new RowWrite.Delete(Row, tag)], cancellation);
            return true;
        }
        catch (RecordConflictException)
        {
            return false;
        }
    }

    private static bool IsKey(string? key) => key is { Length: 64 } && key.All(char.IsAsciiHexDigitLower);

    private static string Partition(string key) => PartitionStart + Timeline.Sha256("draft " + key);
}
