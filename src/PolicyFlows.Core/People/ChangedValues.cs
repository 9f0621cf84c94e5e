using System.Text.Json;
using System.Text.Json.Nodes;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.People;

/// <summary>Finds what differs between two stored records, by the names of their stored fields.</summary>
internal static class ChangedValues
{
    // Every record has them, and they are no setting.
    private static readonly string[] Technical = ["v", "id"];

    /// <summary>Fields that differ, in the order of their names; empty when nothing does.</summary>
    public static IReadOnlyList<ChangedValue> Between(object? before, object? after)
    {
        var (old, fresh) = (Fields(before), Fields(after));
        return
        [
            .. old.Keys.Union(fresh.Keys, StringComparer.Ordinal).Where(field => !Technical.Contains(field, StringComparer.Ordinal)).Order(StringComparer.Ordinal)
                .Select(field => new ChangedValue(field, old.GetValueOrDefault(field), fresh.GetValueOrDefault(field)))
                .Where(value => !string.Equals(value.Before, value.After, StringComparison.Ordinal)),
        ];
    }

    private static Dictionary<string, string> Fields(object? record)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (record is not null) Add(fields, "", JsonSerializer.SerializeToNode(record, record.GetType(), Json.Options));
        return fields;
    }

    private static void Add(Dictionary<string, string> fields, string name, JsonNode? value)
    {
        switch (value)
        {
            case null or JsonArray { Count: 0 }:
                break;
            case JsonObject parts:
                foreach (var (part, inner) in parts) Add(fields, name.Length == 0 ? part : $"{name}.{part}", inner);
                break;
            case JsonValue one when one.GetValueKind() == JsonValueKind.String:
                fields[name] = one.GetValue<string>();
                break;
            default:
                fields[name] = value.ToJsonString(Json.Options);
                break;
        }
    }
}
