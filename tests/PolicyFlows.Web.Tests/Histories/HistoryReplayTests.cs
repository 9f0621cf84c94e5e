using Microsoft.Extensions.Logging.Abstractions;
using PolicyFlows.Core;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Support;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Durable;
using PolicyFlows.Web.Tests.Scenarios;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Histories;

/// <summary>
/// Histories that released versions wrote, played again by today's code: an orchestration whose steps change without a new version fails here
/// instead of parking the cases that are under way. A file of a released version is never changed. For a new one: raise Workflows.Version,
/// keep the old class, and run this class with POLICYFLOWS_RECORD_HISTORIES set to this folder. While a version is not released, a file of it
/// may be deleted and recorded anew.
/// </summary>
public sealed class HistoryReplayTests
{
    private static readonly DurableTaskRegistry Registry = Workflows.Register(new DurableTaskRegistry());

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(StoredHistory.Folder, "*.json", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(StoredHistory.Folder, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_stored_history_is_played_to_its_end_with_the_same_steps(string file) => Replay(StoredHistory.Read(Path.Combine(StoredHistory.Folder, file)));

    /// <summary>The story from which new files are recorded.</summary>
    [Fact]
    public async Task What_todays_program_writes_it_plays_again_for_every_orchestration()
    {
        await using var program = await TestProgram.StartAsync(new() { Pages = false });
        var acts = new ServiceActs(program);
        await acts.AcknowledgeAsync(Dsl, await acts.AlertAsync());
        var incident = await acts.ReportAsync(new());
        await program.AtAsync(5);
        await acts.DecideAsync(Manager, incident, IncidentRoute.Takedown, IncidentRoute.Police, IncidentRoute.Support);
        await program.Get<SupportDesk>().AnswerAsync(incident, "accepted", program.As(Teacher));
        await program.AtAsync(6);
        await program.Get<PoliceDesk>().ConsentAsync(incident, "consent-1", ConsentAnswer.TalkFirst, program.As(Teacher));
        await program.AtAsync(7);
        await program.Get<PoliceDesk>().TalkedAsync(incident, "talk-1", null, program.As(Manager));
        await program.AtAsync(8);
        await program.Get<PoliceDesk>().ConsentAsync(incident, "consent-2", ConsentAnswer.No, program.As(Teacher));
        await program.AtAsync(20);
        await acts.FiledAsync(Manager, incident, "file-01");
        await program.AtAsync(44);
        await acts.CheckedAsync(Manager, incident, "check-01-1", CheckOutcome.Gone);
        await program.AtAsync(68);
        await acts.CheckedAsync(Manager, incident, "check-01-2", CheckOutcome.Gone);
        await program.AtAsync(24 * 9);
        await acts.CheckedAsync(Manager, incident, "later-01-7d-1", CheckOutcome.Gone);

        var finished = StoredHistory.FinishedOf(program);
        Assert.Equal(Registry.OrchestratorNames.Order(StringComparer.Ordinal), finished.Select(h => h.Name).Distinct().Order(StringComparer.Ordinal));
        foreach (var history in finished) Replay(history);
        StoredHistory.Record(finished);
    }

    [Fact]
    public void Every_orchestration_of_todays_version_has_a_stored_history() => Assert.Equal(
        Registry.OrchestratorNames.Order(StringComparer.Ordinal),
        Files.Select(file => StoredHistory.Read(Path.Combine(StoredHistory.Folder, file.Data))).Where(h => h.Version == Workflows.Version).Select(h => h.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_step_that_has_another_name_today_is_noticed(string file)
    {
        var stored = StoredHistory.Read(Path.Combine(StoredHistory.Folder, file));
        var first = stored.Events.OfType<ActivityScheduled>().First();
        IReadOnlyList<HistoryEvent> renamed = [.. stored.Events.Select(e => ReferenceEquals(e, first) ? first with { Name = "Renamed" } : e)];
        Assert.Contains("Renamed", Play(stored, renamed, [new TurnStarted(DateTimeOffset.MaxValue), new EventRaised("nothing", null)]).BlockedReason, StringComparison.Ordinal);
    }

    private static void Replay(StoredHistory stored)
    {
        Assert.True(stored.Events.OfType<ActivityScheduled>().Any(), "A history without work proves nothing.");
        var starts = stored.Events.Select((e, i) => (e, i)).Where(t => t.e is TurnStarted).Select(t => t.i).Append(stored.Events.Count).ToList();
        for (var turn = 0; turn + 1 < starts.Count; turn++)
        {
            var (before, now) = (stored.Events.Take(starts[turn]).ToList(), stored.Events.Skip(starts[turn]).Take(starts[turn + 1] - starts[turn]).ToList());
            var result = Play(stored, before, now);
            Assert.True(result.BlockedReason is null, $"{stored.InstanceId}, turn {turn + 1}: {result.BlockedReason}");
            Assert.Equal(now.Select(HistoryJson.Write), result.Events.Select(HistoryJson.Write));
        }
    }

    private static TurnResult Play(StoredHistory stored, IReadOnlyList<HistoryEvent> before, IReadOnlyList<HistoryEvent> turn) => OrchestrationExecutor.Run(
        Registry, new OrchestrationIdentity(stored.InstanceId, stored.Key), before, [.. turn.OfType<IncomingEvent>()], turn.OfType<TurnStarted>().Single().At,
        new OrchestrationSettings(stored.Version), NullLoggerFactory.Instance);
}
