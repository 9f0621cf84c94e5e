using System.Text.Json;

namespace PolicyFlows.Mail.SendGrid;

/// <summary>Reads the bodies of the service's answers.</summary>
internal static class Answers
{
    /// <summary>Which fields an answer names. Its sentences are left out: they may repeat an address.</summary>
    public static IReadOnlyList<string> Fields(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.Array
                ? [.. errors.EnumerateArray().Where(e => e.ValueKind is JsonValueKind.Object).Select(FieldOf).OfType<string>().Take(5)]
                : [];
        }
        catch (JsonException)
        {
            // A proxy's page, not the service's answer: the status says enough.
            return [];
        }
    }

    /// <summary>Whether the scopes of a key let it send.</summary>
    public static bool MaySend(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("scopes", out var scopes) && scopes.ValueKind is JsonValueKind.Array
                && scopes.EnumerateArray().Any(s => s.ValueKind is JsonValueKind.String && s.ValueEquals("mail.send"));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? FieldOf(JsonElement error) =>
        error.TryGetProperty("field", out var field) && field.ValueKind is JsonValueKind.String && field.GetString() is { Length: > 0 and <= 60 } name
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_')
            ? name
            : null;
}
