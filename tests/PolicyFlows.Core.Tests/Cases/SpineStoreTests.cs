using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tests.Records;
using PolicyFlows.Core.Work;
using PolicyFlows.Storage;

namespace PolicyFlows.Core.Tests.Cases;

/// <summary>Case, task, mail, decision, on each store, with a fresh process after every step.</summary>
public sealed class SpineStoreTests
{
    private const string Case = "INC-22222222";

    [Fact]
    public async Task In_memory() => await TellAsync(new InMemoryRecordStore());

    [Fact]
    public async Task On_sqlite()
    {
        using var folder = new TempFolder();
        using var file = SqliteFile.Open(folder.File("spine.db"));
        await TellAsync(new SqliteRecordStore(file));
    }

    private static async Task TellAsync(IRecordStore records)
    {
        List<string> sent = [];
        var spine = await Spine.StartAsync(records);
        await spine.ReportAsync(targets: 3);
        spine = await NextAsync(spine, sent);
        await spine.TurnAsync();
        spine = await NextAsync(spine, sent);
        spine.Time.Now = spine.Time.Now.AddHours(4);
        await spine.LookAsync(Case, "decide-1");
        spine = await NextAsync(spine, sent);
        await spine.DecideAsync(Case, Spine.Deputy, "decide-1", IncidentRoute.Takedown, IncidentRoute.Support);
        for (var no = 1; no <= 3; no++) await spine.TakedownTurnAsync(Case, no);
        spine = await NextAsync(spine, sent);

        Assert.Equal(sent.Distinct(), sent);
        Assert.Contains($"{Case}.decide-1.asked.{Spine.Manager}.1@test", sent);
        Assert.Contains($"{Case}.decide-1.asked.{Spine.Deputy}.1@test", sent);
        Assert.Equal(3, sent.Count(m => m.StartsWith($"{Case}.file-", StringComparison.Ordinal)));
        Assert.DoesNotContain(await spine.OutboxAsync(Case), m => m.SentAt is null);
        Assert.Empty(await spine.RowsAsync(Case, Core.Cases.Rows.WakePrefix));
        Assert.Null(await spine.Get<ChainCheck>().CheckAsync(Case));
        await spine.DisposeAsync();
    }

    /// <summary>Drains and mails, twice, and starts anew.</summary>
    private static async Task<Spine> NextAsync(Spine spine, List<string> sent)
    {
        for (var i = 0; i < 2; i++)
        {
            await spine.Get<WakeupDrain>().DrainAsync(Case);
            await spine.Get<MailPump>().SendDueAsync();
        }

        sent.AddRange(spine.Mail.Sent);
        var next = await spine.RestartAsync();
        await spine.DisposeAsync();
        return next;
    }
}
