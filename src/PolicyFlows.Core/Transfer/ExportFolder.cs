using System.Security.Cryptography;
using System.Text.Json;
using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Transfer;

/// <summary>An export on the disk, to be read.</summary>
public sealed class ExportFolder
{
    internal static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectRequiredConstructorParameters = true };

    private readonly string path;

    private ExportFolder(string path, ExportManifest manifest, string sha256)
    {
        this.path = path;
        Manifest = manifest;
        Sha256 = sha256;
    }

    /// <summary>What it says it holds.</summary>
    public ExportManifest Manifest { get; }

    /// <summary>SHA-256 of the manifest: names the export.</summary>
    public string Sha256 { get; }

    /// <summary>Opens an export. Nothing but its manifest is looked at yet.</summary>
    /// <exception cref="TransferException">None, a torn one, or of another version.</exception>
    public static ExportFolder Open(string path) => Open(path, isUnfinished: false);

    internal static ExportFolder Open(string path, bool isUnfinished)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (!isUnfinished && path.EndsWith(Export.Unfinished, StringComparison.Ordinal)) throw new TransferException($"'{path}' was left by an export that was cut off. Export again.");
        var file = Path.Combine(path, ExportManifest.FileName);
        if (!File.Exists(file)) throw new TransferException($"'{path}' is not an export: it has no {ExportManifest.FileName}.");
        var bytes = File.ReadAllBytes(file);
        try
        {
            return JsonSerializer.Deserialize<ExportManifest>(bytes, Form) is { V: ExportManifest.Form } manifest
                ? new(path, manifest, Convert.ToHexStringLower(SHA256.HashData(bytes)))
                : throw new TransferException($"'{file}' was written by another version of PolicyFlows. Use that version.");
        }
        catch (JsonException)
        {
            throw new TransferException($"'{file}' cannot be read. Export again.");
        }
    }

    /// <summary>All rows, as they are in the file.</summary>
    public IEnumerable<StoredRow> Rows()
    {
        using var file = File.OpenRead(Path.Combine(path, Export.RowsName));
        foreach (var row in RowLines.Read(file)) yield return row;
    }

    /// <summary>Rows by partition, in the order of the file.</summary>
    public IEnumerable<IReadOnlyList<StoredRow>> RowsByPartition()
    {
        var group = new List<StoredRow>();
        foreach (var row in Rows())
        {
            if (group.Count > 0 && group[0].Partition != row.Partition)
            {
                yield return group;
                group = [];
            }

            group.Add(row);
        }

        if (group.Count > 0) yield return group;
    }

    /// <summary>Opens an original.</summary>
    public Stream OpenEvidence(ExportedEvidence item) => File.OpenRead(Path.Combine(path, item.Path));

    /// <summary>Compares every file with the manifest, then verifies each case's chain and evidence. Needs memory for one case at a time.</summary>
    /// <exception cref="TransferException">The first thing that is missing or was changed.</exception>
    public async Task CheckAsync(CancellationToken cancellation = default)
    {
        if (Manifest.Evidence.FirstOrDefault(e => !EvidenceIds.IsId(e.Id)) is { } odd) throw new TransferException($"The manifest names a file '{odd.Id}' that cannot be evidence. Export again.");
        if (Manifest.RowsFile.Path != Export.RowsName) throw new TransferException($"The manifest names a file '{Manifest.RowsFile.Path}' for the rows that cannot be. Export again.");
        await CheckFileAsync(Manifest.RowsFile, cancellation);
        foreach (var item in Manifest.Evidence) await CheckFileAsync(new(item.Path, item.Bytes, item.Sha256), cancellation);
        var (rows, partitions, chains) = (0, 0, 0);
        foreach (var group in RowsByPartition())
        {
            rows += group.Count;
            partitions++;
            if (await CheckCaseAsync(group, cancellation)) chains++;
        }

        if ((rows, partitions, chains) != (Manifest.Rows, Manifest.Partitions, Manifest.Chains.Count))
            throw new TransferException($"The manifest names {Manifest.Rows} rows in {Manifest.Partitions} partitions with {Manifest.Chains.Count} chains; {rows} in {partitions} with {chains} are there. Export again.");
    }

    private async Task CheckFileAsync(ExportedFile file, CancellationToken cancellation)
    {
        var full = Path.Combine(path, file.Path);
        if (!File.Exists(full)) throw new TransferException($"The export lacks its file {file.Path}. Export again, or copy the export again.");
        await using var content = File.OpenRead(full);
        if (content.Length != file.Bytes || Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation)) != file.Sha256)
            throw new TransferException($"The file {file.Path} of the export is not what the manifest says: it was changed or damaged. Export again, or copy the export again.");
    }

    /// <returns>False for a partition without a timeline.</returns>
    private async Task<bool> CheckCaseAsync(IReadOnlyList<StoredRow> rows, CancellationToken cancellation)
    {
        var id = rows[0].Partition;
        var head = rows.FirstOrDefault(r => r.Row == Cases.Rows.Chain);
        if (head is null && !rows.Any(r => r.Row.StartsWith(Cases.Rows.TimelinePrefix, StringComparison.Ordinal))) return false;
        if (head is null || !Manifest.Chains.TryGetValue(id, out var noted) || Json.Read<ChainHead>(head.Data) != noted)
            throw new TransferException($"The timeline of {id} does not end as the manifest says. Export again.");
        var alone = new InMemoryRecordStore();
        foreach (var batch in RecordBatches.OfInserts(rows)) await alone.CommitAsync(id, batch, cancellation);
        var listing = new CaseListing(alone);
        await listing.EnsureListedAsync(id, cancellation);
        var verification = new Verification(listing, new CaseStore(alone, listing, new WakeupSignal()), new ChainCheck(alone), new ExportedOriginals(this), alone);
        if ((await verification.RunAsync(cancellation)).First is { } difference)
            throw new TransferException($"{difference.CaseId} does not verify: {difference.Row} {difference.What}. A damaged folder is not moved; run verify on it.");
        return true;
    }
}
