using System.CommandLine;
using PolicyFlows.Core.Settings;
using PolicyFlows.Core.Transfer;
using PolicyFlows.Server.Hosting;
using PolicyFlows.Storage;
using PolicyFlows.Storage.Blobs;

namespace PolicyFlows.Server.Commands;

/// <summary>Writes a folder out, to be loaded elsewhere. Beside a running server as one moment's copy, or with its server stopped as the folder's last act.</summary>
internal static class ExportCommand
{
    private static readonly Option<string> To = new("--to") { Description = "Folder that is made for the export; it must not exist or be empty.", Required = true };
    private static readonly Option<bool> Move = new("--move") { Description = "The folder moves: mark it, so that no server starts on it again. Stop its server first." };

    public static Command Create()
    {
        var command = new Command("export", "Write rows as JSON lines, evidence and a manifest into a folder, for import on Azure.") { To, Move };
        command.SetAction((result, cancellation) =>
            RunAsync(result.GetValue(Common.Data)!, result.GetValue(To)!, result.GetValue(Move), Common.EvidencePlace(result), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string data, string to, bool move, EvidencePlace? place, CancellationToken cancellation)
    {
        if (!Directory.Exists(data)) throw new DataFolderException($"There is no folder '{data}'.");
        using var folder = move ? DataFolder.OpenToMove(data, TimeProvider.System) : DataFolder.OpenForReading(data);
        var evidence = await EvidenceOfFolder.OpenAsync(folder, place);
        if (folder.Database.IntegrityCheck() is [var damage, ..])
        {
            Console.WriteLine($"The database is damaged: {damage}");
            return 1;
        }

        var kind = folder.Kind == DataFolderKind.Real ? FolderKind.Real : FolderKind.Demonstration;
        var origin = new ExportOrigin(kind, folder.MadeAt, move, move ? () => folder.MarkAsMoved(TimeProvider.System.GetUtcNow()) : null);
        var manifest = await new Export(folder.Records, evidence, TimeProvider.System).WriteAsync(to, origin, cancellation);
        Console.WriteLine($"The export is whole and verifies: {Path.GetFullPath(to)}");
        Console.WriteLine($"SHA-256 of its manifest: {manifest}");
        Console.WriteLine("It holds everything that people wrote, in plain text. Keep it where only you can read it, and delete it when it is loaded.");
        Console.WriteLine($"The server key is not in it. Mailed links go on working where the new host gets {Path.Combine(folder.Path, "keys", "server.key")}.");
        Console.WriteLine(move
            ? "The folder is marked as moved: no server starts on it any more."
            : "The folder can still be served. To move it, stop its server and export again with --move: two servers would send every mail twice.");
        return 0;
    }
}
