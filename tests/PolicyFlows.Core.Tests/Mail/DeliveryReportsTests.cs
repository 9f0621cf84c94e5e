using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tests.Cases;
using PolicyFlows.Core.Work;
using PolicyFlows.Durable;

namespace PolicyFlows.Core.Tests.Mail;

public sealed class DeliveryReportsTests
{
    private const string Operations = "OPS-20261005", Case = "INC-1", Key = "ask.decide-1.p-101.1", Raised = "refused-INC-1-ask-decide-1-p-101-1";

    private static readonly DeliveryReport Bounce = new("e1", Case, Key, DeliveryOutcome.Bounced, "5.1.1 Invalid Address");

    [Theory]
    [InlineData(DeliveryOutcome.Bounced)]
    [InlineData(DeliveryOutcome.Blocked)]
    [InlineData(DeliveryOutcome.Dropped)]
    public async Task A_mail_that_did_not_arrive_stands_as_refused_and_is_a_task_of_the_administrator(DeliveryOutcome outcome)
    {
        await using var spine = await SentAsync();
        var chain = await spine.RowsAsync(Case, Rows.TimelinePrefix);
        spine.Time.Now = spine.Time.Now.AddMinutes(3);
        await TakeAsync(spine, Bounce with { Outcome = outcome });
        var row = Assert.Single(await spine.OutboxAsync(Case));
        Assert.Equal((spine.Time.Now, spine.Time.Now.AddMinutes(-3)), (row.RefusedAt, row.SentAt));
        Assert.Contains("5.1.1 Invalid Address", row.LastError, StringComparison.Ordinal);
        Assert.Equal([Raised], await spine.OpenTasksAsync(Operations));
        Assert.Equal(chain, await spine.RowsAsync(Case, Rows.TimelinePrefix));
        Assert.False(await spine.Get<Deliveries>().IsOutAsync(Case, "decide-1"));
    }

    [Fact]
    public async Task Called_spam_it_is_a_task_although_it_arrived()
    {
        await using var spine = await SentAsync();
        await TakeAsync(spine, Bounce with { Outcome = DeliveryOutcome.MarkedAsSpam, Detail = null });
        var row = Assert.Single(await spine.OutboxAsync(Case));
        Assert.Equal((null, "The mail was marked as spam."), (row.RefusedAt, row.LastError));
        Assert.Equal([Raised], await spine.OpenTasksAsync(Operations));
        Assert.True(await spine.Get<Deliveries>().IsOutAsync(Case, "decide-1"));
    }

    [Fact]
    public async Task Put_off_it_is_noted_and_troubles_nobody()
    {
        await using var spine = await SentAsync();
        await TakeAsync(spine, Bounce with { Outcome = DeliveryOutcome.Deferred });
        Assert.Empty(await spine.RowsAsync(Operations, Rows.TaskPrefix));
        var row = Assert.Single(await spine.OutboxAsync(Case));
        Assert.Null(row.RefusedAt);
        Assert.Contains("puts the mail off", row.LastError, StringComparison.Ordinal);
        // The end of it is told under an id of its own.
        await TakeAsync(spine, Bounce with { EventId = "e2" });
        Assert.NotNull(Assert.Single(await spine.OutboxAsync(Case)).RefusedAt);
    }

