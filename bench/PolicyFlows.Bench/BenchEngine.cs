using Microsoft.Extensions.Logging.Abstractions;
using PolicyFlows.Durable;
using PolicyFlows.Storage;

namespace PolicyFlows.Bench;

/// <summary>The engine as a server runs it: a SQLite file at synchronous=FULL and the production loop.</summary>
public sealed class BenchEngine : IAsyncDisposable
{
    private readonly BenchFolder folder = new();
    private readonly SqliteFile file;
    private readonly CancellationTokenSource stop = new();
    private readonly Task loop;

    /// <summary>Opens the file and starts the loop.</summary>
    /// <param name="settings">The fan-out of 1,000 needs a longer history than the default.</param>
    public BenchEngine(DurableTaskRegistry registry, OrchestrationSettings settings, Func<string, Task>? turnCommitted = null)
    {
        file = SqliteFile.Open(folder.Database);
        var store = new SqliteOrchestrationStore(file);
        Client = new(store, registry, settings, TimeProvider.System);
        var worker = new OrchestrationWorker(store, registry, settings, TimeProvider.System, NoServices.Instance, NullLoggerFactory.Instance)
        {
            TurnCommitted = turnCommitted,
        };
        loop = worker.RunAsync(stop.Token);
    }

    /// <summary>Starts instances.</summary>
    public OrchestrationClient Client { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
        file.Dispose();
        folder.Dispose();
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}

/// <summary>An activity that does nothing but answer.</summary>
public sealed class HelloActivity : TaskActivity<string, string>
{
    /// <inheritdoc/>
    public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult($"Hello {input}!");
}
