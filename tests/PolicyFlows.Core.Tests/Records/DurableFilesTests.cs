using PolicyFlows.Core.Files;

namespace PolicyFlows.Core.Tests.Records;

public sealed class DurableFilesTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_written_file_is_whole_and_alone()
    {
        DurableFiles.Write(folder.File("a"), "text"u8);
        Assert.Equal("text", File.ReadAllText(folder.File("a")));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_file_that_exists_is_kept_and_nothing_is_left_behind()
    {
        DurableFiles.Write(folder.File("a"), "first"u8);
        Assert.Throws<IOException>(() => DurableFiles.Write(folder.File("a"), "second"u8));
        Assert.Equal("first", File.ReadAllText(folder.File("a")));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Flushing_a_folder_that_is_not_there_is_an_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows needs no such flush.");
        DurableFiles.FlushFolder(folder.Path);
        Assert.Throws<IOException>(() => DurableFiles.FlushFolder(folder.File("nowhere")));
    }

    [Fact]
    public void Only_leftovers_are_removed()
    {
        File.WriteAllText(folder.File("a.part"), "");
        File.WriteAllText(folder.File("b.bin"), "");
        Assert.Equal(1, DurableFiles.RemoveLeftovers(folder.Path));
        Assert.Equal([folder.File("b.bin")], Directory.GetFiles(folder.Path));
    }
}
