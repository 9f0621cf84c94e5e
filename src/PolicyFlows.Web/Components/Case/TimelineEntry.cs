using Microsoft.AspNetCore.Components;

namespace PolicyFlows.Web.Components;

/// <summary>How an entry of the timeline is marked. The words say it as well.</summary>
public enum TimelineTone
{
    /// <summary>Something happened.</summary>
    Plain,

    /// <summary>Something was done in time or came out well.</summary>
    Good,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>A deadline was missed.</summary>
    Missed,
}

/// <summary>One step of a case.</summary>
/// <param name="At">The moment, for machines.</param>
/// <param name="When">The moment in words.</param>
/// <param name="Title">What happened: "Request sent to Facebook".</param>
/// <param name="Who">Who did it, also on whose behalf; "The program" for automatic steps.</param>
/// <param name="Clause">Clause of the policy that asks for it.</param>
/// <param name="Text">What was written with it; line breaks are shown.</param>
/// <param name="Content">More with markup.</param>
public sealed record TimelineEntry(
    DateTimeOffset At, string When, string Title, string Who, string? Clause = null, string? Text = null, TimelineTone Tone = TimelineTone.Plain, RenderFragment? Content = null);
