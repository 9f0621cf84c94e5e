namespace PolicyFlows.Storage;

/// <summary>
/// A lock file held open for as long as this object lives. The file itself stays behind: removing it would let two
/// processes lock two different files of the same name.
/// </summary>
public sealed class FileLock : IDisposable
{
    private readonly FileStream held;

    private FileLock(FileStream held) => this.held = held;

    /// <summary>Takes the lock or refuses at once.</summary>
    /// <param name="lockPath">The lock file.</param>
    /// <param name="guarded">What it protects, for the message.</param>
    /// <exception cref="StorageInUseException">Another process, or another part of this one, holds it.</exception>
    public static FileLock Take(string lockPath, string guarded)
    {
        try
        {
            return new FileLock(new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException failure) when (failure is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new StorageInUseException(guarded, failure);
        }
    }

    /// <summary>Lets the next one in.</summary>
    public void Dispose() => held.Dispose();
}
