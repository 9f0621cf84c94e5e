using Xunit;
using static PolicyFlows.Durable.OrchestrationRuntimeStatus;

namespace PolicyFlows.Durable.Tests.Random;

/// <summary>Seeded random workflows, with commits that fail and workers that start again, against a plain model.</summary>
public sealed class RandomWorkflowTests
{
    private const int Seeds = 200;
    private const int SqliteSeeds = 25;

    public static TheoryData<int> Batches => [.. Enumerable.Range(0, 8)];

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task Random_workflows_end_when_and_as_the_model_says(int batch)
    {
        for (var seed = batch * Seeds / 8; seed < (batch + 1) * Seeds / 8; seed++) await RunAsync(seed, new InMemoryOrchestrationStore());
    }

    [Fact]
    public async Task Random_workflows_end_as_the_model_says_on_sqlite_too()
    {
        for (var seed = 1_000; seed < 1_000 + SqliteSeeds; seed++)
        {
            using var sqlite = new TempSqlite();
            await RunAsync(seed, sqlite.Store);
        }
    }

    private static async Task RunAsync(int seed, IOrchestrationStore inner)
    {
        try
        {
            await new Simulation(seed, inner).RunAsync();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
        }
    }

    private sealed class Simulation
    {
        private readonly System.Random random;
        private readonly Engine engine;
        private readonly Story story;
        private readonly Step root;
        private readonly DateTimeOffset start;
        private readonly List<Raise> early = [];
        private readonly Dictionary<string, int> raised = new(StringComparer.Ordinal);
        private OrchestrationWorker worker;

        public Simulation(int seed, IOrchestrationStore inner)
        {
            random = new(seed);
            var faults = random.Next(3) == 0 ? 0 : 12;
            var store = new FaultyStore(inner) { Next = _ => random.Next(100) is var r && r < faults ? (r % 2 == 0 ? Fault.Before : Fault.After) : Fault.None };
            engine = new(store);
            start = engine.Clock.Now;
            engine.Registry.Flow<Play, string>("Play", (c, play) => PlayAsync(c, play.Body)).Work<Call, string>("Call", call => $"c{call.Id}");
            story = new(seed, start);
            root = story.Tell();
            worker = engine.Worker;
        }

        public async Task RunAsync()
        {
            var expected = new Model(story.Raises).Run(root, start);
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Play", new Play(root), Story.Root);
            await SettleAsync();
            var ended = engine.Get(Story.Root).IsCompleted ? start : default(DateTimeOffset?);
            foreach (var raises in story.Raises.OrderBy(r => r.At))
            {
                ended ??= await MoveToAsync(raises.At);
                await RaiseAsync(raises);
                await SettleAsync();
                if (ended is null && engine.Get(Story.Root).IsCompleted) ended = engine.Clock.Now;
            }

            ended ??= await MoveToAsync(DateTimeOffset.MaxValue);
            var root1 = engine.Get(Story.Root);
            Assert.Equal((Completed, expected.Said, expected.End), (root1.RuntimeStatus, engine.Output(Story.Root)!, ended));
            foreach (var instance in engine.Store.List(new()))
            {
                Assert.Equal(Completed, instance.RuntimeStatus);
                ReplayCuts.Check(engine, instance.InstanceId);
            }
        }

        /// <summary>Moves from timer to timer. The time at which the root ended, if it did on the way.</summary>
        private async Task<DateTimeOffset?> MoveToAsync(DateTimeOffset at)
        {
            while (engine.Worker.NextDue is { } due && due <= at)
            {
                engine.Clock.Now = due;
                await SettleAsync();
                if (engine.Get(Story.Root).IsCompleted) return engine.Clock.Now;
            }

            if (at < DateTimeOffset.MaxValue) engine.Clock.Now = at;
            return null;
        }

        /// <summary>Runs until idle; a failed commit is the death of the worker, and another one takes over.</summary>
        private async Task SettleAsync()
        {
            while (true)
            {
                try
                {
                    await worker.RunUntilIdleAsync();
                    CheckEvents();
                    var started = early.FindAll(r => engine.Store.Find(r.Instance) is not null);
                    if (started.Count == 0) return;
                    early.RemoveAll(started.Contains);
                    foreach (var raise in started) await RaiseAsync(raise);
                }
                catch (IOException)
                {
                    worker = engine.NewWorker();
                }
            }
        }

        private async Task RaiseAsync(Raise raise)
        {
            // A child that has not started yet cannot be told; the story holds the event back until it has.
            if (engine.Store.Find(raise.Instance) is not { } found)
            {
                early.Add(raise);
                return;
            }

            if (!found.IsCompleted) raised[raise.Instance] = raised.GetValueOrDefault(raise.Instance) + 1;
            await engine.Client.RaiseEventAsync(raise.Instance, raise.Name, raise.Payload);
        }

        /// <summary>Taken, kept and unread events of a live instance are all that were raised to it.</summary>
        private void CheckEvents()
        {
            foreach (var instance in engine.Store.List(new([Running, Pending])))
            {
                var key = engine.Store.FindKey(instance.InstanceId)!.Value;
                var loaded = engine.Store.Load(key, engine.Clock.Now)!;
                var unread = loaded.Messages.Count(m => m.Read() is EventRaised);
                var replayed = OrchestrationExecutor.Run(
                    engine.Registry, new(instance.InstanceId, key), [.. loaded.ReadHistory()], [], engine.Clock.Now, engine.Settings,
                    Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
                Assert.Equal(raised.GetValueOrDefault(instance.InstanceId), replayed.TakenEvents + replayed.BufferedEvents + unread);
            }
        }

        private static async Task<string> PlayAsync(TaskOrchestrationContext c, Step step)
        {
            switch (step)
            {
                case Call call:
                    for (var i = 0; i < call.Pauses; i++) await c.CreateTimer(c.CurrentUtcDateTime.AddMinutes(1), CancellationToken.None);
                    return await c.CallActivityAsync<string>("Call", call);
                case Sleep sleep:
                    await c.CreateTimer(c.CurrentUtcDateTime.AddMinutes(sleep.Minutes), CancellationToken.None);
                    return $"s{sleep.Minutes}";
                case Await wait:
                    return await c.WaitForExternalEvent<string>(wait.Event);
                case AwaitOr wait:
                    return await EitherAsync(c, wait);
                case Kid kid:
                    return $"<{await c.CallSubOrchestratorAsync<string>("Play", new Play(kid.Body), new(kid.Id))}>";
                case Sequence sequence:
                    var said = "";
                    foreach (var next in sequence.Steps) said += await PlayAsync(c, next) + ".";
                    return said;
                case Parallel parallel:
                    return string.Concat((await Task.WhenAll(parallel.Steps.Select(s => PlayAsync(c, s)))).Select(s => $"[{s}]"));
                default:
                    throw new ArgumentOutOfRangeException(nameof(step));
            }
        }

        private static async Task<string> EitherAsync(TaskOrchestrationContext c, AwaitOr wait)
        {
            using var stopTimer = new CancellationTokenSource();
            using var stopWait = new CancellationTokenSource();
            var timer = c.CreateTimer(c.CurrentUtcDateTime.AddMinutes(wait.Minutes), stopTimer.Token);
            var told = c.WaitForExternalEvent<string>(wait.Event, stopWait.Token);
            var first = await Task.WhenAny(told, timer);
            (first == told ? stopTimer : stopWait).Cancel();
            return first == told ? await told : "late";
        }
    }
}
