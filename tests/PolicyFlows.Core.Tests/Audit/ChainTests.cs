using System.Text;
using PolicyFlows.Core.Audit;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tests.Cases;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tests.Audit;

public sealed class ChainTests
{
    private const string Case = "INC-1";
    private const int Entries = 200;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task A_change_deletion_or_swap_anywhere_in_200_entries_is_found(int seed)
    {
        await using var spine = await WithChainAsync();
        var random = new Random(seed);
        var no = random.Next(1, Entries + 1);
        var row = Rows.Timeline(no);
        switch (seed % 8)
        {
            case 0:
                await spine.Records.RemoveAsync(Case, row);
                break;
            case 1:
                await EditAsync(spine, row, e => e with { Code = e.Code + "x" });
                break;
            case 2:
                await EditAsync(spine, row, e => e with { At = e.At.AddSeconds(1) });
                break;
            case 3:
                await EditAsync(spine, row, e => e with { PersonKey = "p-999" });
                break;
            case 4:
                // Rewritten with a hash that fits its own fields.
                await EditAsync(spine, row, e => e with { Fact = "other" }, rehash: true);
                break;
            case 5:
                var other = Rows.Timeline(1 + (no % Entries));
                var (a, b) = ((await spine.Records.GetAsync(Case, row))!.Data, (await spine.Records.GetAsync(Case, other))!.Data);
                await spine.Records.EditAsync(Case, row, _ => b);
                await spine.Records.EditAsync(Case, other, _ => a);
                break;
            case 6:
                await spine.Records.EditAsync(Case, row, _ => "{ broken");
                break;
            default:
                await spine.Records.EditAsync(Case, row, _ => "null");
                break;
        }

        var difference = await spine.Get<ChainCheck>().CheckAsync(Case);
        Assert.NotNull(difference);
        Assert.Equal(Case, difference.CaseId);
    }

    [Fact]
    public async Task The_first_difference_is_named()
    {
        await using var spine = await WithChainAsync();
        await EditAsync(spine, Rows.Timeline(120), e => e with { Clause = "1.1" });
        await EditAsync(spine, Rows.Timeline(60), e => e with { Clause = "1.1" });
        Assert.Equal(Rows.Timeline(60), (await spine.Get<ChainCheck>().CheckAsync(Case))!.Row);
    }

    [Theory, InlineData(1), InlineData(57), InlineData(199)]
    public async Task Entries_cut_off_at_the_end_are_found(int left)
    {
        await using var spine = await WithChainAsync();
        for (var no = left + 1; no <= Entries; no++) await spine.Records.RemoveAsync(Case, Rows.Timeline(no));
        Assert.Equal(Rows.Chain, (await spine.Get<ChainCheck>().CheckAsync(Case))!.Row);
    }

    [Fact]
    public async Task An_entry_added_at_the_end_behind_the_program_is_found()
    {
        await using var spine = await WithChainAsync();
        var last = Json.Read<TimelineEntry>((await spine.Records.GetAsync(Case, Rows.Timeline(Entries)))!.Data)!;
        var forged = last with { No = Entries + 1, Previous = last.Hash };
        forged = forged with { Hash = forged.ComputeHash() };
        await spine.Records.CommitAsync(Case, [new RowWrite.Insert(Rows.Timeline(forged.No), Json.Write(forged)!)]);
        Assert.NotNull(await spine.Get<ChainCheck>().CheckAsync(Case));
    }

    [Theory, InlineData("{ broken"), InlineData("null"), InlineData("""{"count":200,"head":"00"}""")]
    public async Task A_changed_head_is_found(string data)
    {
        await using var spine = await WithChainAsync();
        await spine.Records.EditAsync(Case, Rows.Chain, _ => data);
        Assert.Equal(Rows.Chain, (await spine.Get<ChainCheck>().CheckAsync(Case))!.Row);
    }

    [Fact]
    public async Task A_missing_head_is_found()
    {
        await using var spine = await WithChainAsync();
        await spine.Records.RemoveAsync(Case, Rows.Chain);
        Assert.NotNull(await spine.Get<ChainCheck>().CheckAsync(Case));
    }

    [Fact]
    public async Task An_erased_text_is_no_difference_and_a_changed_or_invented_one_is()
    {
        await using var spine = await WithChainAsync();
        var check = spine.Get<ChainCheck>();
        await spine.Records.RemoveAsync(Case, Rows.Text(10));
        Assert.Null(await check.CheckAsync(Case));
        await spine.Records.CommitAsync(Case, [new RowWrite.Insert(Rows.Text(10), Json.Write(new TimelineText("salt", "never said"))!)]);
        Assert.Equal(Rows.Text(10), (await check.CheckAsync(Case))!.Row);
        await spine.Records.RemoveAsync(Case, Rows.Text(10));
        await spine.Records.CommitAsync(Case, [new RowWrite.Insert(Rows.Text(11), Json.Write(new TimelineText("salt", "entry 11 has none"))!)]);
        Assert.Equal(Rows.Text(11), (await check.CheckAsync(Case))!.Row);
        await spine.Records.EditAsync(Case, Rows.Text(11), _ => "{ broken");
        Assert.Equal(Rows.Text(11), (await check.CheckAsync(Case))!.Row);
    }

