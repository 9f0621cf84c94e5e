using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Tests.Cases;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Tests.Evidence;

/// <summary>When evidence leaves quarantine: once somebody has decided about it, whatever comes in between.</summary>
public sealed class QuarantineTests
{
    [Fact]
    public async Task Files_of_a_report_stay_in_quarantine_until_somebody_decides()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.ReportAsync();
        await AddAsync(spine, incident.Reference, "e-1", "e-2");
        await spine.TurnAsync(incident.Reference);
        await DrainAsync(spine, incident.Reference);
        Assert.Empty(spine.Evidence.Kept);

        await spine.DecideAsync(incident.Reference, Spine.Manager, "decide-1", IncidentRoute.NoAction);
        await DrainAsync(spine, incident.Reference);

        Assert.Equal(["e-1", "e-2"], spine.Evidence.Kept);
    }

    [Fact]
    public async Task What_the_store_refuses_to_move_is_tried_again_until_it_moves()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.ReportAsync();
        await AddAsync(spine, incident.Reference, "e-1", "e-2");
        await spine.TurnAsync(incident.Reference);
        await spine.DecideAsync(incident.Reference, Spine.Manager, "decide-1", IncidentRoute.NoAction);
        spine.Evidence.Stuck = "e-2";
        await Assert.ThrowsAsync<AggregateException>(() => DrainAsync(spine, incident.Reference));
        Assert.Equal(["e-1"], spine.Evidence.Kept);

        spine.Evidence.Stuck = null;
        await DrainAsync(spine, incident.Reference);
        await DrainAsync(spine, incident.Reference);

        Assert.Equal(["e-1", "e-1", "e-2"], spine.Evidence.Kept);
    }

    [Fact]
    public async Task A_file_added_with_a_link_to_a_case_under_removal_is_kept_with_it_and_one_added_alone_waits_for_its_decision()
    {
        await using var spine = await Spine.StartAsync();
        var incident = await spine.DecidedAsync(IncidentRoute.Takedown);
        await DrainAsync(spine, incident.Reference);
        await AddAsync(spine, incident.Reference, "e-1");
        await DrainAsync(spine, incident.Reference);
        Assert.Empty(spine.Evidence.Kept);

        await spine.Get<IncidentDesk>().AddAsync(incident.Reference, "more", [Spine.Target(9)], [await FileAsync(spine, "e-2")], spine.As(Spine.Teacher));
        await DrainAsync(spine, incident.Reference);

        Assert.Equal(["e-1", "e-2"], spine.Evidence.Kept);
    }

    private static async Task AddAsync(Spine spine, string reference, params string[] files)
    {
        foreach (var file in files)
            await spine.Get<IncidentDesk>().AddAsync(reference, $"see {file}", [], [await FileAsync(spine, file)], spine.As(Spine.Teacher));
    }

    private static async Task<EvidenceOptions> FileAsync(Spine spine, string file) =>
        new(await spine.Evidence.ReceiveAsync(file, new MemoryStream([1]), "a.txt", 10), "a.txt", spine.Time.Now);

    private static Task DrainAsync(Spine spine, string reference) => spine.Get<WakeupDrain>().DrainAsync(reference);
}
