using System.CommandLine;
using PolicyFlows.Server.Commands;
using PolicyFlows.Storage;

var root = new RootCommand("PolicyFlows: a school trust's social media policy as software that keeps its promises.") { Options = { Common.Data } };
ServeCommand.AddTo(root);
root.Subcommands.Add(VerifyCommand.Create());
root.Subcommands.Add(ReindexCommand.Create());
foreach (var command in EngineCommands.Create()) root.Subcommands.Add(command);
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception refusal) when (refusal is DataFolderException or StorageInUseException or StorageFailedException)
{
    // Said in words, not as a stack: the operator can act on it.
    Console.Error.WriteLine(refusal.Message);
    return 2;
}