    /// <summary>Says what the chain does not prove by itself, as <see cref="ChainCheck"/> documents.</summary>
    [Fact]
    public async Task A_truncation_with_a_head_set_back_fits_and_shows_only_against_an_earlier_days_head()
    {
        await using var spine = await WithChainAsync();
        var sealedBefore = await spine.Get<DaySeal>().SealAsync();
        var kept = Json.Read<TimelineEntry>((await spine.Records.GetAsync(Case, Rows.Timeline(150)))!.Data)!;
        for (var no = 151; no <= Entries; no++)
        {
            await spine.Records.RemoveAsync(Case, Rows.Timeline(no));
            if (await spine.Records.GetAsync(Case, Rows.Text(no)) is not null) await spine.Records.RemoveAsync(Case, Rows.Text(no));
        }

        await spine.Records.EditAsync(Case, Rows.Chain, _ => Json.Write(new ChainHead(150, kept.Hash))!);
        Assert.Null(await spine.Get<ChainCheck>().CheckAsync(Case));
        spine.Time.Now = spine.Time.Now.AddDays(1);
        Assert.NotEqual(sealedBefore.Hash, (await spine.Get<DaySeal>().SealAsync()).Hash);
    }

    [Fact]
    public async Task The_days_head_is_written_once_and_moves_with_every_entry()
    {
        await using var spine = await WithChainAsync();
        var seal = spine.Get<DaySeal>();
        var first = await seal.SealAsync();
        await NoteAsync(spine, 1);
        Assert.Equal(first, await seal.SealAsync());
        spine.Time.Now = spine.Time.Now.AddDays(1);
        var second = await seal.SealAsync();
        Assert.NotEqual(first.Hash, second.Hash);
        spine.Time.Now = spine.Time.Now.AddDays(1);
        Assert.Equal(second.Hash, (await seal.SealAsync()).Hash);
    }

    [Fact]
    public async Task Evidence_that_was_changed_removed_or_hidden_is_found()
    {
        await using var spine = await Spine.StartAsync();
        var received = await spine.Evidence.ReceiveAsync("blob-1", new MemoryStream(Encoding.UTF8.GetBytes("insult")), "a.txt", 100);
        var incident = await spine.ReportAsync();
        await spine.Get<IncidentDesk>().AddAsync(incident.Reference, "more", [], [new(received, "a.txt", spine.Time.Now)], spine.As(Spine.Teacher));
        var verification = spine.Get<Verification>();
        Assert.Equal((1, 1, null), ((await verification.RunAsync()) is var whole ? (whole.Cases, whole.EvidenceItems, whole.First) : default));

        spine.Evidence.All["blob-1"][0] ^= 1;
        Assert.Contains("changed after", (await verification.RunAsync()).First!.What, StringComparison.Ordinal);
        var file = spine.Evidence.All["blob-1"];
        spine.Evidence.All.Remove("blob-1");
        Assert.Contains("missing", (await verification.RunAsync()).First!.What, StringComparison.Ordinal);
        file[0] ^= 1;
        spine.Evidence.All["blob-1"] = file;
        await spine.Records.EditAsync(incident.Reference, Rows.Evidence(1), data => data.Replace(received.Sha256, new string('0', 64), StringComparison.Ordinal));
        Assert.Contains("another hash", (await verification.RunAsync()).First!.What, StringComparison.Ordinal);
        await spine.Records.RemoveAsync(incident.Reference, Rows.Evidence(1));
        Assert.Contains("evidence-1 is missing", (await verification.RunAsync()).First!.What, StringComparison.Ordinal);
    }

    private static async Task<Spine> WithChainAsync()
    {
        var spine = await Spine.StartAsync();
        for (var i = 0; i < Entries; i += 10)
        {
            spine.Time.Now = spine.Time.Now.AddMinutes(7);
            await NoteAsync(spine, 10);
        }

        Assert.Null(await spine.Get<ChainCheck>().CheckAsync(Case));
        return spine;
    }

    private static Task NoteAsync(Spine spine, int count) => spine.Cases.ChangeAsync(Case, spine.As("p-101"), change =>
    {
        for (var i = 1; i <= count; i++) change.Note("step", "9.1", $"task-{i}", i % 2 == 0 ? "text" : null, "fact");
        return Task.CompletedTask;
    });

    private static Task EditAsync(Spine spine, string row, Func<TimelineEntry, TimelineEntry> edit, bool rehash = false) => spine.Records.EditAsync(Case, row, data =>
    {
        var edited = edit(Json.Read<TimelineEntry>(data)!);
        return Json.Write(rehash ? edited with { Hash = edited.ComputeHash() } : edited)!;
    });
}
