using System.Text.Json;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Drafts;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Files;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Settings;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Transfer;

/// <summary>What an export says about where it comes from.</summary>
/// <param name="FolderMadeAt">When the folder was made.</param>
/// <param name="Moved">The folder will serve no more.</param>
/// <param name="BeforeName">Done when everything is written and checked, before the export gets its name: marks the folder.</param>
public sealed record ExportOrigin(FolderKind Kind, DateTimeOffset FolderMadeAt, bool Moved = false, Action? BeforeName = null);

/// <summary>
/// Writes a folder's rows, its evidence and a manifest into a folder of their own. Until all of it is written and checked that folder has
/// the end <see cref="Unfinished"/>. Every row goes as it is: wake-ups and mails that wait, and mails that are out, marked so. What the
/// engine knows does not go: it starts again from the records.
/// </summary>
public sealed class Export(IAllRows rows, IEvidenceStore evidence, TimeProvider time)
{
    /// <summary>End of the name of an export that was cut off.</summary>
    public const string Unfinished = ".unfinished";

    internal const string RowsName = "rows.jsonl";

    private readonly Dictionary<string, Held> held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ChainHead> chains = new(StringComparer.Ordinal);
    private string? partition;
    private int rowCount;
    private int partitionCount;
    private IncidentRecord? incident;

    private sealed record Held(string Sha256, long Bytes, string MediaType, bool ByCase, bool Decided);

    /// <summary>Writes the export.</summary>
    /// <param name="target">A folder that does not exist or is empty.</param>
    /// <returns>SHA-256 of the manifest: with it, and only with it, can be told whether files and manifest were changed together.</returns>
    /// <exception cref="TransferException">The target is not empty, or what was written does not verify; says what.</exception>
    public async Task<string> WriteAsync(string target, ExportOrigin origin, CancellationToken cancellation = default)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new TransferException($"'{target}' is not empty. An export overwrites nothing; choose another place with --to.");
        var unfinished = target + Unfinished;
        if (Path.Exists(unfinished)) throw new TransferException($"'{unfinished}' was left by an export that was cut off. Delete it, and start again.");
        MakePrivate(unfinished);
        MakePrivate(Path.Combine(unfinished, "evidence"));

        var rowsFile = await WriteRowsAsync(Path.Combine(unfinished, RowsName), cancellation);
        var manifest = new ExportManifest
        {
            V = ExportManifest.Form, Program = Workflows.Version, MadeAt = time.GetUtcNow(), Kind = ExportKinds.NameOf(origin.Kind), FolderMadeAt = origin.FolderMadeAt,
            Moved = origin.Moved, RowsFile = rowsFile, Rows = rowCount, Partitions = partitionCount, Evidence = await WriteEvidenceAsync(unfinished, cancellation), Chains = chains,
        };
        DurableFiles.Write(Path.Combine(unfinished, ExportManifest.FileName), JsonSerializer.SerializeToUtf8Bytes(manifest, ExportFolder.Form));
        // Read back: what does not verify here would not be found out before the old folder is gone.
        var written = ExportFolder.Open(unfinished, isUnfinished: true);
        await written.CheckAsync(cancellation);
        origin.BeforeName?.Invoke();
        if (Directory.Exists(target)) Directory.Delete(target);
        Directory.Move(unfinished, target);
        DurableFiles.FlushFolder(Path.GetDirectoryName(target) ?? target);
        return written.Sha256;
    }

    private async Task<ExportedFile> WriteRowsAsync(string path, CancellationToken cancellation)
    {
        using var file = new HashedFile(path);
        await rows.ReadAllAsync(row =>
        {
            See(row);
            RowLines.Write(file, row);
        }, cancellation);
        return file.Finish(RowsName);
    }

    private void See(StoredRow row)
    {
        rowCount++;
        if (row.Partition != partition) (partition, incident, partitionCount) = (row.Partition, null, partitionCount + 1);
        foreach (var file in DraftStore.FilesOf(row)) Hold(file.Received.BlobId, new(file.Received.Sha256, file.Received.Bytes, file.Received.MediaType, ByCase: false, Decided: false));
        if (row.Row == Rows.Chain)
        {
            chains[row.Partition] = Json.Read<ChainHead>(row.Data)!;
        }
        else if (row.Row == Rows.Case && Json.Read<CaseCommon>(row.Data) is { Type: CaseType.Incident })
        {
            incident = Json.Read<IncidentRecord>(row.Data);
        }
        else if (row.Row.StartsWith(Rows.EvidencePrefix, StringComparison.Ordinal))
        {
            // The case's own row has come before: rows come in the order of their keys.
            var item = Json.Read<EvidenceItem>(row.Data)!;
            Hold(item.BlobId, new(item.Sha256, item.Bytes, item.MediaType, ByCase: true, incident?.HasDecidedOn(item) ?? true));
        }
    }

    /// <summary>A file can be held by a case and still by the draft that it came from; then it is the case's.</summary>
    private void Hold(string blobId, Held by)
    {
        if (!held.TryGetValue(blobId, out var known) || !known.ByCase) held[blobId] = by;
    }

    private async Task<IReadOnlyList<ExportedEvidence>> WriteEvidenceAsync(string folder, CancellationToken cancellation)
    {
        var written = new List<ExportedEvidence>();
        foreach (var (id, file) in held.OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            await using var content = await evidence.OpenAsync(id, cancellation);
            var receivedAt = await evidence.ReceivedAtAsync(id, cancellation);
            if (content is null || receivedAt is null)
            {
                // Beside a running server a draft may be thrown away between the rows and its files.
                if (!file.ByCase) continue;
                throw new TransferException($"The evidence file {id} is missing. Run verify; an export of a damaged folder is refused.");
            }

            var entry = new ExportedEvidence(id, file.Bytes, file.Sha256, file.MediaType, receivedAt.Value, file.Decided);
            using var copy = new HashedFile(Path.Combine(folder, entry.Path));
            await content.CopyToAsync(copy, cancellation);
            if (copy.Finish(entry.Path) is var done && (done.Sha256 != file.Sha256 || done.Bytes != file.Bytes))
                throw new TransferException($"The evidence file {id} is not what was received. Run verify; an export of a damaged folder is refused.");
            written.Add(entry);
        }

        return written;
    }

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

/// <summary>Kinds of folder as exports write them.</summary>
public static class ExportKinds
{
    /// <summary>A folder of made-up people.</summary>
    public const string Demonstration = "demonstration";

    /// <summary>A trust's own folder.</summary>
    public const string Real = "real";

    /// <summary>The word for a kind.</summary>
    public static string NameOf(FolderKind kind) => kind.IsDemonstration ? Demonstration : Real;
}
