using Microsoft.Data.Sqlite;
using PolicyFlows.Durable;

namespace PolicyFlows.Storage;

/// <summary>From columns to values.</summary>
internal static class DurableRows
{
    public const string MetadataColumns =
        "id, name, version, status, created_at, updated_at, input, output, custom_status, failure, waiting_for, next_timer";

    public static OrchestrationMetadata Metadata(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), (OrchestrationRuntimeStatus)row.GetInt32(3), Time(row.GetInt64(4)), Time(row.GetInt64(5)),
        Text(row, 6), Text(row, 7), Text(row, 8), HistoryJson.ReadFailure(Text(row, 9)), Text(row, 10), row.IsDBNull(11) ? null : Time(row.GetInt64(11)));

    public static StoreMarks Marks(SqliteConnection connection) => connection.QueryFirst(
        "SELECT coalesce((SELECT max(seq) FROM durable_inbox), 0), coalesce((SELECT max(seq) FROM durable_task), 0)",
        row => new StoreMarks(row.GetInt64(0), row.GetInt64(1)));

    public static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    public static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
