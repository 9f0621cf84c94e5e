using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tests.Cases;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Tests.MailPumps;

/// <summary>Two processes on one store, as two workers on Azure.</summary>
public sealed class MailClaimTests
{
    private static readonly MailClaims First = new("first"), Second = new("second");

    [Fact]
    public async Task While_one_process_hands_a_mail_over_another_that_sees_it_leaves_it_alone()
    {
        await using var first = await WithMailAsync(First);
        await using var second = await first.RestartAsync(Second);
        await second.Get<WakeupDrain>().DrainAsync("INC-1");
        var seen = new List<OutboxRow>();
        var elsewhere = -1;
        first.Mail.Before = _ =>
        {
            seen.AddRange(first.OutboxAsync("INC-1").GetAwaiter().GetResult());
            elsewhere = second.Get<MailPump>().SendDueAsync().GetAwaiter().GetResult();
        };

        Assert.Equal(1, await first.Get<MailPump>().SendDueAsync());

        Assert.Equal(0, elsewhere);
        Assert.Empty(second.Mail.Offered);
        Assert.Equal(("first", first.System.Now.AddMinutes(3), null), (seen[0].ClaimedBy, seen[0].ClaimedUntil, seen[0].SentAt));
        var row = Assert.Single(await first.OutboxAsync("INC-1"));
        Assert.Equal((first.Time.Now, null, null), (row.SentAt, row.ClaimedBy, row.ClaimedUntil));
        // Not told as an outage, not tried in a hot loop, and forgotten once its turn comes.
        var pump = second.Get<MailPump>();
        Assert.Null(pump.Trouble);
        Assert.Equal(second.Time.Now.AddMinutes(3), pump.NextDue);
        Forward(TimeSpan.FromMinutes(3), second);
        await pump.SendDueAsync();
        Assert.Empty(second.Mail.Offered);
        Assert.Equal(0, pump.Count);
    }

