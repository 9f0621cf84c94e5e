using System.Text.Json.Serialization;
using PolicyFlows.Core.Cases;

namespace PolicyFlows.Core.Transfer;

/// <summary>What an export holds, so that whoever loads it sees that nothing of it is missing or changed.</summary>
public sealed record ExportManifest
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The form that this program writes and reads.</summary>
    public const int Form = 1;

    /// <summary>Version of the export's form.</summary>
    public required int V { get; init; }

    /// <summary>Version of the program that wrote it.</summary>
    public required string Program { get; init; }

    /// <summary>When it was written, system time.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>"demonstration" or "real": what the folder is.</summary>
    public required string Kind { get; init; }

    /// <summary>When the folder was made.</summary>
    public required DateTimeOffset FolderMadeAt { get; init; }

    /// <summary>True when the folder was marked as moved, and serves no more.</summary>
    public required bool Moved { get; init; }

    /// <summary>All rows, one a line: partition, row and data.</summary>
    public required ExportedFile RowsFile { get; init; }

    /// <summary>Number of rows.</summary>
    public required int Rows { get; init; }

    /// <summary>Number of partitions.</summary>
    public required int Partitions { get; init; }

    /// <summary>Evidence that cases and drafts hold.</summary>
    public required IReadOnlyList<ExportedEvidence> Evidence { get; init; }

    /// <summary>Head of each chain, by partition.</summary>
    public required IReadOnlyDictionary<string, ChainHead> Chains { get; init; }
}

/// <summary>A file of an export.</summary>
/// <param name="Path">Within the export.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record ExportedFile(string Path, long Bytes, string Sha256);

/// <summary>An original, in the file <c>evidence/ID.bin</c>, with what stands beside its bytes.</summary>
/// <param name="Sha256">Lower-case hexadecimal.</param>
/// <param name="ReceivedAt">System time at which its last byte was written.</param>
/// <param name="Decided">False for what belongs in quarantine.</param>
public sealed record ExportedEvidence(string Id, long Bytes, string Sha256, string MediaType, DateTimeOffset ReceivedAt, bool Decided)
{
    /// <summary>Where it lies in the export.</summary>
    [JsonIgnore]
    public string Path => $"evidence/{Id}.bin";
}

/// <summary>An export or import that does not go on; the message says why and what to do.</summary>
public sealed class TransferException(string message) : Exception(message);
