namespace PolicyFlows.Durable;

/// <summary>An activity's result that is not stored yet; it is committed with the turn that takes it.</summary>
internal sealed record TaskResult(long TaskSeq, IncomingEvent Event);

/// <summary>Turns what the executor said into what the store writes.</summary>
internal static class TurnCommits
{
    /// <summary>The commit of a turn that ran.</summary>
    public static TurnCommit Of(
        InstanceSnapshot instance, IReadOnlyList<HistoryEvent> history, TurnResult turn, IReadOnlyList<TaskResult> results, string programVersion, DateTimeOffset at)
    {
        var end = turn.Actions.OfType<CompleteAction>().FirstOrDefault();
        var cancelled = turn.Actions.OfType<CancelTimerAction>().Select(a => a.N).ToHashSet();
        return new(instance.Key, instance.HistoryCount, turn.Status, at)
        {
            Append = turn.Events,
            ConsumedMessages = [.. instance.Messages.Select(m => m.Seq)],
            CompletedTasks = [.. results.Select(r => r.TaskSeq)],
            Tasks = end is null ? [.. turn.Actions.OfType<ScheduleActivityAction>().Select(a => new NewTask(a.N, a.Name, a.Input))] : [],
            Timers = end is null
                ? [.. turn.Actions.OfType<CreateTimerAction>().Where(a => !cancelled.Contains(a.N)).Select(a => new NewTimer(a.N, a.Due))]
                : [],
            CancelledTimers = [.. cancelled],
            Children = [.. turn.Actions.OfType<ScheduleChildAction>().Select(a => Child(instance.Key, a, programVersion))],
            ToParent = end is null ? null : Answer(history, turn, end),
            Output = end?.Output,
            Failure = end?.Failure,
            CustomStatus = turn.CustomStatus,
            WaitingFor = turn.WaitingFor,
            NextTimer = turn.NextTimer,
        };
    }

    /// <summary>The commit that parks an instance, or keeps a parked one so: nothing is consumed, results at hand go to the inbox.</summary>
    public static TurnCommit Park(InstanceSnapshot instance, TaskFailureDetails? why, IReadOnlyList<TaskResult> results, DateTimeOffset at) =>
        new(instance.Key, instance.HistoryCount, OrchestrationRuntimeStatus.Blocked, at)
        {
            Failure = why,
            CompletedTasks = [.. results.Select(r => r.TaskSeq)],
            Deliver = [.. results.Select(r => r.Event)],
        };

    /// <summary>
    /// Messages in the order of their time: an event counts from its arrival, a timer from when it was due, so that after an outage the
    /// story is told as it happened. Events keep their order of arrival even if the clock went back between them.
    /// </summary>
    public static IReadOnlyList<IncomingEvent> InOrder(IReadOnlyList<InboxMessage> messages)
    {
        if (messages.Count < 2) return [.. messages.Select(m => m.Read())];
        var latest = DateTimeOffset.MinValue;
        var timed = new List<(DateTimeOffset When, IncomingEvent Event)>(messages.Count);
        foreach (var message in messages)
        {
            if (message.Due is null && message.At > latest) latest = message.At;
            timed.Add((message.Due ?? latest, message.Read()));
        }

        return [.. timed.OrderBy(t => t.When).Select(t => t.Event)];
    }

    private static NewChild Child(long parentKey, ScheduleChildAction action, string programVersion) => new(
        new(action.InstanceId, new ExecutionStarted(action.Name, programVersion, action.Input, parentKey, action.N)),
        new ChildFailed(action.N, Failures.IdTaken(action.InstanceId)));

    private static (long, IncomingEvent)? Answer(IReadOnlyList<HistoryEvent> history, TurnResult turn, CompleteAction end)
    {
        var start = history.Concat(turn.Events).OfType<ExecutionStarted>().First();
        if (start is not { ParentKey: { } parent, ParentN: { } n }) return null;
        return (parent, end.Status == OrchestrationRuntimeStatus.Completed ? new ChildCompleted(n, end.Output) : new ChildFailed(n, end.Failure!));
    }
}
