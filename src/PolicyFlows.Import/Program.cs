using System.CommandLine;
using Azure;
using Azure.Identity;
using PolicyFlows.Core.Transfer;
using PolicyFlows.Storage.Blobs;
using PolicyFlows.Storage.Tables;

// Only the command: the loading itself is PolicyFlows.Core/Transfer, which every build compiles and tests.
var from = new Option<string>("--from") { Description = "Folder that export wrote.", Required = true };
var sourceIsGone = new Option<bool>("--source-is-gone") { Description = "The folder of the export is lost and will never be served again, although it was not marked as moved." };
var rehearsal = new Option<bool>("--rehearsal") { Description = "Load to look at: no host will serve it. The only way for a demonstration." };
var root = new RootCommand("Loads an export of a data folder into the storage accounts of PolicyFlows on Azure.") { from, sourceIsGone, rehearsal };
root.SetAction(async (result, cancellation) =>
{
    var credential = new DefaultAzureCredential();
    var export = ExportFolder.Open(result.GetValue(from)!);
    Console.WriteLine($"Export of {export.Manifest.MadeAt:u}, {export.Manifest.Kind}, manifest {export.Sha256}.");
    var blobs = EvidencePlace.Read(Need("Evidence"), Need("Quarantine"))!.Open(credential, TimeProvider.System);
    await blobs.EnsureAsync(cancellation: cancellation);
    var records = await TableRecordStore.OpenAsync(TableAccount.Open(Need("Records"), credential), cancellation);
    var done = await new Import(records, records, blobs, blobs, TimeProvider.System)
        .LoadAsync(export, new(result.GetValue(sourceIsGone), result.GetValue(rehearsal)), Console.WriteLine, cancellation);
    Console.WriteLine($"All is loaded and verifies: {done.Cases} timelines, {done.EvidenceItems} evidence items.");
    Console.WriteLine($"Rows: {done.RowsWritten} written, {done.RowsThere} were there. Files: {done.FilesWritten} written, {done.FilesThere} were there.");
    return 0;

    static string Need(string name) => Environment.GetEnvironmentVariable($"PolicyFlows__{name}") is { Length: > 0 } value
        ? value
        : throw new TransferException($"PolicyFlows__{name} is missing from the environment: the https address of a storage account, or a connection string.");
});
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception refusal) when (refusal is TransferException or EvidencePlaceException or IOException or FormatException)
{
    // Said in words, not as a stack: the operator can act on it.
    Console.Error.WriteLine(refusal.Message);
    return 2;
}
catch (Exception refusal) when (refusal is RequestFailedException or AuthenticationFailedException or AggregateException)
{
    // Their messages repeat what was sent to the service.
    Console.Error.WriteLine($"A storage account does not answer as it should{(refusal is RequestFailedException { Status: > 0 } said ? $": {said.Status} {said.ErrorCode}".TrimEnd() : "")}. Look at the settings and run it again.");
    return 2;
}
