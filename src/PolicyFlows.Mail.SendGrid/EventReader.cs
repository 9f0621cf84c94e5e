using System.Text.Json;
using PolicyFlows.Core.Mail;

namespace PolicyFlows.Mail.SendGrid;

/// <summary>
/// Reads the service's events and keeps those that say that a mail did not arrive, or not yet. Of their sentences nothing is kept: they repeat addresses.
/// </summary>
public static class EventReader
{
    /// <summary>More are not read. The service posts at most 768 KiB at once, which is fewer.</summary>
    public const int MostEvents = 4_000;

    private const int MostBytes = 1024 * 1024, LongestDetail = 60, LongestId = 1_000;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    /// <summary>The reports about mails that carry an outbox row, in the order in which they stand.</summary>
    /// <exception cref="InvalidDataException">No JSON array of at most <see cref="MostEvents"/>.</exception>
    public static IReadOnlyList<DeliveryReport> Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MostBytes) throw new InvalidDataException("The events are too long.");
        try
        {
            using var json = JsonDocument.Parse(body, Options);
            if (json.RootElement.ValueKind is not JsonValueKind.Array) throw new InvalidDataException("The events are no array.");
            if (json.RootElement.GetArrayLength() > MostEvents) throw new InvalidDataException("The events are too many.");
            return [.. json.RootElement.EnumerateArray().Where(e => e.ValueKind is JsonValueKind.Object).Select(ReportOf).OfType<DeliveryReport>()];
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException("The events are no JSON.", failure);
        }
    }

    private static DeliveryReport? ReportOf(JsonElement written)
    {
        DeliveryOutcome? outcome = Text(written, "event") switch
        {
            "bounce" => Text(written, "type") == "blocked" ? DeliveryOutcome.Blocked : DeliveryOutcome.Bounced,
            "dropped" => DeliveryOutcome.Dropped,
            "spamreport" => DeliveryOutcome.MarkedAsSpam,
            "deferred" => DeliveryOutcome.Deferred,
            _ => null,
        };
        return outcome is { } known && Text(written, "sg_event_id") is { } id && Text(written, SendGridTransport.CaseArgument) is { } caseId
            && Text(written, SendGridTransport.KeyArgument) is { } key
            ? new(id, caseId, key, known, Detail(written, known))
            : null;
    }

    /// <summary>The status code of the reader's server (RFC 3463) and the service's own class, or the service's own ground: fixed words, not sentences.</summary>
    private static string? Detail(JsonElement written, DeliveryOutcome outcome)
    {
        string?[] said = outcome is DeliveryOutcome.Dropped ? [Text(written, "reason")] : [Text(written, "status"), Text(written, "bounce_classification")];
        var detail = string.Join(' ', said.Where(text => text is not null && text.Length <= LongestDetail && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '-')));
        return detail.Length == 0 ? null : detail;
    }

    /// <summary>Null when it is missing, no text, empty or longer than any id.</summary>
    private static string? Text(JsonElement written, string name)
    {
        if (!written.TryGetProperty(name, out var value) || value.ValueKind is not JsonValueKind.String) return null;
        try
        {
            return value.GetString() is { Length: > 0 and <= LongestId } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }
}
