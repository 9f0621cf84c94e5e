namespace PolicyFlows.Core.Cases;

/// <summary>Row keys inside a case's partition. One place, because adapters and old data depend on them.</summary>
public static class Rows
{
    /// <summary>Head of the case's timeline chain; replaced by every change, which serialises them.</summary>
    public const string Chain = "chain";

    /// <summary>The case itself.</summary>
    public const string Case = "case";

    /// <summary>Reporter, person harmed and involved people.</summary>
    public const string People = "people";

    /// <summary>What was told, in the reporter's words; erasable by itself.</summary>
    public const string Story = "story";

    /// <summary>Index rows that this case has published elsewhere.</summary>
    public const string Published = "published";

    /// <summary>Prefixes of row families.</summary>
    public const string TimelinePrefix = "tl|", TextPrefix = "tx|", TaskPrefix = "task|", TargetPrefix = "target|", TakedownPrefix = "takedown|",
        EvidencePrefix = "ev|", WakePrefix = "wake|", OutPrefix = "out|", WorkPrefix = "work|", LaterCheckPrefix = "later|", SupportPrefix = "support|",
        PolicePrefix = "police|", MessagePrefix = "msg|";

    /// <summary>Timeline entry, numbered from 1.</summary>
    public static string Timeline(int no) => $"{TimelinePrefix}{no:D8}";

    /// <summary>Text of a timeline entry.</summary>
    public static string Text(int no) => $"{TextPrefix}{no:D8}";

    /// <summary>A task by its id within the case.</summary>
    public static string Task(string taskId) => TaskPrefix + taskId;

    /// <summary>A target, numbered from 1.</summary>
    public static string Target(int no) => $"{TargetPrefix}{no:D2}";

    /// <summary>The takedown of a target.</summary>
    public static string Takedown(int no) => $"{TakedownPrefix}{no:D2}";

    /// <summary>An evidence item, numbered from 1.</summary>
    public static string Evidence(int no) => $"{EvidencePrefix}{no:D3}";

    /// <summary>An outbox row by its idempotency key.</summary>
    public static string Out(string key) => OutPrefix + key;

    /// <summary>An orchestration that must run until the row is gone.</summary>
    public static string Work(string instanceId) => WorkPrefix + instanceId;
}
