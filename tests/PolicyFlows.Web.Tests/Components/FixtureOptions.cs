using System.Text.Json;

namespace PolicyFlows.Web.Tests.Components;

/// <summary>
/// Options of one fixture, read by key. Remembers what was not asked for: a fixture with an option that our component lacks is left out
/// by itself and counted, never compared by half.
/// </summary>
public sealed class FixtureOptions
{
    private readonly Dictionary<string, JsonElement> _open;
    private readonly List<FixtureOptions> _parts = [];
    private bool _refused;

    /// <summary>Takes a JSON object; anything else has no options.</summary>
    public FixtureOptions(JsonElement json) => _open = json.ValueKind == JsonValueKind.Object
        ? json.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal)
        : [];

    /// <summary>Every option was used and none refused.</summary>
    public bool AllUsed => !_refused && _open.Count == 0 && _parts.TrueForAll(p => p.AllUsed);

    /// <summary>Says that our component cannot show this fixture.</summary>
    public void Refuse(bool when = true) => _refused |= when;

    /// <summary>A text or number, or null.</summary>
    public string? Text(string key) => Take(key) is not { } value ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();

    /// <summary>A text that must be there.</summary>
    public string Need(string key)
    {
        var text = Text(key);
        Refuse(text is null);
        return text ?? "";
    }

    /// <summary>A switch.</summary>
    public bool Flag(string key) => Take(key) is { ValueKind: JsonValueKind.True };

    /// <summary>A group of options, or null.</summary>
    public FixtureOptions? Part(string key)
    {
        if (Take(key) is not { ValueKind: JsonValueKind.Object } value)
        {
            return null;
        }

        var part = new FixtureOptions(value);
        _parts.Add(part);
        return part;
    }

    /// <summary>A list of groups; entries that are no groups refuse the fixture.</summary>
    public IReadOnlyList<FixtureOptions> List(string key)
    {
        if (Take(key) is not { ValueKind: JsonValueKind.Array } value)
        {
            return [];
        }

        Refuse(value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.Object));
        var parts = value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.Object).Select(v => new FixtureOptions(v)).ToList();
        _parts.AddRange(parts);
        return parts;
    }

    /// <summary>A list of texts, or null.</summary>
    public IReadOnlyList<string>? Texts(string key) =>
        Take(key) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray().Select(v => v.ToString())] : null;

    /// <summary>All remaining options as attributes.</summary>
    public Dictionary<string, object> Attributes(string key)
    {
        var attributes = new Dictionary<string, object>(StringComparer.Ordinal);
        if (Take(key) is { ValueKind: JsonValueKind.Object } value)
        {
            foreach (var attribute in value.EnumerateObject())
            {
                attributes[attribute.Name] = attribute.Value.ToString();
            }
        }

        return attributes;
    }

    private JsonElement? Take(string key) => _open.Remove(key, out var value) ? value : null;
}
