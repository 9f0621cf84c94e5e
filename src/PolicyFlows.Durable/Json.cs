using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PolicyFlows.Durable;

/// <summary>The one JSON form of inputs, results and events: web names, enums as words, unknown fields ignored.</summary>
public static class Json
{
    /// <summary>Shared options; nobody can change them.</summary>
    public static JsonSerializerOptions Options { get; } = Form();

    /// <summary>JSON text of a value; null stays null.</summary>
    public static string? Write(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Options);

    /// <summary>Value of JSON text; null or empty gives the default.</summary>
    public static T? Read<T>(string? text) => string.IsNullOrEmpty(text) ? default : JsonSerializer.Deserialize<T>(text, Options);

    private static JsonSerializerOptions Form()
    {
        var form = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Converters = { new JsonStringEnumConverter() },
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // The text goes into stores, never into a page: escaped like for one, a sign of another alphabet would take six characters of a row.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        // From the start, not from the first use on: what it says of a type must not depend on who asks first.
        form.MakeReadOnly(populateMissingResolver: true);
        return form;
    }
}
