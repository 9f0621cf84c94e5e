namespace PolicyFlows.Core.Settings;

/// <summary>What the data folder is, from the day it was made (architecture rule 14). The host registers one of the two.</summary>
public sealed record FolderKind
{
    private FolderKind(bool isDemonstration) => IsDemonstration = isDemonstration;

    /// <summary>Made-up people, a mailbox to read, a clock to move.</summary>
    public static FolderKind Demonstration { get; } = new(isDemonstration: true);

    /// <summary>A trust's own data.</summary>
    public static FolderKind Real { get; } = new(isDemonstration: false);

    /// <summary>True for a demonstration.</summary>
    public bool IsDemonstration { get; }
}
