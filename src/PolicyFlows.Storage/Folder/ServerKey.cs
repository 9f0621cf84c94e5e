using System.Security.Cryptography;
using PolicyFlows.Core.Files;

namespace PolicyFlows.Storage;

/// <summary>The folder's secret of 32 random bytes, from which links and codes are derived. Never logged, never shown.</summary>
internal static class ServerKey
{
    private const int Bytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string PathIn(string keysFolder) => Path.Combine(keysFolder, "server.key");

    public static void Create(string keysFolder) => DurableFiles.Write(PathIn(keysFolder), RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] Read(string keysFolder)
    {
        var path = PathIn(keysFolder);
        if (!File.Exists(path))
        {
            throw new DataFolderException($"'{path}' is missing. Without it no mailed link works. Put it back from a backup.");
        }

        // A copied folder often comes with wider rights.
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }

        var key = File.ReadAllBytes(path);
        return key.Length == Bytes ? key : throw new DataFolderException($"'{path}' is damaged: it has {key.Length} bytes, not {Bytes}. Put it back from a backup.");
    }
}
