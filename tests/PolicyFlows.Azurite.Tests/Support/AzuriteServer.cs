using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Cryptography;

[assembly: AssemblyFixture(typeof(PolicyFlows.Azurite.Tests.Support.AzuriteServer))]

namespace PolicyFlows.Azurite.Tests.Support;

/// <summary>One Azurite for the whole run, in memory, on free ports, with an account made up for it. Every test takes an account of its own.</summary>
public sealed class AzuriteServer : IAsyncLifetime
{
    private const int Accounts = 200;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly string Key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly List<string> said = [];
    private Process? process;
    private int taken;
    private int blobs;
    private int tables;

    private static string Script => Path.Combine(
        typeof(AzuriteServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "AzuriteFolder").Value!,
        "node_modules", "azurite", "dist", "src", "azurite.js");

    /// <summary>An account that nobody else has used; skips the test, saying why, where Azurite is not installed.</summary>
    public string TakeAccount()
    {
        if (process is null) Assert.Skip("Azurite is not installed: npm ci --prefix tests/PolicyFlows.Azurite.Tests/azurite");
        var account = Interlocked.Increment(ref taken);
        Assert.InRange(account, 1, Accounts);
        return $"DefaultEndpointsProtocol=http;AccountName={Name(account)};AccountKey={Key};"
            + $"BlobEndpoint=http://127.0.0.1:{blobs}/{Name(account)};TableEndpoint=http://127.0.0.1:{tables}/{Name(account)};";
    }

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Script)) return;
        (blobs, tables) = (FreePort(), FreePort());
        var start = new ProcessStartInfo("node")
        {
            ArgumentList =
            {
                Script, "--inMemoryPersistence", "--disableTelemetry", "--silent", "--skipApiVersionCheck",
                "--blobPort", $"{blobs}", "--tablePort", $"{tables}", "--queuePort", $"{FreePort()}",
            },
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(1, Accounts).Select(i => $"{Name(i)}:{Key}"));
        process = new Process { StartInfo = start };
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Hear(line.Data, listening);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, listening);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(listening.Task, ended, Task.Delay(Deadline)) != listening.Task)
            throw new InvalidOperationException($"Azurite did not start: {string.Join('\n', said)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null) return;
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    // Blob, queue, table: the last one to say so ends the wait.
    private void Hear(string? line, TaskCompletionSource listening)
    {
        if (line is null) return;
        lock (said)
        {
            said.Add(line);
            if (said.Count(heard => heard.Contains("successfully listen", StringComparison.Ordinal)) == 3) listening.TrySetResult();
        }
    }

    private static string Name(int account) => $"policyflows{account:000}";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
