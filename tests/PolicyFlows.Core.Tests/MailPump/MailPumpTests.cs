using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tests.Cases;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tests.MailPumps;

public sealed class MailPumpTests
{
    private static readonly string Operations = "OPS-20261005";

    [Fact]
    public async Task Lanes_go_in_order_and_each_in_the_order_of_arrival()
    {
        await using var spine = await WithMailsAsync(("o1", MailLane.Other), ("i1", MailLane.Incident), ("s1", MailLane.Safeguarding), ("i2", MailLane.Incident), ("s2", MailLane.Safeguarding));
        Assert.Equal(2, await spine.Get<MailPump>().SendDueAsync(MailLane.Safeguarding));
        Assert.Equal(["s1", "s2"], Sent(spine));
        Assert.Equal(3, await spine.Get<MailPump>().SendDueAsync());
        Assert.Equal(["s1", "s2", "i1", "i2", "o1"], Sent(spine));
        Assert.Empty(await spine.RowsAsync("INC-1", Rows.WakePrefix));
        Assert.All(await spine.OutboxAsync("INC-1"), mail => Assert.Equal(spine.Time.Now, mail.SentAt));
    }

    [Fact]
    public async Task Enqueued_twice_or_after_it_was_sent_a_mail_goes_out_once()
    {
        await using var spine = await WithMailsAsync(("m", MailLane.Other));
        var wake = (await spine.RowsAsync("INC-1", Rows.WakePrefix))[0];
        var pump = spine.Get<MailPump>();
        pump.Enqueue(new("INC-1", "m", MailLane.Other, wake));
        pump.Enqueue(new("INC-1", "m", MailLane.Other, wake));
        await pump.SendDueAsync();
        pump.Enqueue(new("INC-1", "m", MailLane.Other, wake));
        await pump.SendDueAsync();
        Assert.Equal(["m"], Sent(spine));
        Assert.Equal(0, pump.Count);
    }

