using Microsoft.Data.Sqlite;
using PolicyFlows.Storage;

namespace PolicyFlows.Core.Tests.Records;

public sealed class SqliteFileTests : IDisposable
{
    private static readonly SchemaScript Things = new("test", 1, "CREATE TABLE thing (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");

    private readonly TempFolder folder = new();
    private SqliteFile? open;

    public void Dispose()
    {
        open?.Dispose();
        folder.Dispose();
    }

    private string Path => folder.File("test.db");

    private SqliteFile Open(SqliteSettings? settings = null)
    {
        open = SqliteFile.Open(Path, settings);
        open.Apply(Things);
        return open;
    }

    private static int Add(SqliteConnection connection, int id, string text = "x") =>
        connection.Execute("INSERT INTO thing (id, text) VALUES (?1, ?2)", id, text);

    private static List<int> Ids(SqliteFile file) =>
        file.Read(connection => connection.Query("SELECT id FROM thing ORDER BY id", row => row.GetInt32(0)));

    /// <summary>Holds the writer until released, so that everything queued meanwhile becomes one group.</summary>
    private static (Task Blocked, ManualResetEventSlim Release) Block(SqliteFile file)
    {
        var release = new ManualResetEventSlim();
        var started = new ManualResetEventSlim();
        var blocked = file.MaintainAsync(_ =>
        {
            started.Set();
            release.Wait();
            return true;
        });
        started.Wait();
        return (blocked, release);
    }

