namespace PolicyFlows.Durable;

/// <summary>Figures of the engine, shared by worker and client.</summary>
/// <param name="ProgramVersion">Version of the program, stamped on every instance when it starts; parts separated by points.</param>
public sealed record OrchestrationSettings(string ProgramVersion)
{
    /// <summary>History events of one instance; one more and the instance fails with a clear error.</summary>
    public int MaxHistoryEvents { get; init; } = 1_000;

    /// <summary>UTF-8 bytes of one input, result or event.</summary>
    public int MaxPayloadBytes { get; init; } = 1 << 20;

    /// <summary>Tries of a turn or activity that breaks the engine or the process, before the instance is parked as Blocked.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Turns that may be computed or waiting for their commit at once.</summary>
    public int MaxConcurrentTurns { get; init; } = 128;

    /// <summary>Activities that may run at once.</summary>
    public int MaxConcurrentActivities { get; init; } = 32;

    /// <summary>Longest sleep of the worker; the business clock is looked at this often because a person may move it.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time after which a running activity counts as failed, so that a hung call does not hold a case for ever.</summary>
    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a stopping worker waits for turns and activities in flight.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);
}

/// <summary>An input, result or event is larger than the engine takes. Pass an id and keep the content elsewhere.</summary>
public sealed class PayloadTooLargeException(string what, int bytes, int limit)
    : Exception($"{what} has {bytes} bytes; the limit is {limit}. Pass an id and keep the content in a record.")
{
    /// <summary>Throws if a payload is over the limit.</summary>
    internal static void Check(string what, string? payload, int limit)
    {
        if (payload is null || payload.Length * 3L <= limit) return;
        var bytes = System.Text.Encoding.UTF8.GetByteCount(payload);
        if (bytes > limit) throw new PayloadTooLargeException(what, bytes, limit);
    }
}
