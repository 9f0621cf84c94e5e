namespace PolicyFlows.Web.Components;

/// <summary>One step of <see cref="Breadcrumbs"/>; without address it is the page itself.</summary>
public sealed record Crumb(string Text, string? Href = null);
