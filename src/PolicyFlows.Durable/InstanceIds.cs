namespace PolicyFlows.Durable;

/// <summary>Which ids an instance may have, on either engine: those that Durable Functions takes.</summary>
public static class InstanceIds
{
    /// <summary>Characters of the longest.</summary>
    public const int Longest = 256;

    /// <summary>Gives the id back.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, begins with @, or has one of / \ # ? or a control character in it.</exception>
    public static string Check(string? id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id.Length > Longest) throw new ArgumentException($"The id of an instance has at most {Longest} characters, not {id.Length}.", nameof(id));
        if (id[0] == '@' || id.AsSpan().IndexOfAny(@"/\#?") >= 0 || id.Any(char.IsControl))
            throw new ArgumentException("The id of an instance does not begin with @ and has no / \\ # ? and no control character in it.", nameof(id));
        return id;
    }
}
