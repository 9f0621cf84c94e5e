namespace PolicyFlows.Bench;

/// <summary>One call of the program: figures that several workloads compare with are measured once.</summary>
public sealed class BenchRun
{
    private RawFigures? raw;

    /// <summary>Runs of a workload; the median is printed.</summary>
    public const int Repeats = 5;

    /// <summary>What the disk and SQLite allow, measured in this run of the program.</summary>
    public RawFigures Raw => raw ??= RawWorkload.Measure();
}

/// <summary>Limits of the machine.</summary>
/// <param name="CommitMs">Duration of each synchronous one-row commit.</param>
/// <param name="CommitsPerSecond">Median over the runs.</param>
/// <param name="ModelPerSecond">hello-5 a second when its bare SQL is written 64 work items a commit.</param>
public sealed record RawFigures(IReadOnlyList<double> CommitMs, double CommitsPerSecond, double ModelPerSecond);

/// <summary>A folder that goes when the bench is done.</summary>
public sealed class BenchFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("policyflows-bench-");

    /// <summary>Path of a database in it.</summary>
    public string Database => Path.Combine(folder.FullName, "bench.db");

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}
