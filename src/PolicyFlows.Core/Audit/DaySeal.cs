using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Audit;

/// <summary>The head of a day: one hash over the heads of all chains.</summary>
public sealed record DayHead(DateOnly Day, int Cases, string Hash)
{
    /// <summary>Version of the stored form.</summary>
    public int V { get; init; } = 1;
}

/// <summary>Seals a day. The head proves changes only since it last left the building (architecture rule 9).</summary>
public sealed class DaySeal(IRecordStore records, CaseListing listing, BusinessClock clock)
{
    private const string Partition = "heads";

    /// <summary>Writes today's head once and returns it.</summary>
    public async Task<DayHead> SealAsync(CancellationToken cancellation = default)
    {
        var day = London.Day(clock.Now);
        var row = day.ToString("yyyyMMdd");
        if (await records.GetAsync(Partition, row, cancellation) is { } known) return Json.Read<DayHead>(known.Data)!;
        var (count, running) = (0, "");
        await foreach (var caseId in listing.AllAsync(cancellation: cancellation))
        {
            if (await records.GetAsync(caseId, Rows.Chain, cancellation) is not { } head) continue;
            count++;
            running = Timeline.Sha256($"{running}\n{caseId} {Json.Read<ChainHead>(head.Data)!.Head}");
        }

        var made = new DayHead(day, count, running);
        try
        {
            await records.CommitAsync(Partition, [new RowWrite.Insert(row, Json.Write(made)!)], cancellation);
            return made;
        }
        catch (RecordConflictException)
        {
            return Json.Read<DayHead>((await records.GetAsync(Partition, row, cancellation))!.Data)!;
        }
    }
}
