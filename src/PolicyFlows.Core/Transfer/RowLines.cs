using System.Text;
using System.Text.Json;
using PolicyFlows.Core.Records;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Transfer;

/// <summary>Rows as JSON lines. The data of a row is JSON already and stands in its line unchanged, to the character.</summary>
public static class RowLines
{
    private const byte EndOfLine = (byte)'\n';

    // "Unsafe" means: not for HTML. The line is the text as it is stored.
    private static readonly JsonWriterOptions Form = new() { Encoder = Json.Options.Encoder };

    /// <summary>Writes a row.</summary>
    /// <exception cref="TransferException">Its data is no JSON on one line.</exception>
    public static void Write(Stream stream, StoredRow row)
    {
        if (row.Data.AsSpan().ContainsAny('\n', '\r')) throw NoJson(row);
        try
        {
            using var writer = new Utf8JsonWriter(stream, Form);
            writer.WriteStartObject();
            writer.WriteString("partition", row.Partition);
            writer.WriteString("row", row.Row);
            writer.WritePropertyName("data");
            writer.WriteRawValue(row.Data);
            writer.WriteEndObject();
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            throw NoJson(row);
        }

        stream.WriteByte(EndOfLine);
    }

    /// <summary>Reads all rows; their tags are empty.</summary>
    /// <exception cref="TransferException">A line is not a row; says which.</exception>
    public static IEnumerable<StoredRow> Read(Stream stream)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        for (var no = 1; reader.ReadLine() is { } line; no++) yield return ReadLine(line, no);
    }

    private static StoredRow ReadLine(string line, int no)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new(root.GetProperty("partition").GetString()!, root.GetProperty("row").GetString()!, root.GetProperty("data").GetRawText(), "");
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new TransferException($"Line {no} of the rows cannot be read.");
        }
    }

    private static TransferException NoJson(StoredRow row) => new($"Row '{row.Row}' of '{row.Partition}' does not hold JSON on one line and cannot be exported.");
}
