using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace PolicyFlows.Storage;

/// <summary>
/// Runs SQL with parameters ?1, ?2, … and keeps each text prepared for the life of its connection, since preparing costs
/// more than running. A statement in use is taken out of the cache, so nesting the same text is safe.
/// </summary>
public static class SqliteStatements
{
    private static readonly ConditionalWeakTable<SqliteConnection, Dictionary<string, SqliteCommand>> Prepared = [];

    /// <summary>Runs a statement; returns the number of rows it changed.</summary>
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<object?> values) =>
        Run(connection, sql, Take(connection, sql, values), static command => command.ExecuteNonQuery());

    /// <summary>The rows of a query, in its order.</summary>
    public static List<T> Query<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values) =>
        Run(connection, sql, Take(connection, sql, values), command =>
        {
            var rows = new List<T>();
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(map(reader));
            }

            return rows;
        });

    /// <summary>The first row of a query, or the default of <typeparamref name="T"/> when there is none.</summary>
    public static T? QueryFirst<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values) =>
        Run(connection, sql, Take(connection, sql, values), command =>
        {
            using var reader = command.ExecuteReader();
            return reader.Read() ? map(reader) : default;
        });

    private static T Run<T>(SqliteConnection connection, string sql, SqliteCommand command, Func<SqliteCommand, T> run)
    {
        try
        {
            var result = run(command);
            Return(connection, sql, command);
            return result;
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    private static SqliteCommand Take(SqliteConnection connection, string sql, ReadOnlySpan<object?> values)
    {
        var cache = Prepared.GetOrCreateValue(connection);
        if (!cache.Remove(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    private static void Return(SqliteConnection connection, string sql, SqliteCommand command)
    {
        if (!Prepared.GetOrCreateValue(connection).TryAdd(sql, command))
        {
            command.Dispose();
        }
    }
}
