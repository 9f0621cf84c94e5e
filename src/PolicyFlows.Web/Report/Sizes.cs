using System.Globalization;

namespace PolicyFlows.Web.Report;

/// <summary>Sizes of files in words.</summary>
internal static class Sizes
{
    /// <summary>"340 KB", "2.4 MB"; 1 KB is 1,024 bytes, as people's computers show it.</summary>
    public static string Of(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d / 1024d:0.#} MB"),
    };
}
