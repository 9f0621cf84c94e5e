using System.CommandLine;
using Microsoft.Extensions.Hosting;
using PolicyFlows.Server.Hosting;
using PolicyFlows.Storage;

namespace PolicyFlows.Server.Commands;

/// <summary>Serves the program: what happens when no command is named.</summary>
internal static class ServeCommand
{
    private static readonly Option<string> Urls = new("--urls") { Description = "Address to listen on.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
    private static readonly Option<bool> AllowNetwork = new("--allow-network") { Description = "Let a demonstration be seen by the network." };

    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Urls);
        root.Options.Add(AllowNetwork);
        root.SetAction((result, cancellation) => RunAsync(result, cancellation));
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(result.GetValue(Urls), UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp)
            return Fail("--urls takes one address such as http://127.0.0.1:5080.");
        var options = new ServerOptions(result.GetValue(Common.Data)!, url, result.GetValue(AllowNetwork)) { Evidence = Common.EvidencePlace(result) };
        if (options.Problem is { } problem) return Fail(problem);
        using var folder = DataFolder.Open(options.Data, TimeProvider.System, evidencePlace: options.Evidence?.Name);
        await using var app = await EmbeddedServer.BuildAsync(folder, options);
        await app.StartAsync(cancellation);
        Console.WriteLine($"PolicyFlows demonstration on {options.Url} with the folder {folder.Path}{(options.Evidence is { } place ? $", evidence at {place}" : "")}. Press Ctrl+C to stop.");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 2;
    }
}
