using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using PolicyFlows.Core.Cases;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tests.Stored;

/// <summary>
/// Rows as older programs wrote them, one file a kind and version (architecture rule 12). A file is never changed: a new form is a new version
/// with a file of its own, and both are read.
/// </summary>
public sealed class StoredFormTests
{
    /// <summary>Everything with a version of its own, and the few rows that never needed one.</summary>
    private static readonly IReadOnlyList<Type> KindTypes =
    [
        .. typeof(CaseStore).Assembly.GetTypes().Where(t => t.GetProperty("V")?.PropertyType == typeof(int)), typeof(TimelineText), typeof(ChainHead),
        .. new[] { "PolicyFlows.Core.Tasks.TaskServers+Server", "PolicyFlows.Core.Index.CaseIndex+Published" }.Select(n => typeof(CaseStore).Assembly.GetType(n, throwOnError: true)!),
    ];

    /// <summary>Lines of lists, which are written anew from the records.</summary>
    private static readonly Type[] IndexTypes = [typeof(Core.Index.CaseLine), typeof(Core.Index.TaskLine)];

    public static TheoryData<string> Kinds => [.. KindTypes.Select(NameOf).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Todays_program_reads_every_value_of_the_first_version(string kind)
    {
        var file = Path.Combine(Folder(), kind + ".json");
        var type = KindTypes.Single(t => NameOf(t) == kind);
        Assert.True(File.Exists(file), $"No golden file of {kind}. If it has never been stored, add one: {Sample(type, 0).ToJsonString(Json.Options)}");

        var golden = JsonNode.Parse(File.ReadAllText(file))!;
        var read = golden.Deserialize(type, Json.Options)!;

        if (type.GetProperty("V") is { } version) Assert.Equal(1, version.GetValue(read));
        AssertHolds(golden, JsonNode.Parse(Json.Write(read)!)!, kind);
    }

    /// <summary>What is worked out was once written beside the facts; a row from then reads as if it were not there.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_worked_out_and_written_by_older_programs_is_not_read(string kind)
    {
        var type = KindTypes.Single(t => NameOf(t) == kind);
        var golden = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), kind + ".json")))!;
        var facts = Json.Write(golden.Deserialize(type, Json.Options));
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is null))
            golden[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = new JsonArray("of an older program");
        Assert.Equal(facts, Json.Write(golden.Deserialize(type, Json.Options)));
    }

    [Fact]
    public void Every_golden_file_is_of_a_kind() =>
        Assert.Equal(KindTypes.Select(NameOf).Order(StringComparer.Ordinal), Directory.GetFiles(Folder()).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    [Fact]
    public void A_row_holds_facts_and_nothing_that_is_worked_out_from_them()
    {
        var seen = new HashSet<Type>();
        var workedOut = new List<string>();
        foreach (var type in KindTypes.Concat(IndexTypes).Concat(EngineTypes())) Walk(type);
        Assert.Contains(typeof(Core.Tasks.TaskHolder), seen);
        Assert.True(workedOut.Count == 0, string.Join(", ", workedOut.Order(StringComparer.Ordinal)));

        void Walk(Type type)
        {
            if (!seen.Add(type)) return;
            var form = Json.Options.GetTypeInfo(type);
            if (form.ElementType is { } element) Walk(element);
            foreach (var property in form.Properties.Where(p => p.Get is not null))
            {
                if (property.Set is null && property.AssociatedParameter is null) workedOut.Add($"{type.Name}.{property.Name}");
                Walk(property.PropertyType);
            }
        }
    }

    /// <summary>Everything of the golden file is in what was read; newer fields may stand beside it.</summary>
    private static void AssertHolds(JsonNode golden, JsonNode read, string path)
    {
        switch (golden)
        {
            case JsonObject all:
                foreach (var (name, value) in all)
                {
                    Assert.True(read[name] is not null, $"{path}.{name} is lost.");
                    AssertHolds(value!, read[name]!, $"{path}.{name}");
                }

                break;
            case JsonArray list:
                Assert.True(list.Count == read.AsArray().Count, $"{path} has another length.");
                for (var i = 0; i < list.Count; i++) AssertHolds(list[i]!, read[i]!, $"{path}[{i}]");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(golden, read), $"{path} was {golden} and is read as {read}.");
                break;
        }
    }

    /// <summary>A made-up row with a value in every field that is written.</summary>
    private static JsonNode Sample(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "text";
        if (type == typeof(bool)) return true;
        if (type == typeof(int) || type == typeof(long)) return 7;
        if (type == typeof(DateTimeOffset)) return "2026-10-05T09:00:00+00:00";
        if (type == typeof(DateOnly)) return "2026-10-05";
        if (type == typeof(TimeOnly)) return "08:00:00";
        if (type == typeof(TimeSpan)) return "04:00:00";
        if (type.IsEnum) return Enum.GetNames(type)[^1];
        if (type.IsArray) return new JsonArray(Sample(type.GetElementType()!, depth + 1));
        if (type.IsGenericType && type.GetGenericArguments() is [_, var value]) return new JsonObject { ["text"] = Sample(value, depth + 1) };
        if (type.IsGenericType) return new JsonArray(Sample(type.GetGenericArguments()[0], depth + 1));
        Assert.True(depth < 8, $"{type} holds itself.");
        var made = new JsonObject();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null))
            made[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = property.Name == "V" ? 1 : Sample(property.PropertyType, depth + 1);
        return made;
    }

    /// <summary>What orchestrations and activities take and give: it stands in histories.</summary>
    private static IEnumerable<Type> EngineTypes() => typeof(CaseStore).Assembly.GetTypes().Select(t => t.BaseType).OfType<Type>()
        .Where(t => t.IsGenericType && (t.GetGenericTypeDefinition() == typeof(TaskActivity<,>) || t.GetGenericTypeDefinition() == typeof(TaskOrchestrator<,>)))
        .SelectMany(t => t.GetGenericArguments());

    /// <summary>"Tasks.TaskServers-Server": two kinds may have one name.</summary>
    private static string NameOf(Type type) => type.FullName!["PolicyFlows.Core.".Length..].Replace('+', '-');

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "v1");
}
