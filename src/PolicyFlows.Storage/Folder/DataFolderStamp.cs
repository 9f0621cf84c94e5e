using System.Text.Json;
using System.Text.Json.Serialization;
using PolicyFlows.Core.Files;

namespace PolicyFlows.Storage;

/// <summary>What a data folder is for, from the day it is made.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DataFolderKind>))]
public enum DataFolderKind
{
    /// <summary>Made-up people; nothing leaves the machine.</summary>
    [JsonStringEnumMemberName("demonstration")]
    Demonstration,

    /// <summary>A trust's own data.</summary>
    [JsonStringEnumMemberName("real")]
    Real,
}

/// <summary>A folder that cannot be used as it is; the message says what to do.</summary>
public sealed class DataFolderException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Contents of stamp.json, written last when a folder is made and never again.</summary>
/// <param name="Version">Of this file's form: 1, or 2 with evidence elsewhere, so that a program that would not look there refuses the folder.</param>
/// <param name="Evidence">Where evidence lies if not in the folder; an address without secrets.</param>
internal sealed record DataFolderStamp(int Version, DataFolderKind Kind, DateTimeOffset MadeAt, string? Evidence = null)
{
    public const string FileName = "stamp.json";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, RespectRequiredConstructorParameters = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static DataFolderStamp Of(DataFolderKind kind, DateTimeOffset madeAt, string? evidence) => new(evidence is null ? 1 : 2, kind, madeAt, evidence);

    public void Create(string folder) => DurableFiles.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Form));

    /// <summary>The stamp, or null when the folder has none.</summary>
    /// <exception cref="DataFolderException">It cannot be understood.</exception>
    public static DataFolderStamp? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<DataFolderStamp>(File.ReadAllBytes(path), Form) is { } stamp && stamp.Version == Of(stamp.Kind, stamp.MadeAt, stamp.Evidence).Version
                ? stamp
                : throw new DataFolderException($"'{path}' was written by another version of PolicyFlows. Start that version.");
        }
        catch (JsonException failure)
        {
            throw new DataFolderException($"'{path}' is damaged, so it is not known whether this folder is a demonstration. Put it back from a backup.", failure);
        }
    }
}
