using System.CommandLine;
using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Work;
using PolicyFlows.Server.Hosting;
using PolicyFlows.Storage;
using PolicyFlows.Storage.Blobs;

namespace PolicyFlows.Server.Commands;

/// <summary>Checks the chains and every evidence hash of a folder. Reads only, also beside a running server.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var command = new Command("verify", "Check the timeline chains and every evidence hash of a folder, and name the first difference.");
        command.SetAction((result, cancellation) => RunAsync(result.GetValue(Common.Data)!, Common.EvidencePlace(result), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string data, EvidencePlace? place, CancellationToken cancellation)
    {
        if (!Directory.Exists(data)) throw new DataFolderException($"There is no folder '{data}'.");
        using var folder = DataFolder.OpenForReading(data);
        var evidence = await EvidenceOfFolder.OpenAsync(folder, place);
        var pages = folder.Database.IntegrityCheck();
        if (pages.Count > 0)
        {
            Console.WriteLine($"The database is damaged: {pages[0]}");
            return 1;
        }

        var listing = new CaseListing(folder.Records);
        var cases = new CaseStore(folder.Records, listing, new WakeupSignal());
        var result = await new Verification(listing, cases, new ChainCheck(folder.Records), evidence, folder.Records).RunAsync(cancellation);
        if (result.First is { } difference)
        {
            Console.WriteLine($"First difference: case {difference.CaseId}, {difference.Row}: {difference.What}.");
            return 1;
        }

        Console.WriteLine($"{result.Cases} timelines and {result.EvidenceItems} evidence items verify.");
        if (result.Unowned.Count > 0)
        {
            Console.WriteLine("No case and no draft holds these files. An upload leaves one while it is under way, or when it was cut off at its very end; the daily rounds remove it after two days:");
            foreach (var file in result.Unowned) Console.WriteLine($"  {file}");
        }

        return 0;
    }
}