    [Fact]
    public async Task Both_see_every_mail_at_once_and_each_goes_out_once()
    {
        await using var first = await Spine.StartAsync(claims: First);
        await using var second = await first.RestartAsync(Second);
        await QueueAsync(first, [.. Enumerable.Range(0, 40).Select(i => ($"m{i}", (MailLane)(i % 3)))]);
        foreach (var process in new[] { first, second }) await process.Get<WakeupDrain>().DrainAsync("INC-1");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? first : second).Get<MailPump>().SendDueAsync())));

        var offered = first.Mail.Offered.Concat(second.Mail.Offered).ToList();
        Assert.Equal(40, offered.Count);
        Assert.Equal(40, offered.Distinct().Count());
        Assert.All(await first.OutboxAsync("INC-1"), mail => Assert.NotNull(mail.SentAt));
        Assert.Empty(await first.RowsAsync("INC-1", Rows.WakePrefix));
    }

    [Fact]
    public async Task Who_claims_a_moment_earlier_has_it()
    {
        await using var first = await WithMailAsync(First);
        await using var second = await first.RestartAsync(Second);
        await second.Get<WakeupDrain>().DrainAsync("INC-1");
        var raced = false;
        // The first has read the row and is about to claim it.
        first.Records.BeforeCommit = async (partition, _) =>
        {
            if (raced || partition != "INC-1") return;
            raced = true;
            Assert.Equal(1, await second.Get<MailPump>().SendDueAsync());
        };
        Assert.Equal(0, await first.Get<MailPump>().SendDueAsync());
        Assert.Equal((0, 1), (first.Mail.Offered.Count, second.Mail.Offered.Count));
    }

    [Fact]
    public async Task A_process_that_dies_under_way_is_followed_by_another_when_its_claim_has_run_out()
    {
        await using var first = await WithMailAsync(First);
        // Dies with the mail handed over and nothing marked: nothing of it is written any more.
        first.Mail.Before = _ => first.Records.BeforeCommit = (_, _) => throw new IOException("died");
        await Assert.ThrowsAsync<AggregateException>(() => first.Get<MailPump>().SendDueAsync());
        Assert.Single(first.Mail.Sent);

        await using var second = await first.RestartAsync(Second);
        for (var minute = 0; minute < 3; minute++)
        {
            await second.Get<WakeupDrain>().DrainAsync("INC-1");
            Assert.Equal(0, await second.Get<MailPump>().SendDueAsync());
            Assert.Empty(second.Mail.Offered);
            Forward(TimeSpan.FromMinutes(1), second);
        }

        Assert.Equal(1, await second.Get<MailPump>().SendDueAsync());
        // The same message, which the reader's server knows by its id.
        Assert.Equal(first.Mail.Sent, second.Mail.Sent);
        Assert.NotNull(Assert.Single(await second.OutboxAsync("INC-1")).SentAt);
        Assert.Empty(await second.RowsAsync("INC-1", Rows.WakePrefix));
    }

    [Fact]
    public async Task A_process_of_the_same_machine_after_a_restart_is_another_one()
    {
        await using var first = await WithMailAsync(MailClaims.OfThisProcess());
        first.Mail.Before = _ => first.Records.BeforeCommit = (_, _) => throw new IOException("died");
        await Assert.ThrowsAsync<AggregateException>(() => first.Get<MailPump>().SendDueAsync());
        await using var again = await first.RestartAsync(MailClaims.OfThisProcess());
        await again.Get<WakeupDrain>().DrainAsync("INC-1");
        Assert.Equal(0, await again.Get<MailPump>().SendDueAsync());
        Forward(MailClaims.DefaultLife, again);
        Assert.Equal(1, await again.Get<MailPump>().SendDueAsync());
    }

    [Fact]
    public async Task What_a_process_could_not_send_it_tries_again_itself_although_it_has_claimed_it()
    {
        await using var first = await WithMailAsync(First);
        var pump = first.Get<MailPump>();
        first.Mail.Before = _ => throw new MailUnavailableException("no route");
        await pump.SendDueAsync();
        first.Mail.Before = null;
        first.Time.Now = pump.NextDue!.Value;
        Assert.Equal(1, await pump.SendDueAsync());
    }

    [Fact]
    public async Task A_mail_that_could_not_be_written_or_is_refused_leaves_no_claim()
    {
        await using var first = await WithMailAsync(First);
        first.Mail.Unwritable.Add("m");
        await Assert.ThrowsAsync<AggregateException>(() => first.Get<MailPump>().SendDueAsync());
        Assert.Null(Assert.Single(await first.OutboxAsync("INC-1")).ClaimedBy);
        first.Mail.Unwritable.Clear();
        first.Mail.Before = m => { if (m.Subject == "m") throw new MailRefusedException("550 unknown"); };
        first.Time.Now = first.Get<MailPump>().NextDue!.Value;
        await first.Get<MailPump>().SendDueAsync();
        var row = Assert.Single(await first.OutboxAsync("INC-1"));
        Assert.Equal((true, null), (row.RefusedAt is not null, row.ClaimedBy));
    }

    [Fact]
    public async Task One_process_alone_writes_no_claim()
    {
        await using var spine = await WithMailAsync(claims: null);
        var writes = new List<RowWrite>();
        spine.Records.BeforeCommit = (partition, batch) =>
        {
            if (partition == "INC-1") writes.AddRange(batch);
            return Task.CompletedTask;
        };
        spine.Mail.Before = _ => Assert.Empty(writes);
        await spine.Get<MailPump>().SendDueAsync();
        Assert.Equal(2, writes.Count);
        Assert.DoesNotContain("claimed", Assert.IsType<RowWrite.Replace>(writes[0]).Data, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_has_a_name_and_a_time()
    {
        Assert.Throws<ArgumentException>(() => new MailClaims(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MailClaims("p", TimeSpan.Zero));
        Assert.NotEqual(MailClaims.OfThisProcess().Process, MailClaims.OfThisProcess().Process);
    }

    private static async Task<Spine> WithMailAsync(MailClaims? claims)
    {
        var spine = await Spine.StartAsync(claims: claims);
        await QueueAsync(spine, ("m", MailLane.Incident));
        await spine.Get<WakeupDrain>().DrainAsync("INC-1");
        return spine;
    }

    private static Task QueueAsync(Spine spine, params (string Key, MailLane Lane)[] mails) => spine.Cases.ChangeAsync("INC-1", spine.As("program"), async change =>
    {
        change.Note("test");
        foreach (var (key, lane) in mails) await change.MailAsync(new() { Key = key, Lane = lane, Kind = MailKind.Receipt, To = "p-101", QueuedAt = change.Now });
    });

    private static void Forward(TimeSpan time, Spine spine)
    {
        spine.Time.Now += time;
        spine.System.Now += time;
    }
}
