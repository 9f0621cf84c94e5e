using PolicyFlows.Crash.Server;

namespace PolicyFlows.Crash.Checks;

/// <summary>The folder after the server was stopped: chains and hashes verify, no orchestration has failed.</summary>
internal static class FolderAudit
{
    /// <summary>What does not hold.</summary>
    public static async Task<IReadOnlyList<string>> CheckAsync(ServerProcess server)
    {
        var wrong = new List<string>();
        // A clean stop and start in between: nothing may be sent or done again because of it.
        await server.StopAsync();
        await server.StartAsync();
        await server.StopAsync();
        var (exit, output, error) = await server.CommandAsync("verify");
        if (exit != 0) wrong.Add($"verify ends with {exit}: {output}{error}");
        else Console.WriteLine("verify: " + output.Trim());
        (exit, output, error) = await server.CommandAsync("instances");
        if (exit != 0) wrong.Add($"instances ends with {exit}: {output}{error}");
        var instances = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        wrong.AddRange(instances.Where(i => i.Split('\t').ElementAtOrDefault(2) is "Failed" or "Blocked" or null).Select(i => $"instance {i}"));
        Console.WriteLine($"instances: {instances.Length}, none failed or blocked");
        return wrong;
    }
}
