using System.CommandLine;

namespace PolicyFlows.Server.Commands;

/// <summary>Options that every command has.</summary>
internal static class Common
{
    public static readonly Option<string> Data = new("--data")
    {
        Description = "Data folder. A demonstration is made where there is none.", DefaultValueFactory = _ => "demo-data", Recursive = true,
    };
}
