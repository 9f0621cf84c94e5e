namespace PolicyFlows.Storage;

/// <summary>The tables of the durable engine. Times are UTC ticks; the status is the number of the enumeration's member.</summary>
internal static class DurableSchema
{
    /// <summary>Numbered scripts; a released one is never edited.</summary>
    public static IReadOnlyList<SchemaScript> Scripts { get; } =
    [
        // Keys are not used again (AUTOINCREMENT): a late answer to a forgotten parent must find nobody. History has a row for each turn.
        new("durable", 1, """
            CREATE TABLE durable_instance (
              key INTEGER PRIMARY KEY AUTOINCREMENT,
              id TEXT NOT NULL UNIQUE,
              name TEXT NOT NULL,
              version TEXT NOT NULL,
              status INTEGER NOT NULL DEFAULT 0,
              events INTEGER NOT NULL DEFAULT 0,
              attempts INTEGER NOT NULL DEFAULT 0,
              parent_key INTEGER,
              parent_n INTEGER,
              created_at INTEGER NOT NULL,
              updated_at INTEGER NOT NULL,
              next_timer INTEGER,
              waiting_for TEXT,
              input TEXT,
              output TEXT,
              failure TEXT,
              custom_status TEXT) STRICT;
            CREATE INDEX durable_instance_live ON durable_instance (status, id) WHERE status IN (0, 1, 5);
            CREATE TABLE durable_history (
              instance INTEGER NOT NULL,
              seq INTEGER NOT NULL,
              payload TEXT NOT NULL,
              PRIMARY KEY (instance, seq)) STRICT, WITHOUT ROWID;
            CREATE TABLE durable_inbox (
              seq INTEGER PRIMARY KEY,
              instance INTEGER NOT NULL,
              at INTEGER NOT NULL,
              due INTEGER,
              timer INTEGER,
              payload TEXT NOT NULL) STRICT;
            CREATE INDEX durable_inbox_instance ON durable_inbox (instance);
            CREATE INDEX durable_inbox_due ON durable_inbox (due) WHERE due IS NOT NULL;
            CREATE TABLE durable_task (
              seq INTEGER PRIMARY KEY,
              instance INTEGER NOT NULL,
              n INTEGER NOT NULL,
              name TEXT NOT NULL,
              input TEXT,
              attempts INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE INDEX durable_task_instance ON durable_task (instance);
            """),
    ];
}
