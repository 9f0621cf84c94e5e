using System.Text.Json.Nodes;
using PolicyFlows.Durable;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Histories;

/// <summary>The history of an instance as a program of some version wrote it, in a file of its own.</summary>
/// <param name="Key">Key of the execution: guids are made of it.</param>
public sealed record StoredHistory(string Name, string Version, string InstanceId, long Key, IReadOnlyList<HistoryEvent> Events)
{
    /// <summary>If set, histories are recorded into this folder.</summary>
    private static readonly string? RecordTo = Environment.GetEnvironmentVariable("POLICYFLOWS_RECORD_HISTORIES");

    /// <summary>Folder of the committed files, one folder a version.</summary>
    public static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PolicyFlows.sln"))) folder = folder.Parent;
            return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("The histories lie beside these tests' sources."), "tests", "PolicyFlows.Web.Tests", "Histories");
        }
    }

    public static StoredHistory Read(string file)
    {
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        return new((string)json["name"]!, (string)json["version"]!, (string)json["instanceId"]!, (long)json["key"]!, HistoryJson.ReadAll(json["events"]!.ToJsonString()));
    }

    /// <summary>Histories of what has ended in a program.</summary>
    public static IReadOnlyList<StoredHistory> FinishedOf(TestProgram program) =>
    [
        .. from instance in program.Engine.List(new([OrchestrationRuntimeStatus.Completed], PageSize: int.MaxValue))
           let key = program.Engine.FindKey(instance.InstanceId)!.Value
           select new StoredHistory(instance.Name, instance.Version, instance.InstanceId, key, [.. program.Engine.Load(key, program.Time.Now)!.ReadHistory()]),
    ];

    /// <summary>Keeps the longest history of each orchestration, if recording is on and none is kept of its version.</summary>
    public static void Record(IReadOnlyList<StoredHistory> finished)
    {
        if (RecordTo is null) return;
        foreach (var longest in finished.GroupBy(h => h.Name, StringComparer.Ordinal).Select(all => all.MaxBy(h => h.Events.Count)!))
        {
            var file = Path.Combine(Directory.CreateDirectory(Path.Combine(RecordTo, longest.Version)).FullName, longest.Name + ".json");
            if (!File.Exists(file)) File.WriteAllText(file, longest.Write());
        }
    }

    private string Write() =>
        $$"""
        { "name": "{{Name}}", "version": "{{Version}}", "instanceId": "{{InstanceId}}", "key": {{Key}}, "events": [
        {{string.Join(",\n", Events.Select(HistoryJson.Write))}}
        ] }

        """;
}
