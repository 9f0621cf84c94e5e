using System.Text;

namespace PolicyFlows.Core.Records;

/// <summary>
/// What no adapter accepts: the limits of Azure Table Storage (learn.microsoft.com, "Understanding the Table service data
/// model" and "Performing entity group transactions"), so that work proven on one host fits the other.
/// </summary>
public static class RecordLimits
{
    /// <summary>Most rows in one batch.</summary>
    public const int RowsPerBatch = 100;

    /// <summary>Most bytes of one batch on the wire.</summary>
    public const int BytesPerBatch = 4 * 1024 * 1024;

    /// <summary>Most UTF-16 units in a row's data: 64 KiB. A row has this one text, so it never nears the 1 MiB a row may have.</summary>
    public const int DataLength = 32 * 1024;

    /// <summary>Most characters of a partition or row key: 1 KiB in UTF-16, as Azurite 3.37.0 counts it too.</summary>
    public const int KeyLength = 512;

    /// <summary>Most rows in one page of a range.</summary>
    public const int RowsPerPage = 1000;

    // Multipart headers, URL and JSON names around each row of an entity group transaction; generous.
    private const int WireOverheadPerRow = 1024;

    /// <summary>Refuses a batch that some adapter could not take.</summary>
    /// <exception cref="RecordLimitException">Says which limit and which row; never the data.</exception>
    public static void Check(string partition, IReadOnlyList<RowWrite> writes)
    {
        CheckKey(partition, "partition");
        if (writes.Count is 0 or > RowsPerBatch)
        {
            throw new RecordLimitException($"A batch has 1 to {RowsPerBatch} rows, not {writes.Count}.");
        }

        var seen = new HashSet<string>(writes.Count, StringComparer.Ordinal);
        long bytes = 0;
        foreach (var write in writes)
        {
            CheckKey(write.Row, "row");
            if (!seen.Add(write.Row))
            {
                throw new RecordLimitException($"Row '{write.Row}' is in the batch twice.");
            }

            bytes += WireOverheadPerRow + (2 * (partition.Length + write.Row.Length));
            if (DataOf(write) is { } data)
            {
                CheckData(write.Row, data);
                bytes += WireBytes(data);
            }
        }

        if (bytes > BytesPerBatch)
        {
            throw new RecordLimitException($"The batch is about {bytes:N0} bytes on the wire; the most is {BytesPerBatch:N0}.");
        }
    }

    /// <summary>Whether a partition or row key can exist at all: 1 to 512 printable ASCII characters without / \ # ?.</summary>
    public static bool IsKey(string key) => key.Length is > 0 and <= KeyLength && HasKeyCharacters(key);

    /// <summary>Whether some key could start so; the empty prefix means all.</summary>
    public static bool IsPrefix(string prefix) => prefix.Length <= KeyLength && HasKeyCharacters(prefix);

    private static bool HasKeyCharacters(string key) =>
        !key.AsSpan().ContainsAnyExceptInRange(' ', '~') && !key.AsSpan().ContainsAny("/\\#?");

    private static void CheckKey(string key, string kind)
    {
        if (!IsKey(key))
        {
            throw new RecordLimitException($"A {kind} key has 1 to {KeyLength} printable ASCII characters and none of / \\ # ?. This one ({key.Length} characters) does not.");
        }
    }

    private static string? DataOf(RowWrite write) => write switch
    {
        RowWrite.Insert insert => insert.Data,
        RowWrite.Replace replace => replace.Data,
        RowWrite.Delete => null,
        _ => throw new ArgumentException($"Unknown kind of write: {write.GetType().Name}.", nameof(write)),
    };

    private static void CheckData(string row, string data)
    {
        if (data.Length > DataLength)
        {
            throw new RecordLimitException($"The data of row '{row}' has {data.Length:N0} characters; the most is {DataLength:N0}.");
        }

        if (data.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !IsWellFormed(data))
        {
            throw new RecordLimitException($"The data of row '{row}' holds half of a surrogate pair, which no store can keep.");
        }
    }

    private static bool IsWellFormed(string data)
    {
        for (var i = 0; i < data.Length;)
        {
            if (Rune.DecodeFromUtf16(data.AsSpan(i), out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            i += used;
        }

        return true;
    }

    /// <summary>JSON inside JSON: what the default encoder writes as \uXXXX costs six bytes a UTF-16 unit.</summary>
    private static long WireBytes(string data)
    {
        long bytes = 0;
        foreach (var unit in data)
        {
            bytes += unit is < ' ' or > '~' or '"' or '&' or '\'' or '+' or '<' or '>' or '`' ? 6 : unit == '\\' ? 2 : 1;
        }

        return bytes;
    }
}
