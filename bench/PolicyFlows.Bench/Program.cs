using PolicyFlows.Bench;

// A further workload is one more entry here.
var workloads = new Dictionary<string, Func<BenchRun, Task<IReadOnlyList<BenchLine>>>>(StringComparer.Ordinal)
{
    ["raw"] = RawWorkload.RunAsync,
    ["hello5"] = Hello5Workload.RunAsync,
    ["fanout"] = FanoutWorkload.RunAsync,
    ["report"] = ReportWorkload.RunAsync,
};

var unknown = args.Where(a => !workloads.ContainsKey(a)).ToList();
if (args.Length == 0 || unknown.Count > 0)
{
    await Console.Error.WriteLineAsync($"Usage: PolicyFlows.Bench WORKLOAD…   with workloads {string.Join(", ", workloads.Keys)}");
    return 2;
}

var run = new BenchRun();
foreach (var name in args)
{
    foreach (var line in await workloads[name](run)) Console.WriteLine(line.ToJson());
}

return 0;
