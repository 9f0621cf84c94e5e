using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;

namespace PolicyFlows.Core.Operations;

/// <summary>The case row of what the program and its operators did on one day besides cases. No case content.</summary>
public sealed record OperationsRecord(CaseType Type, string? SchoolId = null)
{
    /// <summary>What the partitions' names begin with.</summary>
    public const string Prefix = "OPS-";

    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;

    /// <summary>Partition of an instant's day, London time.</summary>
    public static string IdOf(DateTimeOffset at) => $"{Prefix}{London.Day(at):yyyyMMdd}";

    /// <summary>Writes the day's case row if it is not there yet.</summary>
    public static async Task EnsureAsync(CaseChange change)
    {
        if (await change.GetAsync<CaseCommon>(Rows.Case) is null) change.Put(Rows.Case, new OperationsRecord(CaseType.Operations));
    }
}
