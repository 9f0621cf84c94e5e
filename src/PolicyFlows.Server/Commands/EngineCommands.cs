using System.CommandLine;
using PolicyFlows.Core;
using PolicyFlows.Durable;
using PolicyFlows.Storage;

namespace PolicyFlows.Server.Commands;

/// <summary>Operator's commands on the engine of a folder whose server is down; a running server has the operator page.</summary>
internal static class EngineCommands
{
    private static readonly Argument<string> Instance = new("instance") { Description = "Id of the instance." };

    public static IEnumerable<Command> Create()
    {
        var list = new Command("instances", "List orchestrations: status, what each waits for, last error.");
        list.SetAction((result, _) => WithClientAsync(result, ListAsync));
        yield return list;
        yield return OnInstance("retry", "Let a blocked instance try again.", (client, id) => client.RetryInstanceAsync(id));
        yield return OnInstance("purge", "Forget a finished instance.", (client, id) => client.PurgeInstanceAsync(id));
    }

    private static Command OnInstance(string name, string description, Func<OrchestrationClient, string, Task<bool>> act)
    {
        var command = new Command(name, description) { Instance };
        command.SetAction((result, _) => WithClientAsync(result, async client =>
        {
            var done = await act(client, result.GetValue(Instance)!);
            Console.WriteLine(done ? "Done." : "Nothing to do: unknown, or not in a state for this.");
            return done ? 0 : 1;
        }));
        return command;
    }

    private static async Task<int> ListAsync(OrchestrationClient client)
    {
        string? after = null;
        while (true)
        {
            var page = await client.GetAllInstancesAsync(new(After: after));
            foreach (var i in page)
                Console.WriteLine($"{i.InstanceId}\t{i.Name}\t{i.RuntimeStatus}\t{i.WaitingFor}\t{i.NextTimer:u}\t{i.FailureDetails?.ErrorMessage}");
            if (page.Count == 0) return 0;
            after = page[^1].InstanceId;
        }
    }

    private static async Task<int> WithClientAsync(ParseResult result, Func<OrchestrationClient, Task<int>> act)
    {
        var data = result.GetValue(Common.Data)!;
        if (!Directory.Exists(data)) throw new DataFolderException($"There is no folder '{data}'.");
        using var folder = DataFolder.Open(data, TimeProvider.System);
        var store = new SqliteOrchestrationStore(folder.Database);
        return await act(new(store, Workflows.Register(new()), new(Workflows.Version), TimeProvider.System));
    }
}
