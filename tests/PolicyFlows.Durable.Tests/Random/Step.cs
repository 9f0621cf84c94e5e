using System.Text.Json.Serialization;

namespace PolicyFlows.Durable.Tests.Random;

/// <summary>A step of a random workflow. Waits and children have names of their own, as rule 4 of the architecture asks.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Call), "call")]
[JsonDerivedType(typeof(Sleep), "sleep")]
[JsonDerivedType(typeof(Await), "await")]
[JsonDerivedType(typeof(AwaitOr), "awaitOr")]
[JsonDerivedType(typeof(Kid), "kid")]
[JsonDerivedType(typeof(Sequence), "sequence")]
[JsonDerivedType(typeof(Parallel), "parallel")]
public abstract record Step;

/// <summary>An activity after some pauses of a minute.</summary>
public sealed record Call(int Id, int Pauses) : Step;

public sealed record Sleep(int Minutes) : Step;

public sealed record Await(string Event) : Step;

/// <summary>Whatever comes first; the loser is cancelled.</summary>
public sealed record AwaitOr(string Event, int Minutes) : Step;

public sealed record Kid(string Id, Step Body) : Step;

public sealed record Sequence(Step[] Steps) : Step;

public sealed record Parallel(Step[] Steps) : Step;

/// <summary>The input of an instance.</summary>
public sealed record Play(Step Body);

/// <summary>An event that will be raised to an instance at a time.</summary>
public sealed record Raise(DateTimeOffset At, string Instance, string Name, string Payload);

/// <summary>A random workflow, the events raised while it runs, and events that nobody waits for.</summary>
public sealed class Story(int seed, DateTimeOffset start)
{
    public const string Root = "root";

    private readonly System.Random random = new(seed);
    private int last;

    public List<Raise> Raises { get; } = [];

    public Step Tell()
    {
        var root = Make(Root, 3);
        for (var i = random.Next(4); i > 0; i--) AddRaise(Root, "noise", $"n{i}");
        return root;
    }

    private Step Make(string instance, int depth)
    {
        var kind = depth == 0 ? random.Next(4) : random.Next(9);
        var id = ++last;
        switch (kind)
        {
            case 0: return new Call(id, random.Next(4) == 0 ? random.Next(3) : 0);
            case 1: return new Sleep(random.Next(0, 600));
            case 2:
                AddRaise(instance, $"e{id}", $"p{id}");
                return new Await($"E{id}");
            case 3:
                if (random.Next(4) > 0) AddRaise(instance, $"e{id}", $"p{id}");
                return new AwaitOr($"e{id}", random.Next(1, 600));
            case 4: return new Kid($"kid.{id}", Make($"kid.{id}", depth - 1));
            case 5 or 6: return new Parallel(Many(instance, depth));
            default: return new Sequence(Many(instance, depth));
        }
    }

    private Step[] Many(string instance, int depth) => [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Make(instance, depth - 1))];

    // Timers fall on whole minutes, events between them: the model needs no rule for ties.
    private void AddRaise(string instance, string name, string payload) =>
        Raises.Add(new(start.AddMinutes(random.Next(0, 900)).AddSeconds(30), instance, name, payload));
}

/// <summary>The same workflow without an engine: when each step ends and what it says.</summary>
public sealed class Model(IReadOnlyList<Raise> raises)
{
    public (DateTimeOffset End, string Said) Run(Step step, DateTimeOffset at) => step switch
    {
        Call call => (at.AddMinutes(call.Pauses), $"c{call.Id}"),
        Sleep sleep => (at.AddMinutes(sleep.Minutes), $"s{sleep.Minutes}"),
        Await wait => Find(wait.Event) is var raised && raised.At > at ? (raised.At, raised.Payload) : (at, raised.Payload),
        AwaitOr wait => Either(wait, at),
        Kid kid => Run(kid.Body, at) is var (end, said) ? (end, $"<{said}>") : default,
        Sequence sequence => sequence.Steps.Aggregate((End: at, Said: ""), (before, next) =>
            Run(next, before.End) is var (end, said) ? (end, $"{before.Said}{said}.") : default),
        Parallel parallel => parallel.Steps.Select(s => Run(s, at)).Aggregate((End: at, Said: ""), (all, one) =>
            (one.End > all.End ? one.End : all.End, $"{all.Said}[{one.Said}]")),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private Raise Find(string name) => raises.Single(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));

    private (DateTimeOffset, string) Either(AwaitOr wait, DateTimeOffset at)
    {
        var raised = raises.SingleOrDefault(r => r.Name == wait.Event);
        var due = at.AddMinutes(wait.Minutes);
        if (raised is null || raised.At > due) return (due, "late");
        return (raised.At > at ? raised.At : at, raised.Payload);
    }
}
