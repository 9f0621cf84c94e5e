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
/// <param name="Version">Of this file's form.</param>
internal sealed record DataFolderStamp(int Version, DataFolderKind Kind, DateTimeOffset MadeAt)
{
    public const string FileName = "stamp.json";
    private const int KnownVersion = 1;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectRequiredConstructorParameters = true };

    public static DataFolderStamp Create(string folder, DataFolderKind kind, DateTimeOffset madeAt)
    {
        var stamp = new DataFolderStamp(KnownVersion, kind, madeAt);
        DurableFiles.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(stamp, Form));
        return stamp;
    }

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
            return JsonSerializer.Deserialize<DataFolderStamp>(File.ReadAllBytes(path), Form) is { Version: KnownVersion } stamp
                ? stamp
                : throw new DataFolderException($"'{path}' was written by another version of PolicyFlows. Start that version.");
        }
        catch (JsonException failure)
        {
            throw new DataFolderException($"'{path}' is damaged, so it is not known whether this folder is a demonstration. Put it back from a backup.", failure);
        }
    }
}
