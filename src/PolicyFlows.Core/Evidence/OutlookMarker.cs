namespace PolicyFlows.Core.Evidence;

/// <summary>
/// Finds an Outlook message among compound files (MS-CFB 2.2; Word and Excel use the same container): its directory, which
/// may stand anywhere, names the property stream of MS-OXMSG 2.4.
/// </summary>
internal sealed class OutlookMarker
{
    private static readonly byte[] Signature = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    private static readonly byte[] Name = System.Text.Encoding.Unicode.GetBytes("__properties_version1.0");

    private readonly List<byte> carry = new(128);
    private bool? isCompound;

    public bool IsFound { get; private set; }

    public void Append(ReadOnlySpan<byte> chunk)
    {
        if (IsFound || isCompound == false)
        {
            return;
        }

        // The name may lie across two chunks: look at the seam, then at the chunk itself.
        var seam = (byte[])[.. carry, .. chunk[..Math.Min(chunk.Length, Name.Length)]];
        if (isCompound is null && seam.Length >= Signature.Length)
        {
            isCompound = seam.AsSpan().StartsWith(Signature);
        }

        IsFound = isCompound == true && (seam.AsSpan().IndexOf(Name) >= 0 || chunk.IndexOf(Name) >= 0);
        var tail = chunk.Length >= Name.Length ? chunk[^(Name.Length - 1)..] : (ReadOnlySpan<byte>)[.. carry, .. chunk];
        var kept = tail.Length < Name.Length ? tail : tail[^(Name.Length - 1)..];
        var copy = kept.ToArray();
        carry.Clear();
        carry.AddRange(copy);
    }
}
