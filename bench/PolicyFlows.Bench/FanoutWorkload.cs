using System.Diagnostics;
using PolicyFlows.Durable;

namespace PolicyFlows.Bench;

/// <summary>One instance that starts 100 or 1,000 activities at once and waits for all.</summary>
public static class FanoutWorkload
{
    private const int Small = 100;
    private const int Large = 1_000;
    private const double RatioLimit = 12;

    /// <summary>Prints activities a second at 1,000, and how much longer 1,000 take than 100.</summary>
    public static async Task<IReadOnlyList<BenchLine>> RunAsync(BenchRun run)
    {
        await MeasureAsync(Small);
        var small = new List<double>();
        var large = new List<double>();
        for (var i = 0; i < BenchRun.Repeats; i++)
        {
            small.AddRange(await MeasureAsync(Small));
            large.AddRange(await MeasureAsync(Large));
        }

        var middle = Figures.Median(large);
        return
        [
            new("fanout", Large / (middle / 1000), "activities/s", middle, Figures.Percentile(large, 0.99), RatioLimit, middle / Figures.Median(small)),
        ];
    }

    /// <summary>Milliseconds of several runs in one engine, the first left out.</summary>
    private static async Task<IReadOnlyList<double>> MeasureAsync(int width)
    {
        const int runs = 6;
        var registry = new DurableTaskRegistry().AddActivity("Hello", _ => new HelloActivity()).AddOrchestrator("Fanout", () => new Fanout());
        await using var engine = new BenchEngine(registry, new("1.0.0") { MaxHistoryEvents = Large * 5 });
        var times = new List<double>();
        for (var i = 0; i < runs; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Fanout", width, $"fanout-{i}");
            while (await engine.Client.GetInstanceAsync($"fanout-{i}") is not { IsCompleted: true }) await Task.Delay(1);
            if (i > 0) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    private sealed class Fanout : TaskOrchestrator<int, int>
    {
        public override async Task<int> RunAsync(TaskOrchestrationContext context, int input) =>
            (await Task.WhenAll(Enumerable.Range(0, input).Select(i => context.CallActivityAsync<string>("Hello", $"{i}")))).Length;
    }
}
