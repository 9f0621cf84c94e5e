namespace PolicyFlows.Durable.Tests;

/// <summary>Waits for what a store will hold: looked at again after each commit, not after a length of time.</summary>
public static class Waiting
{
    /// <exception cref="OperationCanceledException">It did not come within a minute, or nothing was committed any more.</exception>
    public static async Task UntilAsync(this IOrchestrationStore store, Func<bool> done)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var commits = new SemaphoreSlim(0);
        using var listening = store.Subscribe(_ => commits.Release());
        while (!done()) await commits.WaitAsync(patience.Token);
    }
}
