namespace PolicyFlows.Core.Settings;

/// <summary>A telephone number shown to people.</summary>
/// <param name="Hours">When it is answered, in words.</param>
/// <param name="Source">Where the number was read.</param>
/// <param name="CheckedOn">When a person last checked it; null is shown as "not checked yet".</param>
public sealed record Helpline(string Name, string Number, string Hours, string Source, DateOnly? CheckedOn = null)
{
    /// <summary>What it is for, in a few words.</summary>
    public string? For { get; init; }
}
