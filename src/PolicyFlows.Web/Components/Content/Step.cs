namespace PolicyFlows.Web.Components;

/// <summary>One step of what happens next.</summary>
/// <param name="When">"Within 4 hours".</param>
public sealed record Step(string When, string Text);
