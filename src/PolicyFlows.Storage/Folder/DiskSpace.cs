namespace PolicyFlows.Storage;

/// <summary>Room on the disk that holds a folder.</summary>
/// <param name="FreeBytes">What this account may still use.</param>
/// <param name="TotalBytes">Size of the disk.</param>
public sealed record DiskSpace(long FreeBytes, long TotalBytes)
{
    /// <summary>Below this share free, new reports are asked to use the telephone and /health is red.</summary>
    public const double LeastFreeShare = 0.05;

    // Linux and macOS report errno; Windows wraps its code.
    private const int NoSpace = 28, LinuxQuota = 122, MacQuota = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Share free, 0 to 1.</summary>
    public double FreeShare => TotalBytes == 0 ? 0 : (double)FreeBytes / TotalBytes;

    /// <summary>Null when there is room, else a sentence for /health.</summary>
    public string? Problem => FreeShare >= LeastFreeShare
        ? null
        : FormattableString.Invariant($"Only {FreeShare:P1} of the disk is free ({FreeBytes / 1_048_576:N0} MiB). New files may not be taken. Make room.");

    /// <summary>Asks the system.</summary>
    public static DiskSpace Of(string folder)
    {
        var full = Path.GetFullPath(folder);
        var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(full)! : full);
        return new DiskSpace(drive.AvailableFreeSpace, drive.TotalSize);
    }

    internal static bool IsFull(IOException failure) => OperatingSystem.IsWindows()
        ? failure.HResult is WindowsDiskFull or WindowsHandleDiskFull
        : failure.HResult == NoSpace || failure.HResult == (OperatingSystem.IsMacOS() ? MacQuota : LinuxQuota);
}
