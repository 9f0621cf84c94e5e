using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Tests.Cases;

namespace PolicyFlows.Core.Tests.Safeguarding;

public sealed class AlertDeskTests
{
    private const string Case = "SG-1";
    private static readonly string[] Leads = [DemonstrationSeed.Dsl, DemonstrationSeed.DeputyDsl, DemonstrationSeed.SecondDeputyDsl];
    private static readonly DateTimeOffset SundayNight = new(2026, 10, 4, 21, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task In_school_hours_the_leads_are_asked_and_nobody_else_is_told_yet()
    {
        await using var spine = await SentAsync();
        var task = await spine.TaskAsync(Case, AlertRecord.TaskId);
        Assert.Equal(Leads, task.Holders.Select(h => h.PersonKey));
        Assert.Equal([(15, StepKind.AlertAgain), (30, StepKind.TellTrustLead), (60, StepKind.TellHeadteacher)], task.Steps.Select(s => ((int)(s.At - spine.Time.Now).TotalMinutes, s.Kind)));
        Assert.Equal(Leads, (await spine.OutboxAsync(Case)).Select(m => m.To).Order());
        Assert.True((await AlertAsync(spine)).InSchoolHours);
    }

    [Fact]
    public async Task At_night_trust_lead_and_headteacher_hear_at_once_that_there_is_one_without_a_link()
    {
        await using var spine = await SentAsync(SundayNight);
        var told = (await spine.OutboxAsync(Case)).Where(m => m.Kind == MailKind.AlertTold).ToList();
        Assert.Equal([Spine.Head, DemonstrationSeed.TrustLead], told.Select(m => m.To).Order());
        Assert.All(told, m => Assert.Equal((0, MailLane.Safeguarding), (m.LinkNo, m.Lane)));
        Assert.Empty((await spine.TaskAsync(Case, AlertRecord.TaskId)).Steps);
        Assert.False((await AlertAsync(spine)).InSchoolHours);
    }

    [Fact]
    public async Task Sent_twice_it_is_one_alert_with_the_first_words()
    {
        await using var spine = await SentAsync();
        var before = await spine.RowsAsync(Case, "");
        spine.Time.Now = spine.Time.Now.AddMinutes(1);
        await spine.Get<AlertDesk>().SendAsync(Options("other words"), spine.As(CasePeople.ReporterKey));
        Assert.Equal(before, await spine.RowsAsync(Case, ""));
        Assert.Equal("what", (await spine.Cases.NeedAsync<AlertStory>(Case, Rows.Story)).What);
    }

    [Fact]
    public async Task An_acknowledgement_ends_the_repeats_and_the_first_one_counts()
    {
        await using var spine = await SentAsync();
        await spine.Get<AlertDesk>().AcknowledgeAsync(Case, AlertRecord.TaskId, "CPOMS 12", spine.As(Leads[1]));
        await Assert.ThrowsAsync<TaskOverException>(() => spine.Get<AlertDesk>().AcknowledgeAsync(Case, AlertRecord.TaskId, null, spine.As(Leads[0])));
        spine.Time.Now = spine.Time.Now.AddHours(2);
        Assert.False((await spine.LookAsync(Case, AlertRecord.TaskId)).Open);
        Assert.Equal(Leads, (await spine.OutboxAsync(Case)).Select(m => m.To).Order());
        Assert.Equal((Leads[1], "CPOMS 12"), (await spine.TaskAsync(Case, AlertRecord.TaskId)).Answer is { } answer ? (answer.PersonKey, answer.Text) : default);
    }

    [Fact]
    public async Task Who_was_not_asked_acknowledges_nothing()
    {
        await using var spine = await SentAsync();
        foreach (var person in (string[])[Spine.Head, DemonstrationSeed.TrustLead, Spine.Teacher, CasePeople.ReporterKey])
            await Assert.ThrowsAsync<NotTheirTaskException>(() => spine.Get<AlertDesk>().AcknowledgeAsync(Case, AlertRecord.TaskId, null, spine.As(person)));
        Assert.True((await spine.TaskAsync(Case, AlertRecord.TaskId)).IsOpen);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_not_sent_to_anybody()
    {
        await using var spine = await Spine.StartAsync();
        spine.Records.BeforeCommit = (partition, _) => partition == Case ? throw new IOException("The disk is full.") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => spine.Get<AlertDesk>().SendAsync(Options("what"), spine.As(CasePeople.ReporterKey)));
        Assert.Empty(await spine.RowsAsync(Case, ""));
    }

    private static AlertOptions Options(string what) => new() { Reference = Case, ReceiptCode = "A", SchoolId = Spine.School, Story = new("who", what, "no") };

    private static Task<AlertRecord> AlertAsync(Spine spine) => spine.Cases.NeedAsync<AlertRecord>(Case, Rows.Case);

    private static async Task<Spine> SentAsync(DateTimeOffset? at = null)
    {
        var spine = await Spine.StartAsync();
        spine.Time.Now = at ?? spine.Time.Now;
        await spine.Get<AlertDesk>().SendAsync(Options("what"), spine.As(CasePeople.ReporterKey));
        return spine;
    }
}
