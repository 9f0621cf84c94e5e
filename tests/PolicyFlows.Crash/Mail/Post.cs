namespace PolicyFlows.Crash.Mail;

/// <summary>Everybody's mailbox: the folder that the server delivers into.</summary>
internal sealed class Post(string folder)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Letter> known = new(StringComparer.Ordinal);

    /// <summary>All mails, in the order of their names.</summary>
    public IReadOnlyList<Letter> All()
    {
        lock (gate)
        {
            foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.eml") : [])
            {
                var name = Path.GetFileName(path);
                if (!known.ContainsKey(name)) known[name] = Letter.Read(path);
            }

            return [.. known.Values];
        }
    }

    /// <summary>Mails to one address.</summary>
    public IReadOnlyList<Letter> To(string address) => [.. All().Where(l => l.To == address)];

    /// <summary>Names of all mails.</summary>
    public HashSet<string> Names() => [.. All().Select(l => l.File)];
}
