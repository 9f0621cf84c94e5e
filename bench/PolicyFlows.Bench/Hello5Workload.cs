using System.Collections.Concurrent;
using System.Diagnostics;
using PolicyFlows.Durable;

namespace PolicyFlows.Bench;

/// <summary>Five trivial activities one after the other: 5,000 instances started at once, and one at a time.</summary>
public static class Hello5Workload
{
    private const int Instances = 5_000;
    private const int Alone = 300;
    private const int Turns = 6;
    private const int CommitsAlone = 7;

    /// <summary>Prints hello5 and hello5-one.</summary>
    public static async Task<IReadOnlyList<BenchLine>> RunAsync(BenchRun run)
    {
        var raw = run.Raw;
        await BurstAsync(Instances / 10, []);
        var latencies = new List<double>();
        var rates = new List<double>();
        for (var i = 0; i < BenchRun.Repeats; i++) rates.Add(await BurstAsync(Instances, latencies));
        var rate = Figures.Median(rates);

        var alone = await AloneAsync();
        var (p50, commit) = (Figures.Percentile(alone, 0.5), Figures.Percentile(raw.CommitMs, 0.5));
        return
        [
            new("hello5", rate, "orchestrations/s", Figures.Percentile(latencies, 0.5), Figures.Percentile(latencies, 0.99),
                raw.ModelPerSecond, rate / raw.ModelPerSecond),
            new("hello5-one", p50, "ms", p50, Figures.Percentile(alone, 0.99), CommitsAlone * commit, p50 / (CommitsAlone * commit)),
        ];
    }

    private static DurableTaskRegistry Registry() =>
        new DurableTaskRegistry().AddActivity("Hello", _ => new HelloActivity()).AddOrchestrator("Hello5", () => new Hello5());

    private static async Task<double> BurstAsync(int count, List<double> latencies)
    {
        var turns = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var ended = new ConcurrentBag<long>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = new BenchEngine(Registry(), new("1.0.0"), id =>
        {
            if (turns.AddOrUpdate(id, 1, (_, n) => n + 1) != Turns) return Task.CompletedTask;
            ended.Add(Stopwatch.GetTimestamp());
            if (ended.Count == count) all.TrySetResult();
            return Task.CompletedTask;
        });
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => engine.Client.ScheduleNewOrchestrationInstanceAsync("Hello5", "London", $"instance-{i:D6}")));
        await all.Task;
        var seconds = Stopwatch.GetElapsedTime(started, ended.Max()).TotalSeconds;
        latencies.AddRange(ended.Select(end => Stopwatch.GetElapsedTime(started, end).TotalMilliseconds));
        return count / seconds;
    }

    private static async Task<List<double>> AloneAsync()
    {
        var turns = 0;
        var done = new SemaphoreSlim(0);
        await using var engine = new BenchEngine(Registry(), new("1.0.0"), _ =>
        {
            if (++turns % Turns == 0) done.Release();
            return Task.CompletedTask;
        });
        var times = new List<double>();
        for (var i = 0; i < Alone + (Alone / 10); i++)
        {
            var started = Stopwatch.GetTimestamp();
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Hello5", "London", $"alone-{i:D6}");
            await done.WaitAsync();
            if (i >= Alone / 10) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        done.Dispose();
        return times;
    }

    private sealed class Hello5 : TaskOrchestrator<string, string>
    {
        public override async Task<string> RunAsync(TaskOrchestrationContext context, string input)
        {
            var said = "";
            for (var i = 0; i < 5; i++) said = await context.CallActivityAsync<string>("Hello", input);
            return said;
        }
    }
}
