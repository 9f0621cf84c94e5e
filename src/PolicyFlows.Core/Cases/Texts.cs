namespace PolicyFlows.Core.Cases;

/// <summary>Texts inside records. A row of table storage holds 32 Ki characters, so a record that collects texts keeps only the beginning of older ones.</summary>
public static class Texts
{
    private const int Beginning = 200;

    /// <summary>The texts, of which older ones (earlier in the list) are cut to their beginning until all together fit. The newest stays whole.</summary>
    /// <param name="most">Characters of all texts together.</param>
    public static IReadOnlyList<T> Fit<T>(IReadOnlyList<T> items, Func<T, string?> text, Func<T, string, T> with, int most)
    {
        var fitted = items.ToList();
        for (var i = 0; i < fitted.Count - 1 && fitted.Sum(f => text(f)?.Length ?? 0) > most; i++)
        {
            if (text(fitted[i]) is { Length: > Beginning + 1 } full) fitted[i] = with(fitted[i], Cut(full));
        }

        return fitted;
    }

    private static string Cut(string text)
    {
        // Not between the halves of a surrogate pair, which no store can keep.
        var length = char.IsHighSurrogate(text[Beginning - 1]) ? Beginning - 1 : Beginning;
        return text[..length] + "…";
    }
}