    [Fact]
    public async Task Ten_rounds_at_once_send_each_mail_once()
    {
        await using var spine = await WithMailsAsync([.. Enumerable.Range(0, 20).Select(i => ($"m{i}", (MailLane)(i % 3)))]);
        var sent = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => spine.Get<MailPump>().SendDueAsync())));
        Assert.Equal(20, sent.Sum());
        Assert.Equal(20, spine.Mail.Offered.Count);
    }

    [Fact]
    public async Task An_outage_is_tried_again_at_most_five_minutes_apart_told_once_and_ends_safeguarding_first()
    {
        await using var spine = await WithMailsAsync([.. Enumerable.Range(0, 9).Select(i => ($"m{i}", (MailLane)(2 - (i % 3))))]);
        var pump = spine.Get<MailPump>();
        spine.Mail.Before = _ => throw new MailUnavailableException("no route");
        for (var round = 0; round < 20; round++)
        {
            await DrainAllAsync(spine);
            await pump.SendDueAsync();
            Assert.Equal("no route", pump.Trouble);
            Assert.InRange(pump.NextDue!.Value - spine.Time.Now, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
            var offered = spine.Mail.Offered.Count;
            spine.Time.Now = pump.NextDue!.Value.AddTicks(-1);
            await pump.SendDueAsync();
            Assert.Equal(offered, spine.Mail.Offered.Count);
            spine.Time.Now = pump.NextDue!.Value;
        }

        Assert.Single(await spine.OpenTasksAsync(Operations));
        spine.Mail.Before = null;
        spine.Mail.Sent.Clear();
        await pump.SendDueAsync();
        Assert.Null(pump.Trouble);
        Assert.Equal(["m2", "m5", "m8"], Sent(spine).Take(3).Order());
        Assert.Equal(["m1", "m4", "m7"], Sent(spine).Skip(3).Take(3).Order());
        Assert.Equal(10, Sent(spine).Count);
    }

    [Fact]
    public async Task A_new_alert_is_tried_at_once_also_in_an_outage_and_first()
    {
        await using var spine = await WithMailsAsync(("i1", MailLane.Incident));
        var pump = spine.Get<MailPump>();
        spine.Mail.Before = _ => throw new MailUnavailableException("down");
        await pump.SendDueAsync();
        spine.Mail.Before = null;
        await QueueAsync(spine, "SG-1", ("s1", MailLane.Safeguarding), ("o1", MailLane.Other));
        await spine.Get<WakeupDrain>().DrainAsync("SG-1");
        await pump.SendDueAsync();
        Assert.Equal(["s1", "i1", "o1"], Sent(spine));
    }

    [Fact]
    public async Task Ten_mails_to_full_mailboxes_hold_up_nobody_in_their_lane_or_below()
    {
        await using var spine = await WithMailsAsync([.. Enumerable.Range(0, 10).Select(i => ($"full{i}", MailLane.Safeguarding)), ("s1", MailLane.Safeguarding), ("i1", MailLane.Incident), ("o1", MailLane.Other)]);
        var pump = spine.Get<MailPump>();
        spine.Mail.Before = m => { if (m.Subject.StartsWith("full", StringComparison.Ordinal)) throw new MailDeferredException("452 mailbox full"); };
        for (var i = 0; i < 10; i++)
        {
            await pump.SendDueAsync();
            spine.Time.Now = spine.Time.Now.AddMinutes(5);
        }

        Assert.Equal(["i1", "o1", "s1"], Sent(spine).Where(m => m.Length == 2).Order());
        spine.Mail.Before = null;
        await pump.SendDueAsync();
        Assert.DoesNotContain((await spine.OutboxAsync("INC-1")), mail => mail.SentAt is null);
    }

    [Fact]
    public async Task One_full_mailbox_alone_in_the_queue_is_no_outage_and_is_tried_again_until_the_administrator_hears_of_it()
    {
        await using var spine = await WithMailsAsync(("full1", MailLane.Incident), ("full2", MailLane.Incident), ("full3", MailLane.Other), ("full4", MailLane.Other));
        var pump = spine.Get<MailPump>();
        spine.Mail.Before = _ => throw new MailDeferredException("452 mailbox full");
        var start = spine.Time.Now;
        while (spine.Time.Now < start.AddHours(2))
        {
            await pump.SendDueAsync();
            Assert.Null(pump.Trouble);
            Assert.InRange(pump.NextDue!.Value - spine.Time.Now, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
            spine.Time.Now = pump.NextDue!.Value;
        }

        Assert.Equal(["stuck-INC-1-full1", "stuck-INC-1-full2", "stuck-INC-1-full3", "stuck-INC-1-full4"], await spine.OpenTasksAsync(Operations));
    }

    [Fact]
    public async Task Three_different_mailboxes_put_off_and_nothing_taken_is_an_outage()
    {
        await using var spine = await WithMailsAsync(("m1", MailLane.Incident), ("m2", MailLane.Incident), ("m3", MailLane.Incident));
        foreach (var (key, to) in new[] { ("m2", "p-102"), ("m3", "p-103") })
            await spine.Records.EditAsync("INC-1", Core.Cases.Rows.Out(key), data => Json.Write(Json.Read<OutboxRow>(data)! with { To = to })!);
        spine.Mail.Before = _ => throw new MailDeferredException("452 disk full");
        await spine.Get<MailPump>().SendDueAsync();
        Assert.Equal("452 disk full", spine.Get<MailPump>().Trouble);
        spine.Mail.Before = m => { if (!m.ToAddress.StartsWith("p-102", StringComparison.Ordinal)) throw new MailDeferredException("452 mailbox full"); };
        spine.Time.Now = spine.Get<MailPump>().NextDue!.Value;
        await spine.Get<MailPump>().SendDueAsync();
        Assert.Null(spine.Get<MailPump>().Trouble);
    }

    [Fact]
    public async Task A_server_that_answers_again_with_a_full_mailbox_only_is_no_longer_down()
    {
        await using var spine = await WithMailsAsync(("m1", MailLane.Incident));
        var pump = spine.Get<MailPump>();
        spine.Mail.Before = _ => throw new MailUnavailableException("no route");
        await pump.SendDueAsync();
        Assert.NotNull(pump.Trouble);
        spine.Mail.Before = _ => throw new MailDeferredException("452 mailbox full");
        spine.Time.Now = pump.NextDue!.Value;
        await pump.SendDueAsync();
        Assert.Null(pump.Trouble);
    }

    [Fact]
    public async Task A_mail_that_cannot_be_written_holds_up_nobody_and_surfaces()
    {
        await using var spine = await WithMailsAsync(("p1", MailLane.Safeguarding), ("p2", MailLane.Safeguarding), ("s1", MailLane.Safeguarding), ("i1", MailLane.Incident));
        spine.Mail.Unwritable.UnionWith(["p1", "p2"]);
        var pump = spine.Get<MailPump>();
        var fault = await Assert.ThrowsAsync<AggregateException>(() => pump.SendDueAsync());
        Assert.Equal(2, fault.InnerExceptions.Count);
        Assert.Equal(["s1", "i1"], Sent(spine));
        Assert.Null(pump.Trouble);
        Assert.Equal(0, await pump.SendDueAsync());
        spine.Mail.Unwritable.Clear();
        spine.Time.Now = pump.NextDue!.Value;
        Assert.Equal(2, await pump.SendDueAsync());
    }

    [Fact]
    public async Task A_mail_that_fails_alone_for_an_hour_becomes_one_task_of_the_administrator()
    {
        await using var spine = await WithMailsAsync(("decide-1.asked.p-101.1", MailLane.Incident));
        spine.Mail.Unwritable.Add("decide-1.asked.p-101.1");
        var pump = spine.Get<MailPump>();
        var start = spine.Time.Now;
        while (spine.Time.Now < start.AddHours(3))
        {
            await Assert.ThrowsAsync<AggregateException>(() => pump.SendDueAsync());
            spine.Time.Now = pump.NextDue!.Value;
        }

        Assert.Equal(["stuck-INC-1-decide-1-asked-p-101-1"], await spine.OpenTasksAsync(Operations));
    }

    [Fact]
    public async Task Accepted_and_not_marked_a_mail_is_only_marked_the_next_time()
    {
        await using var spine = await WithMailsAsync(("m", MailLane.Other));
        var pump = spine.Get<MailPump>();
        var accepted = spine.Time.Now;
        spine.Records.BeforeCommit = (partition, _) => partition == "INC-1" ? throw new IOException("disk full") : Task.CompletedTask;
        await Assert.ThrowsAsync<AggregateException>(() => pump.SendDueAsync());
        spine.Time.Now = pump.NextDue!.Value;
        await Assert.ThrowsAsync<AggregateException>(() => pump.SendDueAsync());
        spine.Records.BeforeCommit = null;
        spine.Time.Now = pump.NextDue!.Value;
        Assert.Equal(1, await pump.SendDueAsync());
        Assert.Single(spine.Mail.Offered);
        Assert.Equal(accepted, Assert.Single(await spine.OutboxAsync("INC-1")).SentAt);
        Assert.Equal(0, pump.Count);
    }

    [Fact]
    public async Task Accepted_by_a_process_that_dies_before_marking_a_mail_comes_again_with_the_same_message_id()
    {
        var records = new InMemoryRecordStore();
        await using var first = await Spine.StartAsync(records);
        await QueueAsync(first, "INC-1", ("m", MailLane.Other));
        await DrainAllAsync(first);
        first.Records.BeforeCommit = (_, _) => throw new IOException("died");
        await Assert.ThrowsAsync<AggregateException>(() => first.Get<MailPump>().SendDueAsync());
        first.Records.BeforeCommit = null;
        await using var second = await first.RestartAsync();
        await DrainAllAsync(second);
        await second.Get<MailPump>().SendDueAsync();
        Assert.Equal(first.Mail.Sent, second.Mail.Sent);
        Assert.Empty(await second.RowsAsync("INC-1", Rows.WakePrefix));
    }

    [Fact]
    public async Task A_refused_mail_is_one_task_of_the_administrator_also_when_marking_it_fails_and_is_not_tried_again()
    {
        await using var spine = await WithMailsAsync(("m", MailLane.Incident));
        var pump = spine.Get<MailPump>();
        spine.Mail.Before = m => { if (m.Subject == "m") throw new MailRefusedException("550 unknown"); };
        spine.Records.BeforeCommit = (partition, _) => partition == "INC-1" ? throw new IOException("died") : Task.CompletedTask;
        await Assert.ThrowsAsync<AggregateException>(() => pump.SendDueAsync());
        Assert.Equal(["refused-INC-1-m"], await spine.OpenTasksAsync(Operations));
        spine.Records.BeforeCommit = null;
        spine.Time.Now = pump.NextDue!.Value;
        await pump.SendDueAsync();
        Assert.Equal(["refused-INC-1-m"], await spine.OpenTasksAsync(Operations));
        var row = Assert.Single(await spine.OutboxAsync("INC-1"));
        Assert.Equal(("550 unknown", true, false), (row.LastError, row.RefusedAt is not null, row.SentAt is not null));
        await DrainAllAsync(spine);
        await pump.SendDueAsync();
        Assert.Equal(2, spine.Mail.Offered.Count(m => m.StartsWith("INC-1", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Refused_mail_to_the_administrator_raises_nothing_more()
    {
        await using var spine = await WithMailsAsync(("m", MailLane.Incident));
        spine.Mail.Before = _ => throw new MailRefusedException("550 unknown");
        for (var i = 0; i < 3; i++)
        {
            await spine.Get<MailPump>().SendDueAsync();
            await DrainAllAsync(spine);
        }

        Assert.Equal(["refused-INC-1-m"], await spine.OpenTasksAsync(Operations));
    }

    [Fact]
    public async Task A_mail_whose_row_was_erased_is_forgotten()
    {
        await using var spine = await WithMailsAsync(("m", MailLane.Incident));
        await spine.Records.RemoveAsync("INC-1", Rows.Out("m"));
        await spine.Get<MailPump>().SendDueAsync();
        Assert.Empty(spine.Mail.Offered);
        Assert.Empty(await spine.RowsAsync("INC-1", Rows.WakePrefix));
    }

    private static IReadOnlyList<string> Sent(Spine spine) => [.. spine.Mail.Sent.Select(id => id.Split('@')[0]).Select(id => id[(id.IndexOf('.', StringComparison.Ordinal) + 1)..])];

    private static async Task<Spine> WithMailsAsync(params (string Key, MailLane Lane)[] mails)
    {
        var spine = await Spine.StartAsync();
        await QueueAsync(spine, "INC-1", mails);
        await DrainAllAsync(spine);
        return spine;
    }

    private static Task QueueAsync(Spine spine, string caseId, params (string Key, MailLane Lane)[] mails) => spine.Cases.ChangeAsync(caseId, spine.As("program"), async change =>
    {
        change.Note("test");
        foreach (var (key, lane) in mails) await change.MailAsync(new() { Key = key, Lane = lane, Kind = MailKind.Receipt, To = "p-101", QueuedAt = change.Now });
    });

    private static async Task DrainAllAsync(Spine spine)
    {
        await foreach (var caseId in spine.Get<CaseListing>().AllAsync()) await spine.Get<WakeupDrain>().DrainAsync(caseId);
    }
}
