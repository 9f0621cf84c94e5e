namespace PolicyFlows.Core.Operations;

/// <summary>State of one part of the program.</summary>
/// <param name="Name">"store", "engine", "mail", "evidence".</param>
/// <param name="Reason">Why it is not well, in words that name no person, no case, no path and no secret; null when it is well.</param>
public sealed record HealthPart(string Name, bool Ok, string? Reason = null);

/// <summary>Says how one part is. The host registers one for each of its ports; it answers within a second or two and never throws for a part that is down.</summary>
public interface IHealthProbe
{
    /// <summary>Looks now.</summary>
    Task<HealthPart> ProbeAsync(CancellationToken cancellation = default);
}
