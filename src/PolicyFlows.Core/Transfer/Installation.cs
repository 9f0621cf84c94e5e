using System.Text.Json.Serialization;
using PolicyFlows.Core.Records;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Transfer;

/// <summary>Says in the records themselves where they come from, for a host that has no folder with a stamp. Written by an import alone.</summary>
/// <param name="Kind">"demonstration" or "real", as <see cref="ExportKinds"/> writes it.</param>
/// <param name="Export">SHA-256 of the manifest that was, or is being, loaded.</param>
/// <param name="Rehearsal">Loaded to be looked at; never to be served.</param>
/// <param name="CompletedAt">System time; null while the import is under way or was cut off.</param>
public sealed record Installation(string Kind, string Export, bool Rehearsal, DateTimeOffset? CompletedAt)
{
    /// <summary>Where it stands.</summary>
    public const string Partition = "installation", Row = "origin";

    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Why a host must not serve these records, or null.</summary>
    [JsonIgnore]
    public string? Problem =>
        CompletedAt is null ? "An import into these records is under way or was cut off. Run it again until it says that all is loaded, then start."
        : Rehearsal ? "These records were loaded as a rehearsal and are not served: their folder may still be at work, and every mail would go out twice. Empty the accounts and import for good."
        : Kind != ExportKinds.Real ? "These records are a demonstration, which this host does not serve." : null;

    /// <summary>What the records say, or null when nothing was ever imported into them.</summary>
    public static async Task<Installation?> ReadAsync(IRecordStore records, CancellationToken cancellation = default) =>
        await records.GetAsync(Partition, Row, cancellation) is { } row ? Json.Read<Installation>(row.Data) : null;

    /// <summary>Refuses records that must not be served.</summary>
    /// <exception cref="TransferException">Says why and what to do.</exception>
    public static async Task RequireServableAsync(IRecordStore records, CancellationToken cancellation = default)
    {
        if ((await ReadAsync(records, cancellation))?.Problem is { } problem) throw new TransferException(problem);
    }
}
