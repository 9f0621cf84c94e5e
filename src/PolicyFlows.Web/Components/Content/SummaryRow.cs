using Microsoft.AspNetCore.Components;

namespace PolicyFlows.Web.Components;

/// <summary>One fact of a <see cref="SummaryList"/>.</summary>
/// <param name="Text">The value; line breaks are shown.</param>
/// <param name="Content">The value with markup, instead of <paramref name="Text"/>.</param>
public sealed record SummaryRow(string Key, string? Text = null, RenderFragment? Content = null)
{
    /// <summary>Links at the end of the row ("Change").</summary>
    public IReadOnlyList<SummaryAction> Actions { get; init; } = [];
}

/// <summary>A link of a row.</summary>
/// <param name="HiddenText">What it changes, for screen readers: "your name".</param>
public sealed record SummaryAction(string Text, string Href, string? HiddenText = null);
