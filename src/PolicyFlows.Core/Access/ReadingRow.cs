namespace PolicyFlows.Core.Access;

/// <summary>Why somebody reads a case that their role alone does not open.</summary>
public enum ReadingGround
{
    /// <summary>The data protection officer asked, with a reason.</summary>
    Request,

    /// <summary>Whoever manages the case invited somebody of human resources.</summary>
    Invitation,
}

/// <summary>Somebody was let in to read one case. The reason stands on the timeline; the row goes when it is ended.</summary>
/// <param name="OnBehalfOf">The absent person in whose place they asked.</param>
/// <param name="Until">Business time, like every end of a role: from here on it opens nothing. Null until it is ended.</param>
public sealed record ReadingRow(ReadingGround Ground, string PersonKey, string? OnBehalfOf, string GivenByKey, DateTimeOffset At, DateTimeOffset? Until)
{
    /// <summary>Prefix of the rows.</summary>
    public const string Prefix = "reading|";

    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>True while it opens the case.</summary>
    public bool Covers(DateTimeOffset at) => Until is not { } until || at < until;

    /// <summary>Row key: one of each ground for a person.</summary>
    public static string Row(ReadingGround ground, string personKey) => $"{Prefix}{(ground is ReadingGround.Request ? "request" : "invitation")}|{personKey}";
}
