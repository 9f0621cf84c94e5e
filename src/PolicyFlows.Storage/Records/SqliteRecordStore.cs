using System.Globalization;
using Microsoft.Data.Sqlite;
using PolicyFlows.Core.Records;

namespace PolicyFlows.Storage;

/// <summary>Records in the one SQLite file. Keys are ASCII, so SQLite's byte order is ordinal order.</summary>
public sealed class SqliteRecordStore : IRecordStore, IAllRows
{
    /// <summary>The tables of this store.</summary>
    public static IReadOnlyList<SchemaScript> Schema { get; } =
    [
        new("records", 1, """
            CREATE TABLE record (
              partition TEXT NOT NULL,
              row TEXT NOT NULL,
              tag INTEGER NOT NULL,
              data TEXT NOT NULL,
              PRIMARY KEY (partition, row)) STRICT, WITHOUT ROWID;
            CREATE TABLE record_tag (last INTEGER NOT NULL) STRICT;
            INSERT INTO record_tag (last) VALUES (0);
            """),
    ];

    private readonly SqliteFile file;

    /// <summary>Uses the file and, if it may write, brings this store's tables up to date.</summary>
    public SqliteRecordStore(SqliteFile file)
    {
        this.file = file;
        if (file.CanWrite)
        {
            file.Apply(Schema);
        }
    }

    /// <inheritdoc/>
    public Task<StoredRow?> GetAsync(string partition, string row, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(!RecordLimits.IsKey(partition) || !RecordLimits.IsKey(row)
            ? null
            : file.Read(connection => connection.QueryFirst(
                "SELECT row, data, tag FROM record WHERE partition = ?1 AND row = ?2",
                reader => ToRow(partition, reader),
                partition, row)));
    }

    /// <inheritdoc/>
    public Task<RowPage> RangeAsync(string partition, string prefix, string? continuation = null, int take = RecordLimits.RowsPerPage, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        if (!RecordLimits.IsKey(partition) || !RecordLimits.IsPrefix(prefix))
        {
            return Task.FromResult(new RowPage([], null));
        }

        take = Math.Min(take, RecordLimits.RowsPerPage);
        // DEL comes after every character a key may have, so the range is exactly the keys with the prefix.
        var rows = file.Read(connection => connection.Query(
            "SELECT row, data, tag FROM record WHERE partition = ?1 AND row >= ?2 AND row < ?3 AND row > ?4 ORDER BY row LIMIT ?5",
            reader => ToRow(partition, reader),
            partition, prefix, prefix + '\u007F', continuation ?? "", take + 1));
        if (rows.Count <= take)
        {
            return Task.FromResult(new RowPage(rows, null));
        }

        rows.RemoveAt(take);
        return Task.FromResult(new RowPage(rows, rows[^1].Row));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string?>> CommitAsync(string partition, IReadOnlyList<RowWrite> writes, CancellationToken cancellation = default)
    {
        RecordLimits.Check(partition, writes);
        return file.WriteAsync(connection => Write(connection, partition, writes), cancellation);
    }

    /// <inheritdoc/>
    public Task ReadAllAsync(Action<StoredRow> see, CancellationToken cancellation = default)
    {
        file.Read(connection => connection.Query("SELECT row, data, tag, partition FROM record ORDER BY partition, row", reader =>
        {
            cancellation.ThrowIfCancellationRequested();
            see(ToRow(reader.GetString(3), reader));
            return true;
        }).Count);
        return Task.CompletedTask;
    }

    /// <summary>
    /// The batch itself, for callers that are on the writer already and put more into the same transaction. Check the limits first.
    /// </summary>
    internal static IReadOnlyList<string?> Write(SqliteConnection connection, string partition, IReadOnlyList<RowWrite> writes)
    {
        // From one counter, so that a row deleted and made again never gets an old tag back.
        var tag = connection.QueryFirst("UPDATE record_tag SET last = last + 1 RETURNING last", reader => reader.GetInt64(0));
        var tags = new string?[writes.Count];
        for (var i = 0; i < writes.Count; i++)
        {
            var write = writes[i];
            var changed = write switch
            {
                RowWrite.Insert insert => connection.Execute(
                    "INSERT INTO record (partition, row, tag, data) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                    partition, insert.Row, tag, insert.Data),
                RowWrite.Replace replace => connection.Execute(
                    "UPDATE record SET tag = ?3, data = ?4 WHERE partition = ?1 AND row = ?2 AND tag = ?5",
                    partition, replace.Row, tag, replace.Data, ToNumber(replace.Tag)),
                RowWrite.Delete delete => connection.Execute(
                    "DELETE FROM record WHERE partition = ?1 AND row = ?2 AND tag = ?3",
                    partition, delete.Row, ToNumber(delete.Tag)),
                _ => throw new ArgumentException($"Unknown kind of write: {write.GetType().Name}.", nameof(writes)),
            };
            if (changed != 1)
            {
                throw new RecordConflictException(partition, write.Row);
            }

            tags[i] = write is RowWrite.Delete ? null : tag.ToString(CultureInfo.InvariantCulture);
        }

        return tags;
    }

    /// <summary>A tag of this store, or 0, which no row has.</summary>
    private static long ToNumber(string tag) => long.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static StoredRow ToRow(string partition, SqliteDataReader reader) =>
        new(partition, reader.GetString(0), reader.GetString(1), reader.GetInt64(2).ToString(CultureInfo.InvariantCulture));
}
