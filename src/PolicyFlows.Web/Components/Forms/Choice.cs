using Microsoft.AspNetCore.Components;

namespace PolicyFlows.Web.Components;

/// <summary>One radio, box or list entry.</summary>
/// <param name="Hint">Help below the text.</param>
/// <param name="HintContent">Help with markup, instead of <paramref name="Hint"/>.</param>
public sealed record Choice(string Value, string Text, string? Hint = null, RenderFragment? HintContent = null)
{
    /// <summary>Cannot be chosen.</summary>
    public bool Disabled { get; init; }

    /// <summary>Stands before this choice: "or".</summary>
    public string? Divider { get; init; }

    /// <summary>For boxes: choosing this one clears the others (with script; the server checks as well).</summary>
    public bool Exclusive { get; init; }
}
