using System.CommandLine;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Index;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Time;
using PolicyFlows.Core.Work;
using PolicyFlows.Server.Demonstration;
using PolicyFlows.Storage;

namespace PolicyFlows.Server.Commands;

/// <summary>Writes the lists of cases and tasks anew from the records of a folder whose server is down.</summary>
internal static class ReindexCommand
{
    public static Command Create()
    {
        var command = new Command("reindex", "Write the lists of cases and tasks anew from the records.");
        command.SetAction((result, cancellation) => RunAsync(result.GetValue(Common.Data)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string data, CancellationToken cancellation)
    {
        if (!Directory.Exists(data)) throw new DataFolderException($"There is no folder '{data}'.");
        using var folder = DataFolder.Open(data, TimeProvider.System);
        var listing = new CaseListing(folder.Records);
        var cases = new CaseStore(folder.Records, listing, new WakeupSignal());
        var clock = new BusinessClock(new MovableTime(TimeProvider.System, await DemonstrationClock.ReadAheadAsync(folder.Records)));
        var index = new CaseIndex(folder.Records, cases, new CaseRosters(new DirectoryStore(folder.Records)), clock);
        var count = 0;
        await foreach (var caseId in listing.AllAsync(cancellation: cancellation))
        {
            await index.PublishAsync(caseId, cancellation);
            count++;
        }

        Console.WriteLine($"The lists of {count} cases are written anew.");
        return 0;
    }
}
