using Xunit;

namespace PolicyFlows.Durable.Tests;

/// <summary>Plays a recorded history again from cold, cut after every event, and demands the actions that were recorded.</summary>
public static class ReplayCuts
{
    /// <returns>How many cuts were tried.</returns>
    public static int Check(Engine engine, string id)
    {
        var exec = new Exec { Registry = engine.Registry, Settings = engine.Settings };
        var identity = new OrchestrationIdentity(id, engine.Store.FindKey(id)!.Value);
        var recorded = Turns(engine.History(id));
        var before = new List<HistoryEvent>();
        var cuts = 0;
        foreach (var turn in recorded)
        {
            for (var cut = 1; cut <= turn.Incoming.Count; cut++)
            {
                var (first, rest) = (turn.Incoming.Take(cut).ToList(), turn.Incoming.Skip(cut).ToList());
                var result = Run(exec, identity, before, first, turn.At);
                var actions = result.Actions.Select(a => a.ToEvent()).ToList();
                if (rest.Count > 0 && result.Status == OrchestrationRuntimeStatus.Running)
                    actions.AddRange(Run(exec, identity, [.. before, .. result.Events], rest, turn.At).Actions.Select(a => a.ToEvent()));
                Assert.Equal(turn.Actions, actions);
                cuts++;
            }

            before.AddRange([new TurnStarted(turn.At), .. turn.Incoming, .. turn.Actions]);
        }

        return cuts;
    }

    private static TurnResult Run(
        Exec exec, OrchestrationIdentity identity, IReadOnlyList<HistoryEvent> history, IReadOnlyList<IncomingEvent> incoming, DateTimeOffset at)
    {
        var result = OrchestrationExecutor.Run(exec.Registry, identity, history, incoming, at, exec.Settings, exec.Loggers);
        Assert.Null(result.BlockedReason);
        return result;
    }

    private static List<Turn> Turns(IReadOnlyList<HistoryEvent> history)
    {
        var turns = new List<Turn>();
        foreach (var e in history)
        {
            switch (e)
            {
                case TurnStarted started: turns.Add(new(started.At, [], [])); break;
                case IncomingEvent incoming: turns[^1].Incoming.Add(incoming); break;
                case ActionEvent action: turns[^1].Actions.Add(action); break;
            }
        }

        return turns;
    }

    private sealed record Turn(DateTimeOffset At, List<IncomingEvent> Incoming, List<ActionEvent> Actions);
}
