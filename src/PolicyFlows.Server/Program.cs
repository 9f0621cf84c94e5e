using System.CommandLine;
using Azure;
using Azure.Identity;
using PolicyFlows.Core.Transfer;
using PolicyFlows.Server.Commands;
using PolicyFlows.Storage;
using PolicyFlows.Storage.Blobs;

var root = new RootCommand("PolicyFlows: a school trust's social media policy as software that keeps its promises.");
Common.AddTo(root);
ServeCommand.AddTo(root);
root.Subcommands.Add(VerifyCommand.Create());
root.Subcommands.Add(ReindexCommand.Create());
root.Subcommands.Add(ExportCommand.Create());
foreach (var command in EngineCommands.Create()) root.Subcommands.Add(command);
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception refusal) when (refusal is DataFolderException or IOException or UnauthorizedAccessException or EvidencePlaceException or TransferException)
{
    // Said in words, not as a stack: the operator can act on it.
    Console.Error.WriteLine(refusal.Message);
    return 2;
}
catch (Exception refusal) when (refusal is RequestFailedException or AuthenticationFailedException or AggregateException)
{
    // Their messages repeat what was sent to the service.
    Console.Error.WriteLine($"The storage account for evidence does not answer as it should{(refusal is RequestFailedException { Status: > 0 } said ? $": {said.Status} {said.ErrorCode}".TrimEnd() : "")}.");
    return 2;
}
