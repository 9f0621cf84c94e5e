using System.CommandLine;
using Microsoft.Extensions.Configuration;
using PolicyFlows.Storage.Blobs;

namespace PolicyFlows.Server.Commands;

/// <summary>Options that every command has.</summary>
internal static class Common
{
    public static readonly Option<string> Data = new("--data")
    {
        Description = "Data folder. A demonstration is made where there is none.", DefaultValueFactory = _ => "demo-data", Recursive = true,
    };

    private static readonly Option<string?> EvidenceAddress = new("--evidence")
    {
        Description = "Address of the Azure storage account that keeps evidence, https://…; a connection string goes into the environment as PolicyFlows__Evidence.", Recursive = true,
    };

    private static readonly Option<string?> QuarantineAddress = new("--quarantine")
    {
        Description = "Address of another account for files that nobody has decided about, or PolicyFlows__Quarantine.", Recursive = true,
    };

    /// <summary>Adds them.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in new Option[] { Data, EvidenceAddress, QuarantineAddress }) root.Options.Add(option);
    }

    /// <summary>Where evidence is said to lie; null for the data folder.</summary>
    /// <exception cref="EvidencePlaceException">It cannot be understood, or a secret was typed where everybody on this machine can read it.</exception>
    public static EvidencePlace? EvidencePlace(ParseResult result)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        return Storage.Blobs.EvidencePlace.Read(Read(EvidenceAddress, "PolicyFlows:Evidence"), Read(QuarantineAddress, "PolicyFlows:Quarantine"));

        string? Read(Option<string?> option, string key)
        {
            if (result.GetValue(option) is not { } typed) return environment[key];
            return typed.StartsWith("https://", StringComparison.Ordinal)
                ? typed
                : throw new EvidencePlaceException(
                    $"{option.Name} takes an address, https://…. A connection string holds a key, and others on this machine can read command lines: set it in the environment as {key.Replace(":", "__", StringComparison.Ordinal)}.");
        }
    }
}
