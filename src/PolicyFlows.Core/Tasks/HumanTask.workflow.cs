using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tasks;

/// <summary>
/// Asks people one question and stays with it until it is answered, withdrawn, or has waited so long that a fresh instance should go on.
/// The answer itself is written by the page; the event only says "look again".
/// </summary>
public sealed class HumanTask : TaskOrchestrator<string, HumanTaskEnd>
{
    /// <summary>Name on both hosts.</summary>
    public const string Name = "HumanTask";

    /// <summary>No instance waits longer; the parent goes on from the record later.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public override async Task<HumanTaskEnd> RunAsync(TaskOrchestrationContext context, string task)
    {
        var until = context.CurrentUtcDateTime + LongestLife;
        while (true)
        {
            // Does every step that is due (join, warn, remind) and reads the record.
            var seen = await context.CallActivityAsync<TaskSeen>(LookAtTask.Name, new LookAtTaskInput(task, context.InstanceId), Flow.Patiently);
            context.SetCustomStatus(seen);
            if (!seen.Open) return HumanTaskEnd.Ended;
            if (context.CurrentUtcDateTime >= until) return HumanTaskEnd.StillOpen;

            var next = seen.NextAt is { } at && at < until ? at : until;
            using var answered = new CancellationTokenSource();
            using var elapsed = new CancellationTokenSource();
            var change = context.WaitForExternalEvent<string?>(EventName(task, seen.Round), answered.Token);
            var timer = context.CreateTimer(next, elapsed.Token);
            await Task.WhenAny(change, timer);
            // Not CancelAsync, which would go on from another thread.
            answered.Cancel();
            elapsed.Cancel();
        }
    }

    /// <summary>Every wait has a name of its own: task and round. A change of round 3 can never be taken for one of round 4.</summary>
    public static string EventName(string task, int round) => $"left-{task}-{round}";
}

/// <summary>How a task's orchestration ended.</summary>
public enum HumanTaskEnd
{
    /// <summary>Answered or withdrawn: the record says which.</summary>
    Ended,

    /// <summary>Nobody has answered yet; whoever asked goes on later with a fresh instance.</summary>
    StillOpen,
}
