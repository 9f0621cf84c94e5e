namespace PolicyFlows.Browser.Tests.Support;

/// <summary>A picture of any size: a small one with nothing behind it that anybody would see.</summary>
public sealed class BigPicture : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("policyflows-picture-");

    /// <summary>Writes the picture.</summary>
    public BigPicture(string name, long bytes)
    {
        Path = System.IO.Path.Combine(folder.FullName, name);
        using var file = File.Create(Path);
        file.Write(Reporting.Png);
        file.SetLength(bytes);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}
