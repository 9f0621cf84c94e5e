namespace PolicyFlows.Web.Receipt;

/// <summary>
/// Counts wrong codes by reference, known or not, so that the answer never says which exist. In memory: a receipt code has 122 bits, this only
/// keeps the noise down. System time.
/// </summary>
internal sealed class ReceiptTries(TimeProvider system)
{
    private const int MostKeys = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset From)> wrong = new(StringComparer.Ordinal);

    /// <summary>False while there were too many wrong tries lately.</summary>
    public bool MayTry(string key, int most, TimeSpan window)
    {
        lock (gate) return !wrong.TryGetValue(key, out var tries) || tries.Count < most || system.GetUtcNow() - tries.From >= window;
    }

    /// <summary>One more wrong try.</summary>
    public void Wrong(string key, TimeSpan window)
    {
        var now = system.GetUtcNow();
        lock (gate)
        {
            if (wrong.Count >= MostKeys)
            {
                foreach (var old in wrong.Where(w => now - w.Value.From >= window).Select(w => w.Key).ToList()) wrong.Remove(old);
                if (wrong.Count >= MostKeys) wrong.Clear();
            }

            wrong[key] = wrong.TryGetValue(key, out var tries) && now - tries.From < window ? (tries.Count + 1, tries.From) : (1, now);
        }
    }

    /// <summary>The right one: the count begins anew.</summary>
    public void Right(string key)
    {
        lock (gate) wrong.Remove(key);
    }
}