    [Fact]
    public async Task A_completed_write_is_seen_by_readers_and_by_the_next_process()
    {
        var file = Open();
        await file.WriteAsync(connection => Add(connection, 1));
        Assert.Equal([1], Ids(file));
        file.Dispose();
        Assert.Equal([1], Ids(Open()));
    }

    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("trusted_schema", "0")]
    [InlineData("secure_delete", "1")]
    [InlineData("busy_timeout", "5000")]
    [InlineData("fullfsync", "1")]
    public async Task The_writer_runs_with_this_setting(string pragma, string expected)
    {
        var actual = await Open().MaintainAsync(connection => connection.QueryFirst($"PRAGMA {pragma}", row => row.GetString(0)));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("query_only", "1")]
    [InlineData("wal_autocheckpoint", "0")]
    [InlineData("trusted_schema", "0")]
    public void A_reader_runs_with_this_setting(string pragma, string expected) =>
        Assert.Equal(expected, Open().Read(connection => connection.QueryFirst($"PRAGMA {pragma}", row => row.GetString(0))));

    [Fact]
    public void A_setting_that_does_not_take_refuses_to_start()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        // duroxide's mistake: a value that does not exist is silently ignored.
        Assert.Throws<StorageFailedException>(() => SqliteConnections.Set(connection, "synchronous", "9"));
        Assert.Throws<StorageFailedException>(() => SqliteConnections.Set(connection, "no_such_setting", "1"));
        Assert.Throws<StorageFailedException>(() => SqliteConnections.Set(connection, "journal_mode", "wal"));
    }

    [Fact]
    public void A_reader_cannot_write()
    {
        var file = Open();
        Assert.Throws<StorageFailedException>(() => file.Read(connection => Add(connection, 1)));
        Assert.Empty(Ids(file));
    }

    [Fact]
    public void A_second_opener_is_told_who_has_the_file()
    {
        var file = Open();
        var refused = Assert.Throws<StorageInUseException>(() => SqliteFile.Open(Path));
        Assert.Contains("Another running PolicyFlows", refused.Message, StringComparison.Ordinal);
        file.Dispose();
        SqliteFile.Open(Path).Dispose();
    }

    [Fact]
    public async Task A_failing_item_undoes_only_itself()
    {
        var file = Open();
        var (blocked, release) = Block(file);
        var first = file.WriteAsync(connection => Add(connection, 1));
        var second = file.WriteAsync<int>(connection =>
        {
            Add(connection, 2);
            throw new InvalidOperationException("no");
        });
        var third = file.WriteAsync(connection => Add(connection, 1));
        var fourth = file.WriteAsync(connection => Add(connection, 4));
        release.Set();
        await blocked;

        Assert.Equal(1, await first);
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => second)).Message);
        Assert.Equal(19, (await Assert.ThrowsAsync<SqliteException>(() => third)).SqliteErrorCode);
        Assert.Equal(1, await fourth);
        Assert.Equal([1, 4], Ids(file));
    }

    [Fact]
    public async Task Waiting_items_share_one_commit()
    {
        var file = Open();
        var commits = 0;
        await file.MaintainAsync(connection =>
        {
            SQLitePCL.raw.sqlite3_commit_hook(connection.Handle, _ => { commits++; return 0; }, null);
            return true;
        });
        var (blocked, release) = Block(file);
        var writes = Enumerable.Range(1, 130).Select(id => file.WriteAsync(connection => Add(connection, id))).ToList();
        release.Set();
        await blocked;
        await Task.WhenAll(writes);
        Assert.Equal(3, commits);
        Assert.Equal(130, Ids(file).Count);
    }

    [Fact]
    public async Task A_commit_that_fails_fails_every_item_of_the_group_and_keeps_none()
    {
        var file = Open();
        await file.WriteAsync(connection => connection.Execute("CREATE TABLE child (thing INTEGER NOT NULL REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED) STRICT"));
        var (blocked, release) = Block(file);
        var good = file.WriteAsync(connection => Add(connection, 1));
        var orphan = file.WriteAsync(connection => connection.Execute("INSERT INTO child (thing) VALUES (99)"));
        release.Set();
        await blocked;

        await Assert.ThrowsAsync<SqliteException>(() => good);
        await Assert.ThrowsAsync<SqliteException>(() => orphan);
        Assert.Empty(Ids(file));
        await file.WriteAsync(connection => Add(connection, 1));
        Assert.Equal([1], Ids(file));
    }

    [Fact]
    public async Task A_full_disk_is_said_clearly_loses_nothing_and_lets_a_later_try_through()
    {
        var file = Open(new SqliteSettings(MaxPageCount: 20));
        var kept = new List<int>();
        var full = false;
        for (var id = 1; !full; id++)
        {
            try
            {
                await file.WriteAsync(connection => Add(connection, id, new string('a', 3_000)));
                kept.Add(id);
            }
            catch (StorageFullException failure)
            {
                Assert.Contains("disk is full", failure.Message, StringComparison.Ordinal);
                full = true;
            }
        }

        Assert.NotEmpty(kept);
        Assert.Equal(kept, Ids(file));
        Assert.Null(file.Fault);
        Assert.Empty(file.IntegrityCheck());

        await file.MaintainAsync(connection => connection.Execute("PRAGMA max_page_count=1000"));
        await file.WriteAsync(connection => Add(connection, 1_000, new string('a', 3_000)));
        Assert.Equal([.. kept, 1_000], Ids(file));
    }

    [Fact]
    public async Task A_disk_that_fills_within_a_group_tells_each_item_the_truth()
    {
        var file = Open(new SqliteSettings(MaxPageCount: 20));
        var (blocked, release) = Block(file);
        var writes = Enumerable.Range(1, 60)
            .Select(id => (id, task: file.WriteAsync(connection => Add(connection, id, new string('a', id % 7 == 0 ? 60_000 : 1_500)))))
            .ToList();
        release.Set();
        await blocked;

        var kept = new List<int>();
        foreach (var (id, task) in writes)
        {
            if (await Record.ExceptionAsync(() => task) is not { } failure)
            {
                kept.Add(id);
                continue;
            }

            Assert.IsType<StorageFullException>(failure);
        }

        Assert.InRange(kept.Count, 1, 59);
        Assert.Equal(kept, Ids(file));
    }

    [Fact]
    public async Task After_a_failed_flush_nothing_more_is_written_and_reading_goes_on()
    {
        var file = Open();
        await file.WriteAsync(connection => Add(connection, 1));
        const int IoErrorFsync = 10 | (4 << 8);
        await Assert.ThrowsAsync<StorageFailedException>(() => file.WriteAsync<int>(_ => throw new SqliteException("disk I/O error", 10, IoErrorFsync)));
        Assert.Contains("Restart", file.Fault, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<StorageFailedException>(() => file.WriteAsync(connection => Add(connection, 2)));
        Assert.Equal(file.Fault, refused.Message);
        Assert.Equal([1], Ids(file));
    }

    [Fact]
    public async Task A_write_cancelled_before_its_turn_never_runs()
    {
        var file = Open();
        using var cancel = new CancellationTokenSource();
        var (blocked, release) = Block(file);
        var cancelled = file.WriteAsync(connection => Add(connection, 1), cancel.Token);
        var other = file.WriteAsync(connection => Add(connection, 2));
        cancel.Cancel();
        release.Set();
        await blocked;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await other;
        Assert.Equal([2], Ids(file));
    }

    [Fact]
    public async Task Closing_finishes_what_is_queued_and_folds_the_log_in()
    {
        var file = Open();
        var (_, release) = Block(file);
        var writes = Enumerable.Range(1, 200).Select(id => file.WriteAsync(connection => Add(connection, id))).ToList();
        release.Set();
        file.Dispose();
        Assert.All(writes, write => Assert.True(write.IsCompletedSuccessfully));
        Assert.False(File.Exists(Path + "-wal"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => file.WriteAsync(connection => Add(connection, 0)));
        Assert.Throws<ObjectDisposedException>(() => file.Read(_ => 0));
    }

    [Fact]
    public async Task A_reader_sees_one_moment_while_writes_go_on()
    {
        var file = Open();
        await file.WriteAsync(connection => Add(connection, 1));
        var (before, during) = file.Read(connection =>
        {
            var count = () => connection.QueryFirst("SELECT count(*) FROM thing", row => row.GetInt32(0));
            var first = count();
            file.WriteAsync(writer => Add(writer, 2)).GetAwaiter().GetResult();
            return (first, count());
        });
        Assert.Equal((1, 1), (before, during));
        Assert.Equal([1, 2], Ids(file));
    }

    [Fact]
    public void Schema_scripts_run_once_each_and_a_newer_file_is_refused()
    {
        var second = new SchemaScript("test", 2, "ALTER TABLE thing ADD COLUMN more TEXT");
        var file = Open();
        file.Apply(Things, second);
        file.Apply(Things, second);
        Assert.Equal(2, file.Read(connection => connection.QueryFirst("SELECT count(*) FROM schema_version", row => row.GetInt32(0))));
        Assert.Contains("newer version", Assert.Throws<StorageFailedException>(() => file.Apply(Things)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => file.Apply(Things, new SchemaScript("test", 3, "SELECT 1")));
    }

    [Fact]
    public void A_schema_script_that_fails_leaves_the_file_as_it_was()
    {
        var file = Open();
        Assert.Throws<SqliteException>(() => file.Apply(Things, new SchemaScript("test", 2, "CREATE TABLE half (id INTEGER); CREATE TABLE thing (id INTEGER)")));
        Assert.Equal(0, file.Read(connection => connection.QueryFirst("SELECT count(*) FROM sqlite_schema WHERE name = 'half'", row => row.GetInt32(0))));
        file.Apply(Things, new SchemaScript("test", 2, "CREATE TABLE half (id INTEGER)"));
    }

    [Fact]
    public async Task A_log_cut_off_anywhere_holds_whole_changes_in_their_order_and_every_one_flushed_before_the_cut()
    {
        var file = Open();
        var log = Path + "-wal";
        var lengths = new List<(long LogLength, int Last)>();
        for (var id = 1; id <= 30; id += 2)
        {
            await file.WriteAsync(connection => Add(connection, id, new string('a', 1_500)) + Add(connection, id + 1, new string('b', 1_500)));
            lengths.Add((new FileInfo(log).Length, id + 1));
        }

        // As a kill or a power cut leaves it: the main file and a log of any length.
        var whole = await ReadShared(log);
        for (var cut = 0; cut <= whole.Length; cut += 1_777)
        {
            var copy = folder.File($"copy-{cut}.db");
            await File.WriteAllBytesAsync(copy, await ReadShared(Path));
            await File.WriteAllBytesAsync(copy + "-wal", whole[..cut]);
            using var recovered = SqliteFile.Open(copy);
            recovered.Apply(Things);
            var ids = Ids(recovered);
            Assert.Equal(Enumerable.Range(1, ids.Count), ids);
            Assert.True(int.IsEvenInteger(ids.Count));
            Assert.True(ids.Count >= lengths.LastOrDefault(point => point.LogLength <= cut).Last);
            Assert.Empty(recovered.IntegrityCheck());
        }
    }

    private static async Task<byte[]> ReadShared(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    [Fact]
    public async Task A_damaged_file_is_found()
    {
        var file = Open();
        for (var id = 1; id <= 50; id++)
        {
            await file.WriteAsync(connection => Add(connection, id, new string('a', 500)));
        }

        Assert.Empty(file.QuickCheck());
        file.Dispose();
        using (var bytes = new FileStream(Path, FileMode.Open, FileAccess.Write))
        {
            // A leaf page of the table: the cell pointers after its 8-byte header now point nowhere.
            bytes.Seek((4_096 * 4) + 8, SeekOrigin.Begin);
            bytes.Write(Enumerable.Repeat((byte)0xEE, 64).ToArray());
        }

        using var damaged = SqliteFile.Open(Path);
        Assert.NotEmpty(damaged.QuickCheck());
    }

    [Fact]
    public async Task Deleted_text_is_gone_from_the_file_and_the_log()
    {
        var file = Open();
        await file.WriteAsync(connection => Add(connection, 1, "canary-of-a-child"));
        await file.WriteAsync(connection => connection.Execute("DELETE FROM thing WHERE id = 1"));
        Assert.True(await file.CheckpointAsync());
        foreach (var name in Directory.GetFiles(folder.Path, "test.db*").Where(name => !name.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var text = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("canary-of-a-child", await text.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_statement_may_be_used_inside_itself()
    {
        var file = Open();
        var pairs = file.Read(connection => connection.Query(
            "SELECT value FROM json_each('[1,2]') WHERE value > ?1",
            row => connection.Query("SELECT value FROM json_each('[1,2]') WHERE value > ?1", inner => inner.GetInt32(0), 1).Sum() + row.GetInt32(0),
            0));
        Assert.Equal([3, 4], pairs);
    }
}
