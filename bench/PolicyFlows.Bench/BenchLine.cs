using System.Text.Json;

namespace PolicyFlows.Bench;

/// <summary>One printed result. <paramref name="P50"/> and <paramref name="P99"/> are milliseconds; what limit and ratio mean is in docs/performance.md.</summary>
public sealed record BenchLine(string Workload, double Value, string Unit, double? P50, double? P99, double? Limit, double? Ratio)
{
    /// <summary>The line as JSON, figures rounded to three places.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        this with { Value = Math.Round(Value, 3), P50 = Round(P50), P99 = Round(P99), Limit = Round(Limit), Ratio = Round(Ratio) },
        JsonSerializerOptions.Web);

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 3) : null;
}
