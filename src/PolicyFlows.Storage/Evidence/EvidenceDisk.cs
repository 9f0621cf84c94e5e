using PolicyFlows.Core.Files;

namespace PolicyFlows.Storage;

/// <summary>The few things evidence does to a disk, apart so that tests can make each of them fail.</summary>
internal class EvidenceDisk
{
    public virtual Stream Create(string path) => DurableFiles.CreateNew(path);

    public virtual void FlushFile(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    public virtual void Rename(string from, string to) => File.Move(from, to, overwrite: false);

    public virtual void FlushFolder(string folder) => DurableFiles.FlushFolder(folder);
}
