using PolicyFlows.Core.Records;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;
using PolicyFlows.Server.Hosting;

namespace PolicyFlows.Server.Demonstration;

/// <summary>
/// Moves a demonstration's time from one due moment to the next and lets each happen at its own time, so that deadlines fire as they would.
/// How far ahead it is survives a restart.
/// </summary>
public sealed class DemonstrationClock(MovableTime time, Runner runner, IRecordStore records) : IDemonstrationClock
{
    private const string Partition = "demonstration", Row = "clock";

    /// <inheritdoc/>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <inheritdoc/>
    public Task MoveAsync(TimeSpan by, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(by, TimeSpan.Zero);
        // Once begun it is finished, also when the browser has gone: half a move would be a time nobody chose.
        return runner.AloneAsync(async () =>
        {
            var target = time.GetUtcNow() + by;
            await runner.RunUntilIdleAsync(CancellationToken.None);
            while (runner.NextDue is var next && next <= target)
            {
                time.MoveTo(next);
                await runner.RunUntilIdleAsync(CancellationToken.None);
            }

            time.MoveTo(target);
            await runner.RunUntilIdleAsync(CancellationToken.None);
            await SaveAsync();
        }, cancellation);
    }

    /// <summary>How far ahead the folder's time was left.</summary>
    public static async Task<TimeSpan> ReadAheadAsync(IRecordStore records) =>
        await records.GetAsync(Partition, Row) is { } row ? Json.Read<TimeSpan>(row.Data) : TimeSpan.Zero;

    private async Task SaveAsync()
    {
        var data = Json.Write(time.Ahead)!;
        var old = await records.GetAsync(Partition, Row);
        await records.CommitAsync(Partition, [old is null ? new RowWrite.Insert(Row, data) : new RowWrite.Replace(Row, data, old.Tag)]);
    }
}
