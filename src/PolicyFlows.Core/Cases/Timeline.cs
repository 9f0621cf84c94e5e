using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PolicyFlows.Core.Cases;

/// <summary>
/// One step of a case: code, person, time, clause. Append-only and chained: <see cref="Hash"/> covers every field and the hash before.
/// The text lies apart under a salted hash, so that it can be erased and the chain still verifies (architecture rule 9).
/// </summary>
public sealed record TimelineEntry
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Number in the case, from 1 without gaps.</summary>
    public required int No { get; init; }

    /// <summary>Business time of the act.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened: "incident.received", "task.answered".</summary>
    public required string Code { get; init; }

    /// <summary>Who: a person of the directory, "reporter", "harmed" or "program".</summary>
    public required string PersonKey { get; init; }

    /// <summary>The absent person for whom a substitute acted.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The act in which it was written.</summary>
    public required string Process { get; init; }

    /// <summary>Clause of the policy that asks for it.</summary>
    public string? Clause { get; init; }

    /// <summary>Task, takedown or evidence item it concerns.</summary>
    public string? Subject { get; init; }

    /// <summary>A code or hash that must stay verifiable: an outcome, a SHA-256. Never a name or a text.</summary>
    public string? Fact { get; init; }

    /// <summary>Salted SHA-256 of the text, or null when there is none.</summary>
    public string? TextHash { get; init; }

    /// <summary>Hash of the entry before, or of the partition's name for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>SHA-256 over all of the above.</summary>
    public required string Hash { get; init; }

    /// <summary>The hash that this entry must have.</summary>
    public string ComputeHash() => Timeline.Sha256(JsonSerializer.Serialize((string?[])
    [
        No.ToString("D8"), At.UtcDateTime.ToString("O"), Code, PersonKey, OnBehalfOf, Process, Clause, Subject, Fact, TextHash, Previous,
    ]));
}

/// <summary>Text of an entry with its salt. Deleting the row erases the text and leaves the chain whole.</summary>
public sealed record TimelineText(string Salt, string Text);

/// <summary>Head of a case's chain.</summary>
/// <param name="Count">Entries so far.</param>
/// <param name="Head">Hash of the newest entry, or of the partition's name.</param>
/// <param name="Acts">Acts so far, also those without an entry: numbers their wake-up rows.</param>
public sealed record ChainHead(int Count, string Head, int Acts = 0);

/// <summary>Hashing of timelines.</summary>
public static class Timeline
{
    /// <summary>Lower-case hexadecimal SHA-256 of UTF-8 text.</summary>
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>What the first entry of a partition points at.</summary>
    public static string Genesis(string partition) => Sha256("policyflows timeline " + partition);

    /// <summary>Salted hash of a text.</summary>
    public static string HashText(TimelineText text) => Sha256(text.Salt + "\n" + text.Text);
}
