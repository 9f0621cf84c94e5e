using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Time;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Rounds;

/// <summary>Starts the daily rounds once a day, London time. Both hosts ask it every few minutes.</summary>
public sealed class RoundsStarter(DurableTaskClient client, BusinessClock clock)
{
    /// <summary>Hour of the day, London time. Neither 01 nor 02: those hours do not exist, or come twice, on two days of the year.</summary>
    public const int AtHour = 6;

    private string? startedOf;

    /// <summary>When the next rounds are due.</summary>
    public DateTimeOffset NextAt
    {
        get
        {
            var day = London.Day(clock.Now);
            var today = London.At(day, new TimeOnly(AtHour, 0)).Instant!.Value;
            return today > clock.Now ? today : London.At(day.AddDays(1), new TimeOnly(AtHour, 0)).Instant!.Value;
        }
    }

    /// <summary>Starts today's rounds if nobody has. The instance is named after the day, so that two who ask start one.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        var local = London.ToLocal(clock.Now);
        var day = (local.Hour >= AtHour ? local : local.AddDays(-1)).ToString("yyyyMMdd");
        if (startedOf == day) return;
        var instance = $"daily-{day}";
        if (await client.GetInstanceAsync(instance, cancellation) is null)
            await client.ScheduleNewOrchestrationInstanceAsync(DailyRounds.Name, day, instance, cancellation);
        startedOf = day;
    }
}
