namespace PolicyFlows.Core.Evidence;

/// <summary>Names of originals in an evidence store. Nothing of them can be taken for a path, a query or another store's syntax.</summary>
public static class EvidenceIds
{
    private const int Longest = 100;

    /// <summary>Whether an original can have this name: 1 to 100 lower-case letters, digits and '-'.</summary>
    public static bool IsId(string blobId) =>
        blobId.Length is > 0 and <= Longest && blobId.All(unit => unit is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    /// <summary>Refuses any other name.</summary>
    /// <exception cref="ArgumentException">Says what a name may be.</exception>
    public static void Check(string blobId)
    {
        if (!IsId(blobId)) throw new ArgumentException("An evidence id has 1 to 100 lower-case letters, digits and '-'.", nameof(blobId));
    }
}
