using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PolicyFlows.Durable;

/// <summary>The stored form of history events and failures.</summary>
public static class HistoryJson
{
    private static readonly HistoryJsonContext Types = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<OrchestrationRuntimeStatus>() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>One event as JSON.</summary>
    public static string Write(HistoryEvent value) => JsonSerializer.Serialize(value, Types.HistoryEvent);

    /// <summary>One event from JSON.</summary>
    /// <exception cref="JsonException">The text is no event that this version knows.</exception>
    public static HistoryEvent Read(string text) =>
        JsonSerializer.Deserialize(text, Types.HistoryEvent) ?? throw new JsonException("A history event is empty.");

    /// <summary>Several events as one JSON array.</summary>
    public static string WriteAll(IReadOnlyList<HistoryEvent> values) => JsonSerializer.Serialize(values, Types.IReadOnlyListHistoryEvent);

    /// <summary>Events of a JSON array.</summary>
    /// <exception cref="JsonException">The text is no list of events that this version knows.</exception>
    public static IReadOnlyList<HistoryEvent> ReadAll(string text) =>
        JsonSerializer.Deserialize(text, Types.IReadOnlyListHistoryEvent) ?? throw new JsonException("A list of history events is empty.");

    /// <summary>A failure as JSON; null stays null.</summary>
    public static string? WriteFailure(TaskFailureDetails? value) => value is null ? null : JsonSerializer.Serialize(value, Types.TaskFailureDetails);

    /// <summary>A failure from JSON; null stays null.</summary>
    public static TaskFailureDetails? ReadFailure(string? text) => text is null ? null : JsonSerializer.Deserialize(text, Types.TaskFailureDetails);

    /// <summary>The first 64 bits of the SHA-256 of a payload, in hexadecimal; null for null. Enough to notice a change, not a proof.</summary>
    public static string? Hash(string? payload) =>
        payload is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(payload)).AsSpan(0, 8));
}

[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(IReadOnlyList<HistoryEvent>))]
[JsonSerializable(typeof(TaskFailureDetails))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;
