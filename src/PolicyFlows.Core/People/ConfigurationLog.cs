using System.Globalization;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Records;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.People;

/// <summary>One change of the directory: who, when, why, and each value before and after.</summary>
/// <param name="At">Business time.</param>
/// <param name="By">Person key of whoever changed it.</param>
/// <param name="Process">The act: "give a role".</param>
/// <param name="Subject">Row that changed: "person:p-101".</param>
/// <param name="Name">What the row was called at that time.</param>
/// <param name="Why">Reason given, or null.</param>
public sealed record ConfigurationEntry(
    DateTimeOffset At, string By, string Process, string Subject, string Name, string? Why, IReadOnlyList<ChangedValue> Values)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;
}

/// <summary>A value before and after, as text; null where there was or is none.</summary>
public sealed record ChangedValue(string Field, string? Before, string? After);

/// <summary>Entries in the order of newest first. An entry is written in one batch with what it tells of, and never changed.</summary>
public sealed class ConfigurationLog(IRecordStore records)
{
    private const string Prefix = "log:";

    /// <summary>One page.</summary>
    /// <param name="continuation">What the page before gave, or null for the newest.</param>
    public async Task<(IReadOnlyList<ConfigurationEntry> Entries, string? Continuation)> ListAsync(string? continuation, int take, CancellationToken cancellation = default)
    {
        var page = await records.RangeAsync(DirectoryStore.Partition, Prefix, continuation, take, cancellation);
        return ([.. page.Rows.Select(row => Json.Read<ConfigurationEntry>(row.Data) ?? throw new InvalidDataException($"Row '{row.Row}' of the directory is empty."))], page.Continuation);
    }

    /// <summary>What tells of a change, one entry for each row of the directory that differs.</summary>
    internal static IReadOnlyList<ConfigurationEntry> Entries(ProcessContext context, IEnumerable<(string Subject, string Name, object? Before, object? After)> changes) =>
    [
        .. changes.Select(change => new ConfigurationEntry(context.At, context.PersonKey, context.Process, change.Subject, change.Name, context.Why, ChangedValues.Between(change.Before, change.After)))
            .Where(entry => entry.Values.Count > 0),
    ];

    /// <summary>Rows of entries, for the version of the directory that they lead to. Descending keys: a range gives the newest first.</summary>
    internal static IReadOnlyList<RowWrite> Rows(int version, IReadOnlyList<ConfigurationEntry> entries) =>
        [.. entries.Select((entry, i) => new RowWrite.Insert(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{int.MaxValue - version:D10}-{i:D2}"), Json.Write(entry)!))];
}
