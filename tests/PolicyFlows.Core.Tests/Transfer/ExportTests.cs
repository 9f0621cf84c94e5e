using System.Text;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Transfer;

namespace PolicyFlows.Core.Tests.Transfer;

/// <summary>What an export holds, and how it shows that it is not whole.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task Every_row_is_in_it_to_the_character_and_every_file_that_is_held_and_no_other()
    {
        await using var source = await SourceFolder.MakeAsync();
        var export = await source.ExportAsync();

        Assert.Equal(await SourceFolder.AllOfAsync(source.Records), export.Rows().Select(r => $"{r.Partition} {r.Row} {r.Data}"));
        Assert.Equal(["of-decided True", "of-draft False", "of-undecided False"], export.Manifest.Evidence.Select(e => $"{e.Id} {e.Decided}"));
        Assert.Equal(["of-decided.bin", "of-draft.bin", "of-undecided.bin"], Directory.GetFiles(Path.Combine(source.Target, "evidence")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Equal((ExportKinds.Real, true, Workflows.Version), (export.Manifest.Kind, export.Manifest.Moved, export.Manifest.Program));
        Assert.Contains(SourceFolder.Decided, export.Manifest.Chains.Keys);
        await export.CheckAsync();
    }

    [Fact]
    public void A_row_comes_back_as_it_was_whatever_is_in_it()
    {
        StoredRow[] rows =
        [
            new("p", "r", """{"text":"Zoë said: \"no\" \u0000 \\ / <b>&'+` 😀   a b"}""", ""),
            new("p", "s", "{}", ""), new("p q", "~", "\"00:00:00\"", ""), new("p q", "~~", "1.50", ""), new("z", "a", """{ "b" : [1,  2] }""", ""),
        ];
        using var file = new MemoryStream();
        foreach (var row in rows) RowLines.Write(file, row);
        Assert.Equal(rows.Length, Encoding.UTF8.GetString(file.ToArray()).Count(c => c == '\n'));
        file.Position = 0;
        Assert.Equal(rows, RowLines.Read(file));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\n}")]
    [InlineData("")]
    public void A_row_that_is_no_line_of_JSON_is_refused_by_name(string data) =>
        Assert.Contains("'row-7'", Assert.Throws<TransferException>(() => RowLines.Write(new MemoryStream(), new("p", "row-7", data, ""))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_place_that_is_not_empty_is_left_alone()
    {
        await using var source = await SourceFolder.MakeAsync();
        Directory.CreateDirectory(source.Target);
        File.WriteAllText(Path.Combine(source.Target, "thesis.docx"), "x");
        Assert.Contains("not empty", (await Assert.ThrowsAsync<TransferException>(() => source.ExportAsync())).Message, StringComparison.Ordinal);
        Assert.Equal(["thesis.docx"], Directory.GetFileSystemEntries(source.Target).Select(f => Path.GetFileName(f)));

        File.Delete(Path.Combine(source.Target, "thesis.docx"));
        await source.ExportAsync();
        Assert.Contains("not empty", (await Assert.ThrowsAsync<TransferException>(() => source.ExportAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_that_was_cut_off_never_has_its_name_and_is_not_read()
    {
        await using var source = await SourceFolder.MakeAsync();
        await Assert.ThrowsAsync<IOException>(() => source.ExportAsync(beforeName: () => throw new IOException("The power went.")));
        Assert.False(Path.Exists(source.Target));
        Assert.Contains("cut off", Assert.Throws<TransferException>(() => ExportFolder.Open(source.Target + Export.Unfinished)).Message, StringComparison.Ordinal);
        Assert.Contains("Delete it", (await Assert.ThrowsAsync<TransferException>(() => source.ExportAsync())).Message, StringComparison.Ordinal);
        Assert.Contains("no manifest.json", Assert.Throws<TransferException>(() => ExportFolder.Open(source.Target)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_whose_evidence_is_missing_or_changed_is_not_exported()
    {
        await using var source = await SourceFolder.MakeAsync();
        source.Evidence.All["of-decided"][0]++;
        Assert.Contains("not what was received", (await Assert.ThrowsAsync<TransferException>(() => source.ExportAsync())).Message, StringComparison.Ordinal);
        Directory.Delete(source.Target + Export.Unfinished, recursive: true);
        source.Evidence.All.Remove("of-decided");
        Assert.Contains("of-decided is missing", (await Assert.ThrowsAsync<TransferException>(() => source.ExportAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeline_that_was_changed_is_not_exported()
    {
        await using var source = await SourceFolder.MakeAsync();
        var row = (await source.Records.GetAsync(SourceFolder.Decided, "tl|00000002"))!;
        await source.Records.CommitAsync(row.Partition, [new RowWrite.Replace(row.Row, row.Data.Replace("\"at\":\"2026", "\"at\":\"2025", StringComparison.Ordinal), row.Tag)]);
        Assert.Contains("was changed after it was written", (await Assert.ThrowsAsync<TransferException>(() => source.ExportAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Only_this_account_can_read_an_export()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await using var source = await SourceFolder.MakeAsync();
        await source.ExportAsync();
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All(Directory.GetFiles(source.Target, "*", SearchOption.AllDirectories), file => Assert.Equal(Own, File.GetUnixFileMode(file)));
        Assert.All(new[] { source.Target, Path.Combine(source.Target, "evidence") }, folder => Assert.Equal(Own | UnixFileMode.UserExecute, File.GetUnixFileMode(folder)));
    }

    [Theory]
    [InlineData("rows.jsonl")]
    [InlineData("evidence/of-draft.bin")]
    public async Task A_changed_byte_is_found_and_named(string file)
    {
        await using var source = await SourceFolder.MakeAsync();
        var export = await source.ExportAsync(FolderKind.Demonstration);
        var path = Path.Combine(source.Target, file);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        Assert.Contains(file, (await Assert.ThrowsAsync<TransferException>(() => export.CheckAsync())).Message, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Contains($"lacks its file {file}", (await Assert.ThrowsAsync<TransferException>(() => export.CheckAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("{\"v\":2}", "cannot be read")]
    public async Task A_manifest_that_cannot_be_understood_is_never_guessed(string text, string said)
    {
        await using var source = await SourceFolder.MakeAsync();
        await source.ExportAsync();
        File.WriteAllText(Path.Combine(source.Target, "manifest.json"), text);
        Assert.Contains(said, Assert.Throws<TransferException>(() => ExportFolder.Open(source.Target)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"path\": \"rows.jsonl\"", "\"path\": \"../rows.jsonl\"")]
    [InlineData("\"id\": \"of-draft\"", "\"id\": \"../../of-draft\"")]
    public async Task A_manifest_cannot_name_a_file_outside_its_export(string old, string changed)
    {
        await using var source = await SourceFolder.MakeAsync();
        await source.ExportAsync();
        var path = Path.Combine(source.Target, "manifest.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(old, changed, StringComparison.Ordinal));
        Assert.Contains("names a file", (await Assert.ThrowsAsync<TransferException>(() => ExportFolder.Open(source.Target).CheckAsync())).Message, StringComparison.Ordinal);
    }
}
