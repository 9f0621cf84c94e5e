using System.Runtime.InteropServices;

namespace PolicyFlows.Core.Files;

/// <summary>Files that are on the disk, not only on their way there, when a call returns.</summary>
public static class DurableFiles
{
    private const int Interrupted = 4, NotSupportedByFileSystem = 22;

    /// <summary>Makes a new file, readable by this account only.</summary>
    /// <exception cref="IOException">It exists already, or the disk refused.</exception>
    public static FileStream CreateNew(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes a small file under a temporary name, flushes it, gives it its name and flushes the folder: it is there whole or not at all.</summary>
    /// <exception cref="IOException">It exists already, or the disk refused; nothing is kept.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = $"{path}.{Guid.NewGuid():n}{TemporarySuffix}";
        try
        {
            using (var file = CreateNew(temporary))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: false);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>End of the names of files that are not complete yet; a start removes what a crash left of them.</summary>
    public const string TemporarySuffix = ".part";

    /// <summary>Removes what writes cut short by a crash left in a folder. Only the owner of the folder may call it.</summary>
    /// <returns>How many were removed.</returns>
    public static int RemoveLeftovers(string folder)
    {
        var leftovers = Directory.GetFiles(folder, "*" + TemporarySuffix);
        foreach (var leftover in leftovers)
        {
            File.Delete(leftover);
        }

        return leftovers.Length;
    }

    /// <summary>
    /// Flushes a folder's list of names, without which a renamed file may be gone after a power cut (fsync(2), notes).
    /// Windows keeps its list in the journal and needs no such call.
    /// </summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Retry(() => Open(folder, 0));
        if (handle < 0)
        {
            throw Failure(folder);
        }

        try
        {
            if (Retry(() => Flush(handle)) != 0 && Marshal.GetLastPInvokeError() != NotSupportedByFileSystem)
            {
                throw Failure(folder);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static int Retry(Func<int> call)
    {
        int result;
        do
        {
            result = call();
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return result;
    }

    private static IOException Failure(string folder)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"The folder '{folder}' could not be flushed to disk: {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