    [Fact]
    public async Task Told_again_at_once_or_later_it_is_done_once()
    {
        await using var spine = await SentAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TakeAsync(spine, Bounce))));
        var once = Assert.Single(await spine.OutboxAsync(Case));
        spine.Time.Now = spine.Time.Now.AddDays(1);
        await TakeAsync(spine, Bounce);
        await TakeAsync(spine, Bounce with { EventId = "e2", Outcome = DeliveryOutcome.Dropped });
        await TakeAsync(spine, Bounce with { EventId = "e3", Outcome = DeliveryOutcome.Deferred });
        Assert.Equal(once, Assert.Single(await spine.OutboxAsync(Case)));
        Assert.Equal([Raised], await spine.OpenTasksAsync(Operations));
        Assert.Empty(await spine.RowsAsync("OPS-20261006", Rows.TaskPrefix));
        Assert.Equal(3, (await spine.RowsAsync(DeliveryReports.Partition, "")).Count);
    }

    [Fact]
    public async Task Dying_at_any_step_loses_nothing_and_the_next_telling_does_the_rest()
    {
        for (var step = 1; ; step++)
        {
            await using var spine = await SentAsync();
            var commits = 0;
            spine.Records.BeforeCommit = (_, _) => ++commits == step ? throw new IOException("died") : Task.CompletedTask;
            var died = await Record.ExceptionAsync(() => TakeAsync(spine, Bounce));
            spine.Records.BeforeCommit = null;
            if (died is null)
            {
                Assert.InRange(step, 4, 20);
                return;
            }

            // Never marked without its task, never noted without its mark.
            if (Assert.Single(await spine.OutboxAsync(Case)).RefusedAt is not null) Assert.Equal([Raised], await spine.OpenTasksAsync(Operations));
            Assert.Empty(await spine.RowsAsync(DeliveryReports.Partition, ""));

            await TakeAsync(spine, Bounce);
            Assert.NotNull(Assert.Single(await spine.OutboxAsync(Case)).RefusedAt);
            Assert.Equal([Raised], await spine.OpenTasksAsync(Operations));
            Assert.Single(await spine.RowsAsync(DeliveryReports.Partition, ""));
        }
    }

    [Theory]
    [InlineData("INC-9", Key)]
    [InlineData(Case, "other")]
    [InlineData("", "")]
    [InlineData("a/b", Key)]
    [InlineData(Case, "a#b?\u0000")]
    [InlineData("directory", Key)]
    public async Task A_report_about_no_mail_of_ours_changes_nothing(string caseId, string key)
    {
        await using var spine = await SentAsync();
        var before = Assert.Single(await spine.OutboxAsync(Case));
        await TakeAsync(spine, Bounce with { CaseId = caseId, Key = key });
        Assert.Equal(before, Assert.Single(await spine.OutboxAsync(Case)));
        Assert.Empty(await spine.RowsAsync(Operations, ""));
        Assert.Empty(await spine.RowsAsync(DeliveryReports.Partition, ""));
    }

    [Fact]
    public async Task An_event_id_that_cannot_be_a_key_is_remembered_all_the_same()
    {
        await using var spine = await SentAsync();
        string[] ids = ["a/b", "a\\b", "ä", "a#b", new string('x', 600), "plain_id-7=", "id|x", "hash|x"];
        foreach (var id in ids.Concat(ids)) await TakeAsync(spine, Bounce with { EventId = id });
        Assert.Equal(ids.Length, (await spine.RowsAsync(DeliveryReports.Partition, "")).Count);
    }

    [Fact]
    public async Task Refused_mail_to_the_administrator_is_marked_and_raises_nothing_more()
    {
        await using var spine = await SentAsync();
        await TakeAsync(spine, Bounce);
        await spine.Get<WakeupDrain>().DrainAsync(Operations);
        await QueueAsync(spine, Operations);
        await TakeAsync(spine, Bounce with { EventId = "e2", CaseId = Operations });
        Assert.Equal([Raised], await spine.OpenTasksAsync(Operations));
        Assert.NotNull((await spine.OutboxAsync(Operations)).Single(m => m.Key == Key).RefusedAt);
    }

    [Fact]
    public async Task A_report_that_comes_while_the_mail_is_being_marked_as_sent_loses_neither()
    {
        foreach (var outcome in new[] { DeliveryOutcome.Deferred, DeliveryOutcome.Bounced })
        {
            await using var spine = await Spine.StartAsync();
            await QueueAsync(spine, Case);
            var told = false;
            spine.Records.BeforeCommit = async (partition, writes) =>
            {
                if (told || partition != Case || !writes.Any(w => w.Row == Rows.Out(Key))) return;
                told = true;
                await TakeAsync(spine, Bounce with { Outcome = outcome });
            };
            Assert.Equal(1, await spine.Get<MailPump>().SendDueAsync());
            Assert.True(told);
            var row = Assert.Single(await spine.OutboxAsync(Case));
            Assert.Equal((outcome == DeliveryOutcome.Deferred, outcome == DeliveryOutcome.Bounced), (row.SentAt is not null, row.RefusedAt is not null));
            Assert.Empty(await spine.RowsAsync(Case, Rows.WakePrefix));
            await spine.Get<MailPump>().SendDueAsync();
            Assert.Single(spine.Mail.Offered);
        }
    }

    private static Task TakeAsync(Spine spine, DeliveryReport report) => spine.Get<DeliveryReports>().TakeAsync(report);

    /// <summary>A mail that the service took.</summary>
    private static async Task<Spine> SentAsync()
    {
        var spine = await Spine.StartAsync();
        await QueueAsync(spine, Case);
        await spine.Get<MailPump>().SendDueAsync();
        return spine;
    }

    private static async Task QueueAsync(Spine spine, string caseId)
    {
        await spine.Cases.ChangeAsync(caseId, spine.As("program"), async change =>
        {
            change.Note("test");
            await change.MailAsync(new() { Key = Key, Lane = MailLane.Incident, Kind = MailKind.TaskAsked, To = "p-101", TaskId = "decide-1", QueuedAt = change.Now });
        });
        await spine.Get<WakeupDrain>().DrainAsync(caseId);
    }
}
