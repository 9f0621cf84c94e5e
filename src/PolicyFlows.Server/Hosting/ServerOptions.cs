using PolicyFlows.Storage.Blobs;

namespace PolicyFlows.Server.Hosting;

/// <summary>What the command line says about serving.</summary>
/// <param name="Data">Data folder; a demonstration is made where there is none.</param>
/// <param name="Url">Where to listen.</param>
/// <param name="AllowNetwork">A demonstration may listen on more than the loopback addresses.</param>
public sealed record ServerOptions(string Data, Uri Url, bool AllowNetwork)
{
    /// <summary>Azure Blob Storage for evidence; null keeps it in the data folder.</summary>
    public EvidencePlace? Evidence { get; init; }

    /// <summary>Why it may not start like this, or null.</summary>
    public string? Problem => !AllowNetwork && !Url.IsLoopback
        ? $"A demonstration listens on this machine only. Use --urls http://127.0.0.1:{Url.Port}, or say --allow-network if everyone on the network may see it."
        : null;
}
