namespace PolicyFlows.Web.Components;

/// <summary>One entry of a <see cref="TaskList"/>.</summary>
/// <param name="Href">Null when it cannot be started.</param>
/// <param name="TagColour">Colour of the status; null shows it as plain text ("Completed").</param>
public sealed record TaskListItem(string Title, string? Href, string Status, string? TagColour = null, string? Hint = null);
