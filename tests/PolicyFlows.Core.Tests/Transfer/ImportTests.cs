using PolicyFlows.Core.Records;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Transfer;

namespace PolicyFlows.Core.Tests.Transfer;

/// <summary>Loading an export: whole or visibly not, once or again, and only where and what may be.</summary>
public sealed class ImportTests
{
    [Fact]
    public async Task All_rows_and_files_arrive_with_their_own_times_and_the_records_say_where_they_come_from()
    {
        await using var source = await SourceFolder.MakeAsync();
        var export = await source.ExportAsync();
        var target = new TargetStores();

        var done = await target.LoadAsync(export);

        Assert.Equal(await SourceFolder.AllOfAsync(source.Records), (await SourceFolder.AllOfAsync(target.Records)).Where(r => !r.StartsWith(Installation.Partition, StringComparison.Ordinal)));
        Assert.Equal(["of-decided", "of-draft", "of-undecided"], target.Evidence.All.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["of-decided"], target.OutOfQuarantine);
        Assert.Equal(source.Evidence.At["of-draft"], target.Evidence.At["of-draft"]);
        Assert.Equal((export.Manifest.Rows, 0, 3, 0, 2), (done.RowsWritten, done.RowsThere, done.FilesWritten, done.FilesThere, done.EvidenceItems));
        var said = (await Installation.ReadAsync(target.Records))!;
        Assert.Equal((ExportKinds.Real, export.Sha256, false), (said.Kind, said.Export, said.Rehearsal));
        Assert.Null(said.Problem);
    }

    [Fact]
    public async Task An_import_that_was_cut_off_is_not_served_and_goes_on_where_it_was()
    {
        await using var source = await SourceFolder.MakeAsync();
        var export = await source.ExportAsync();
        var target = new TargetStores();
        var writes = 0;
        for (var cut = 2; ; cut += 3)
        {
            var at = cut;
            target.Watched.BeforeCommit = (_, _) => ++writes == at ? throw new IOException("The line went dead.") : Task.CompletedTask;
            writes = 0;
            try
            {
                var done = await target.LoadAsync(export);
                Assert.True(done.RowsThere > 0);
                break;
            }
            catch (IOException)
            {
                Assert.Contains("Run it again", (await Assert.ThrowsAsync<TransferException>(() => Installation.RequireServableAsync(target.Records))).Message, StringComparison.Ordinal);
            }
        }

        await Installation.RequireServableAsync(target.Records);
        Assert.Equal(await SourceFolder.AllOfAsync(source.Records), (await SourceFolder.AllOfAsync(target.Records)).Where(r => !r.StartsWith(Installation.Partition, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_second_run_changes_nothing_until_somebody_has_worked_and_then_it_is_refused()
    {
        await using var source = await SourceFolder.MakeAsync();
        var export = await source.ExportAsync();
        var target = new TargetStores();
        await target.LoadAsync(export);
        var before = await SourceFolder.AllOfAsync(target.Records);

        var again = await target.LoadAsync(export);
        Assert.Equal((0, export.Manifest.Rows, 0, 3), (again.RowsWritten, again.RowsThere, again.FilesWritten, again.FilesThere));
        Assert.Equal(before, await SourceFolder.AllOfAsync(target.Records));

        await target.Watched.EditAsync(SourceFolder.Decided, "case", data => data.Replace("InProgress", "Closed", StringComparison.Ordinal));
        var used = await SourceFolder.AllOfAsync(target.Records);
        Assert.Contains("used since it was loaded", (await Assert.ThrowsAsync<TransferException>(() => target.LoadAsync(export))).Message, StringComparison.Ordinal);
        Assert.Equal(used, await SourceFolder.AllOfAsync(target.Records));
    }

    [Fact]
    public async Task A_target_that_holds_anything_else_is_left_as_it_is()
    {
        await using var source = await SourceFolder.MakeAsync();
        var export = await source.ExportAsync();
        var target = new TargetStores();
        await target.Records.CommitAsync("cases", [new RowWrite.Insert("INC-OTHER", "{}")]);
        Assert.Contains("'INC-OTHER'", (await Assert.ThrowsAsync<TransferException>(() => target.LoadAsync(export))).Message, StringComparison.Ordinal);
        Assert.Single(await SourceFolder.AllOfAsync(target.Records));
        Assert.Empty(target.Evidence.All);
    }

    [Fact]
    public async Task A_damaged_export_writes_nothing()
    {
        await using var source = await SourceFolder.MakeAsync();
        var export = await source.ExportAsync();
        await File.AppendAllTextAsync(Path.Combine(source.Target, "evidence", "of-undecided.bin"), "x");
        var target = new TargetStores();
        await Assert.ThrowsAsync<TransferException>(() => target.LoadAsync(export));
        Assert.Empty(await SourceFolder.AllOfAsync(target.Records));
        Assert.Empty(target.Evidence.All);
    }

    [Fact]
    public async Task A_demonstration_is_loaded_as_a_rehearsal_alone_and_never_served()
    {
        await using var source = await SourceFolder.MakeAsync();
        var export = await source.ExportAsync(FolderKind.Demonstration);
        var target = new TargetStores();
        foreach (var terms in new[] { new ImportTerms(), new ImportTerms(SourceIsGone: true) })
            Assert.Contains("--rehearsal", (await Assert.ThrowsAsync<TransferException>(() => target.LoadAsync(export, terms))).Message, StringComparison.Ordinal);
        Assert.Empty(await SourceFolder.AllOfAsync(target.Records));

        await target.LoadAsync(export, new(Rehearsal: true));
        Assert.Contains("rehearsal", (await Assert.ThrowsAsync<TransferException>(() => Installation.RequireServableAsync(target.Records))).Message, StringComparison.Ordinal);
        Assert.Equal(ExportKinds.Demonstration, (await Installation.ReadAsync(target.Records))!.Kind);
        // It does not become the real thing by being loaded again.
        await Assert.ThrowsAsync<TransferException>(() => target.LoadAsync(export));
    }

    [Fact]
    public async Task A_copy_of_a_folder_that_may_still_be_served_is_loaded_only_if_somebody_says_that_it_is_gone()
    {
        await using var source = await SourceFolder.MakeAsync();
        var export = await source.ExportAsync(moved: false);
        var target = new TargetStores();
        Assert.Contains("--source-is-gone", (await Assert.ThrowsAsync<TransferException>(() => target.LoadAsync(export))).Message, StringComparison.Ordinal);
        await target.LoadAsync(export, new(SourceIsGone: true));
        await Installation.RequireServableAsync(target.Records);
    }

    [Fact]
    public async Task Records_that_nobody_imported_are_served() => await Installation.RequireServableAsync(new InMemoryRecordStore());

    [Fact]
    public void Batches_keep_order_and_limits()
    {
        var rows = Enumerable.Range(0, 250).Select(i => new StoredRow("p", $"r{i:000}", new string('ä', i % 50 == 0 ? RecordLimits.DataLength : 10_000), "")).ToList();
        var batches = RecordBatches.OfInserts(rows).ToList();
        foreach (var batch in batches) RecordLimits.Check("p", batch);
        Assert.Equal(rows.Select(r => r.Row), batches.SelectMany(b => b).Select(w => w.Row));
    }
}
