using System.Security.Cryptography;
using System.Text;
using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Transfer;

/// <summary>Takes originals as they were received elsewhere: with their own time and type, into quarantine or out of it.</summary>
public interface IEvidenceRestore
{
    /// <summary>Writes an original.</summary>
    /// <returns>False when it is there already, the same.</returns>
    /// <exception cref="IOException">The store refused, the bytes are not those of <paramref name="item"/>, or another original has its name.</exception>
    Task<bool> RestoreAsync(ExportedEvidence item, Stream content, CancellationToken cancellation = default);
}

/// <summary>What whoever imports says about it.</summary>
/// <param name="SourceIsGone">The folder was not marked as moved, and will never serve again: it is lost, and this was its backup.</param>
/// <param name="Rehearsal">To be looked at and thrown away; never served.</param>
public sealed record ImportTerms(bool SourceIsGone = false, bool Rehearsal = false);

/// <summary>What an import did.</summary>
public sealed record ImportResult(int RowsWritten, int RowsThere, int FilesWritten, int FilesThere, int Cases, int EvidenceItems);

/// <summary>
/// Loads an export into empty stores. Done again after it was cut off it goes on where it was: what is there already, and the same, stays.
/// A mark in the records says that they are not complete until they are, and a host that sees it does not serve them.
/// </summary>
public sealed class Import(IRecordStore records, IAllRows all, IEvidenceStore evidence, IEvidenceRestore originals, TimeProvider time)
{
    /// <summary>Checks the whole export, then the target, then loads, then verifies what was loaded.</summary>
    /// <param name="say">Hears what is done.</param>
    /// <exception cref="TransferException">Nothing was written, or what was written does not verify; says which.</exception>
    /// <exception cref="IOException">The evidence store refused; run it again.</exception>
    public async Task<ImportResult> LoadAsync(ExportFolder export, ImportTerms terms, Action<string> say, CancellationToken cancellation = default)
    {
        RefuseTerms(export.Manifest, terms);
        say("Checking the export.");
        await export.CheckAsync(cancellation);
        say("Looking at the target.");
        var there = await LookAsync(export, cancellation);
        var mark = await MarkAsync(export, terms, cancellation);
        say($"Loading {export.Manifest.Evidence.Count} files of evidence.");
        var files = 0;
        foreach (var item in export.Manifest.Evidence)
        {
            await using var content = export.OpenEvidence(item);
            if (await originals.RestoreAsync(item, content, cancellation)) files++;
        }

        say($"Loading {export.Manifest.Rows} rows.");
        var rows = await WriteAsync(export, there, cancellation);
        say("Verifying what was loaded.");
        var verified = await VerifyAsync(export, cancellation);
        if (mark.Said.CompletedAt is null) await ReplaceAsync(mark.Row, mark.Said with { CompletedAt = time.GetUtcNow() }, cancellation);
        return new(rows, export.Manifest.Rows - rows, files, export.Manifest.Evidence.Count - files, verified.Cases, verified.EvidenceItems);
    }

    private static void RefuseTerms(ExportManifest manifest, ImportTerms terms)
    {
        if (Version.TryParse(manifest.Program, out var by) && by > Version.Parse(Workflows.Version))
            throw new TransferException($"The export was written by PolicyFlows {manifest.Program}, this is {Workflows.Version}. Import with that version or a later one.");
        if (terms.Rehearsal) return;
        if (manifest.Kind != ExportKinds.Real)
            throw new TransferException("The export is of a demonstration, and a demonstration never becomes a trust's own. To try the move, say --rehearsal: it is loaded and verified, and no host will serve it.");
        if (!manifest.Moved && !terms.SourceIsGone)
            throw new TransferException("The folder of this export may still be served, and then every mail would go out twice. Stop its server and export with --move; if the folder is lost, say --source-is-gone; to try, say --rehearsal.");
    }

    /// <returns>Keys of the rows that are there already.</returns>
    private async Task<HashSet<(string, string)>> LookAsync(ExportFolder export, CancellationToken cancellation)
    {
        var wanted = export.Rows().ToDictionary(r => (r.Partition, r.Row), r => Mark(r.Data));
        var there = new HashSet<(string, string)>();
        StoredRow? foreign = null, other = null;
        await all.ReadAllAsync(row =>
        {
            if (row is { Partition: Installation.Partition, Row: Installation.Row }) return;
            if (!wanted.TryGetValue((row.Partition, row.Row), out var data)) foreign ??= row;
            else if (data != Mark(row.Data)) other ??= row;
            else there.Add((row.Partition, row.Row));
        }, cancellation);
        if (await Installation.ReadAsync(records, cancellation) is { } said && said.Export != export.Sha256)
            throw new TransferException("The target was loaded from another export. Nothing was changed. Import into empty accounts.");
        if ((foreign ?? other) is { } found)
        {
            throw new TransferException(
                $"The target holds a row that {(foreign is null ? "differs from the export's" : "the export does not have")} ('{found.Row}' of '{found.Partition}'): "
                + "it is in use, or was used since it was loaded. Nothing was changed. Import into empty accounts.");
        }

        return there;
    }

    private async Task<(StoredRow Row, Installation Said)> MarkAsync(ExportFolder export, ImportTerms terms, CancellationToken cancellation)
    {
        if (await records.GetAsync(Installation.Partition, Installation.Row, cancellation) is { } known)
        {
            var said = Json.Read<Installation>(known.Data)!;
            return said.Rehearsal == terms.Rehearsal ? (known, said) : throw new TransferException("The target was loaded on other terms (with or without --rehearsal). Import into empty accounts.");
        }

        var mark = new Installation(export.Manifest.Kind, export.Sha256, terms.Rehearsal, CompletedAt: null);
        var data = Json.Write(mark)!;
        var tags = await records.CommitAsync(Installation.Partition, [new RowWrite.Insert(Installation.Row, data)], cancellation);
        return (new(Installation.Partition, Installation.Row, data, tags[0]!), mark);
    }

    private async Task<int> WriteAsync(ExportFolder export, HashSet<(string, string)> there, CancellationToken cancellation)
    {
        var written = 0;
        foreach (var partition in export.RowsByPartition())
        {
            foreach (var batch in RecordBatches.OfInserts(partition.Where(r => !there.Contains((r.Partition, r.Row)))))
            {
                await records.CommitAsync(partition[0].Partition, batch, cancellation);
                written += batch.Count;
            }
        }

        return written;
    }

    private async Task<VerificationResult> VerifyAsync(ExportFolder export, CancellationToken cancellation)
    {
        var there = await LookAsync(export, cancellation);
        if (there.Count != export.Manifest.Rows) throw new TransferException($"{there.Count} of {export.Manifest.Rows} rows are in the target. Run the import again.");
        var listing = new CaseListing(records);
        var result = await new Verification(listing, new CaseStore(records, listing, new WakeupSignal()), new ChainCheck(records), evidence, records).RunAsync(cancellation);
        if (result.First is { } difference) throw new TransferException($"What was loaded does not verify: case {difference.CaseId}, {difference.Row}: {difference.What}. Empty the accounts and import again.");
        return result;
    }

    private async Task ReplaceAsync(StoredRow row, Installation said, CancellationToken cancellation) =>
        await records.CommitAsync(row.Partition, [new RowWrite.Replace(row.Row, Json.Write(said)!, row.Tag)], cancellation);

    /// <summary>Stands for a text where many are compared: 128 bits of its hash.</summary>
    private static UInt128 Mark(string data) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(data)));
}
