using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Operations;

namespace PolicyFlows.Web.Operations;

/// <summary>Asks every probe of the host. A probe that fails or hangs is a red part, not an error page.</summary>
internal static class HealthReport
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The parts of a whole program; one that no probe speaks for is red.</summary>
    private static readonly string[] Parts = ["store", "engine", "mail", "evidence"];

    public static async Task<IReadOnlyList<HealthPart>> ReadAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(services.GetServices<IHealthProbe>().Select(probe => AskAsync(probe, cancellation)));
        return [.. Parts.Select(name => found.FirstOrDefault(p => p?.Name == name) ?? new HealthPart(name, Ok: false, "It does not answer."))];
    }

    private static async Task<HealthPart?> AskAsync(IHealthProbe probe, CancellationToken cancellation)
    {
        try
        {
            return await probe.ProbeAsync(cancellation).WaitAsync(Patience, cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // What failed is said by the part's name alone: an exception's words may hold a path or a name.
            return null;
        }
    }
}
