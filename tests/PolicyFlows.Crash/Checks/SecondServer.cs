using PolicyFlows.Crash.Server;

namespace PolicyFlows.Crash.Checks;

/// <summary>A second server on the same folder: refused in words, with exit code 2, and the first one goes on.</summary>
internal static class SecondServer
{
    public static async Task<string> CheckAsync(ServerProcess server)
    {
        var (exit, _, error) = await server.CommandAsync("--urls", "http://127.0.0.1:0");
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (exit != 2) throw new BrokenPromiseException($"A second server on the folder ended with exit code {exit}: {error}");
        if (lines.Length != 1 || !lines[0].StartsWith("Another running PolicyFlows uses", StringComparison.Ordinal)) throw new BrokenPromiseException($"A second server does not say clearly what is wrong: {error}");
        if (await server.HealthAsync() is var health and not 200) throw new BrokenPromiseException($"Beside a second server /health answers {health}");
        return $"a second server on the folder is refused: {lines[0]}";
    }
}
