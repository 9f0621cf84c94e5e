namespace PolicyFlows.Web.Tests.Support;

/// <summary>Files to upload.</summary>
public static class SampleFiles
{
    /// <summary>The beginning of a picture of one pixel: enough to be known as a PNG.</summary>
    public static byte[] Png { get; } = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0];

    /// <summary>The beginning of a video.</summary>
    public static byte[] Mp4 { get; } = [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8];
}
