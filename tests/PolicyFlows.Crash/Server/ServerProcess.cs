using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace PolicyFlows.Crash.Server;

/// <summary>The real server as a process of its own, on one folder and one address.</summary>
internal sealed class ServerProcess(string dll, string data, Uri address, string logPath) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient health = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Process? process;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> StartAsync()
    {
        var started = Stopwatch.GetTimestamp();
        process = Run(["--data", data, "--urls", address.ToString()]);
        process.OutputDataReceived += (_, line) => Log(line.Data);
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (true)
        {
            if (process.HasExited) throw new BrokenPromiseException($"The server ended by itself with exit code {process.ExitCode}; see {logPath}.");
            if (await AnswersAsync()) return Stopwatch.GetElapsedTime(started);
            if (Stopwatch.GetElapsedTime(started) > Patience) throw new BrokenPromiseException($"The server did not answer within {Patience.TotalSeconds:0} s; see {logPath}.");
            await Task.Delay(20);
        }
    }

    /// <summary>What /health says now: 200 is all well.</summary>
    public async Task<int> HealthAsync() => (int)(await health.GetAsync(new Uri(address, "/health"))).StatusCode;

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>Asks it to stop, as Ctrl+C does.</summary>
    public async Task StopAsync()
    {
        if (process is null) return;
        if (Signals.Terminate(process.Id) != 0) throw new InvalidOperationException("The server could not be asked to stop.");
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new BrokenPromiseException("The server did not stop when asked.");
        }

        if (process.ExitCode != 0) throw new BrokenPromiseException($"The server stopped with exit code {process.ExitCode}; see {logPath}.");
        process.Dispose();
        process = null;
    }

    /// <summary>Runs the program with a command on the folder, or as a second server, to its end.</summary>
    public async Task<(int Exit, string Output, string Error)> CommandAsync(params string[] arguments)
    {
        using var command = Run([.. arguments, "--data", data]);
        var (output, error) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await command.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            command.Kill();
            throw new BrokenPromiseException($"'{string.Join(' ', arguments)}' did not end within {Patience.TotalSeconds:0} s.");
        }

        return (command.ExitCode, await output, await error);
    }

    public void Dispose()
    {
        // Also when the harness itself is ended: no server stays behind.
        if (process is { HasExited: false }) process.Kill();
        process?.Dispose();
        process = null;
        health.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await health.GetAsync(new Uri(address, "/health"));
            return true;
        }
        catch (Exception refused) when (refused is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private Process Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet")
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(dll);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("The server could not be started.");
    }

    private void Log(string? line)
    {
        if (line is null) return;
        lock (health) File.AppendAllText(logPath, line + "\n");
    }

    private static class Signals
    {
        private const int Term = 15;

        public static int Terminate(int processId) => Kill(processId, Term);

        [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Kill(int processId, int signal);
    }
}
