using PolicyFlows.Core.Records;
using PolicyFlows.Storage;

namespace PolicyFlows.Core.Tests.Records;

public sealed class DataFolderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly FixedTime time = new();

    private string Path => folder.File("data");

    private DataFolder Open() => DataFolder.Open(Path, time);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_new_folder_is_a_demonstration_and_stays_the_same_one()
    {
        byte[] key;
        using (var made = Open())
        {
            Assert.Equal((DataFolderKind.Demonstration, Now), (made.Kind, made.MadeAt));
            key = made.ServerKey.ToArray();
            Assert.Equal(32, key.Length);
            Assert.Contains(key, part => part != 0);
        }

        time.Now = Now.AddDays(40);
        using var again = Open();
        Assert.Equal((DataFolderKind.Demonstration, Now), (again.Kind, again.MadeAt));
        Assert.Equal(key, again.ServerKey.ToArray());
        Assert.Equal(
            ["evidence", "keys", "mail", "policyflows.db", "policyflows.db-shm", "policyflows.db-wal", "policyflows.db.lock", "policyflows.lock", "stamp.json"],
            Directory.GetFileSystemEntries(Path).Select(entry => System.IO.Path.GetFileName(entry)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_slash_at_the_end_names_the_same_folder()
    {
        using (var made = DataFolder.Open(Path + System.IO.Path.DirectorySeparatorChar, time))
        {
            Assert.Equal(Path, made.Path);
        }

        Open().Dispose();
    }

    [Fact]
    public void Two_folders_have_two_keys()
    {
        using var one = Open();
        using var two = DataFolder.Open(folder.File("other"), time);
        Assert.NotEqual(one.ServerKey.ToArray(), two.ServerKey.ToArray());
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Only_this_account_can_look_into_the_folder_and_read_the_key()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var key = System.IO.Path.Combine(Path, "keys", "server.key");
        Open().Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));

        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Open().Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
    }

    [Fact]
    public void A_second_server_on_the_same_folder_is_refused_with_what_to_do()
    {
        using var first = Open();
        var refused = Assert.Throws<StorageInUseException>(Open);
        Assert.Contains(Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_folder_says_that_real_use_comes_later()
    {
        Open().Dispose();
        var stamp = System.IO.Path.Combine(Path, "stamp.json");
        File.WriteAllText(stamp, File.ReadAllText(stamp).Replace("demonstration", "real", StringComparison.Ordinal));
        Assert.Contains("real use", Assert.Throws<DataFolderException>(Open).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"version\":1,\"kind\":\"toy\",\"madeAt\":\"2026-03-02T09:00:00+00:00\"}")]
    [InlineData("{\"version\":2,\"kind\":\"demonstration\",\"madeAt\":\"2026-03-02T09:00:00+00:00\"}")]
    public void A_stamp_that_cannot_be_understood_is_never_guessed(string text)
    {
        Open().Dispose();
        File.WriteAllText(System.IO.Path.Combine(Path, "stamp.json"), text);
        Assert.Throws<DataFolderException>(Open);
    }

    [Theory]
    [InlineData("policyflows.db")]
    [InlineData("keys/server.key")]
    public void A_missing_part_is_named_and_never_made_anew(string part)
    {
        Open().Dispose();
        File.Delete(System.IO.Path.Combine(Path, part));
        Assert.Contains(System.IO.Path.GetFileName(part), Assert.Throws<DataFolderException>(Open).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(System.IO.Path.Combine(Path, part)));
    }

    [Fact]
    public async Task A_folder_with_records_but_no_stamp_is_not_stamped_again()
    {
        using (var made = Open())
        {
            await made.Records.CommitAsync("p", [new RowWrite.Insert("r", "{}")]);
        }

        File.Delete(System.IO.Path.Combine(Path, "stamp.json"));
        Assert.Contains("stamp.json", Assert.Throws<DataFolderException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_remembers_where_its_evidence_lies_and_refuses_whoever_would_look_elsewhere()
    {
        Open().Dispose();
        using (var own = DataFolder.Open(Path, time, evidencePlace: "https://trust.example/evidence"))
        {
            own.RequireEvidenceAt(null);
            Assert.Contains("keeps its evidence in itself", Assert.Throws<DataFolderException>(() => own.RequireEvidenceAt("https://trust.example/evidence")).Message, StringComparison.Ordinal);
        }

        using var elsewhere = DataFolder.Open(folder.File("elsewhere"), time, evidencePlace: "https://trust.example/evidence");
        elsewhere.RequireEvidenceAt("https://trust.example/evidence");
        Assert.Contains("https://trust.example/evidence", Assert.Throws<DataFolderException>(() => elsewhere.RequireEvidenceAt(null)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => elsewhere.Evidence);
        // Versions that know of no other place must not take it for an empty folder.
        Assert.Contains("\"version\": 2", File.ReadAllText(System.IO.Path.Combine(elsewhere.Path, "stamp.json")), StringComparison.Ordinal);
        Assert.Contains("\"version\": 1", File.ReadAllText(System.IO.Path.Combine(Path, "stamp.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_whose_making_was_cut_short_is_completed()
    {
        Open().Dispose();
        File.Delete(System.IO.Path.Combine(Path, "stamp.json"));
        File.WriteAllText(System.IO.Path.Combine(Path, "stamp.json.01.part"), "{");
        Open().Dispose();
        Assert.True(File.Exists(System.IO.Path.Combine(Path, "stamp.json")));
        Assert.Empty(Directory.GetFiles(Path, "*.part"));
    }

    [Fact]
    public void A_folder_or_file_of_somebody_else_is_left_alone()
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(System.IO.Path.Combine(Path, "thesis.docx"), "x");
        Assert.Contains("thesis.docx", Assert.Throws<DataFolderException>(Open).Message, StringComparison.Ordinal);
        Assert.Equal(["thesis.docx"], Directory.GetFileSystemEntries(Path).Select(entry => System.IO.Path.GetFileName(entry)));

        File.WriteAllText(folder.File("file"), "x");
        Assert.Throws<DataFolderException>(() => DataFolder.Open(folder.File("file"), time));
    }

    [Fact]
    public void A_failed_opening_lets_go_of_its_locks()
    {
        Open().Dispose();
        var key = System.IO.Path.Combine(Path, "keys", "server.key");
        var bytes = File.ReadAllBytes(key);
        File.WriteAllBytes(key, bytes[..31]);
        Assert.Throws<DataFolderException>(Open);
        File.WriteAllBytes(key, bytes);
        Open().Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_folder_can_be_looked_at_beside_its_server_and_without_it(bool isServerRunning)
    {
        var server = Open();
        await server.Records.CommitAsync("p", [new RowWrite.Insert("r", "{}")]);
        await server.Evidence.ReceiveAsync("e-1", new MemoryStream("text"u8.ToArray()), "a.txt", 100);
        var incoming = System.IO.Path.Combine(Path, "evidence", "e-2.bin.01.part");
        await File.WriteAllTextAsync(incoming, "half");
        if (!isServerRunning)
        {
            server.Dispose();
        }

        using (var looking = DataFolder.OpenForReading(Path))
        {
            Assert.NotNull(await looking.Records.GetAsync("p", "r"));
            Assert.Equal(["e-1"], await looking.Evidence.ListAsync().ToListAsync());
            Assert.Empty(looking.Database.IntegrityCheck());
            await Assert.ThrowsAsync<InvalidOperationException>(() => looking.Records.CommitAsync("p", [new RowWrite.Insert("s", "{}")]));
            await Assert.ThrowsAsync<InvalidOperationException>(() => looking.Evidence.ReceiveAsync("e-3", new MemoryStream("text"u8.ToArray()), "a.txt", 100));
            await Assert.ThrowsAsync<InvalidOperationException>(() => looking.Evidence.DeleteAsync("e-1"));
            Assert.True(File.Exists(incoming));
        }

        if (isServerRunning)
        {
            await server.Records.CommitAsync("p", [new RowWrite.Insert("t", "{}")]);
            server.Dispose();
        }

        using var again = Open();
        Assert.NotNull(await again.Records.GetAsync("p", "r"));
    }

    [Fact]
    public void Looking_makes_nothing_where_nothing_is()
    {
        Assert.Throws<DataFolderException>(() => DataFolder.OpenForReading(Path));
        Assert.False(Directory.Exists(Path));
        Assert.Throws<StorageFailedException>(() => SqliteFile.OpenForReading(folder.File("none.db")));
        Assert.False(File.Exists(folder.File("none.db")));
    }

    [Fact]
    public void Free_space_under_five_percent_is_a_problem()
    {
        Assert.Null(new DiskSpace(5, 100).Problem);
        Assert.Contains("4.0", new DiskSpace(4, 100).Problem, StringComparison.Ordinal);
        var here = DiskSpace.Of(folder.Path);
        Assert.InRange(here.FreeBytes, 1, here.TotalBytes);
    }

    private sealed class FixedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DataFolderTests.Now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
