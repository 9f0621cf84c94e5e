using Microsoft.Data.Sqlite;

namespace PolicyFlows.Storage;

/// <summary>One numbered step of a part's schema. A script that has been released is never edited; a change is the next number.</summary>
/// <param name="Part">Which part of the program owns the tables: "records", "durable".</param>
/// <param name="Version">1, 2, 3, … without gaps.</param>
/// <param name="Sql">One or more statements.</param>
public sealed record SchemaScript(string Part, int Version, string Sql)
{
    /// <summary>Runs, inside the caller's transaction, the scripts of a part that the file has not seen yet.</summary>
    /// <exception cref="StorageFailedException">The file was written by a newer version of the program.</exception>
    internal static void Apply(SqliteConnection connection, IReadOnlyList<SchemaScript> scripts)
    {
        connection.Execute(
            "CREATE TABLE IF NOT EXISTS schema_version (part TEXT NOT NULL, version INTEGER NOT NULL, applied_at INTEGER NOT NULL, PRIMARY KEY (part, version)) STRICT, WITHOUT ROWID");
        foreach (var part in scripts.GroupBy(script => script.Part, StringComparer.Ordinal))
        {
            var ordered = part.OrderBy(script => script.Version).ToList();
            if (ordered.Where((script, index) => script.Version != index + 1).Any())
            {
                throw new ArgumentException($"The schema scripts of '{part.Key}' are not numbered 1, 2, 3, … without gaps.", nameof(scripts));
            }

            var present = connection.QueryFirst("SELECT coalesce(max(version), 0) FROM schema_version WHERE part = ?1", row => row.GetInt32(0), part.Key);
            if (present > ordered.Count)
            {
                throw new StorageFailedException($"The database was written by a newer version of PolicyFlows (schema '{part.Key}' {present}, this program knows {ordered.Count}). Start the newer version.");
            }

            foreach (var script in ordered.Skip(present))
            {
                using var command = connection.CreateCommand();
                command.CommandText = script.Sql;
                command.ExecuteNonQuery();
                connection.Execute("INSERT INTO schema_version (part, version, applied_at) VALUES (?1, ?2, unixepoch())", script.Part, script.Version);
            }
        }
    }
}
