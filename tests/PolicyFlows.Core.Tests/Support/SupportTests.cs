using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Support;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Tests.Cases;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Tests.Support;

public sealed class SupportTests
{
    private const string Case = "INC-22222222";

    [Fact]
    public async Task Answered_twice_the_newest_answer_counts_and_nobody_is_asked_twice()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync();
        await AnswerAsync(spine, "accepted");
        var planned = await DueAsync(spine);
        spine.Time.Now = spine.Time.Now.AddDays(2);
        await AnswerAsync(spine, "accepted");
        Assert.Equal(["support-arrange-1"], await spine.OpenTasksAsync(Case));
        Assert.Equal(planned, await DueAsync(spine));
        Assert.Equal(2, planned.Count);
    }

    [Fact]
    public async Task Declined_after_accepted_nobody_arranges_or_follows_up_and_accepted_again_somebody_does()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync();
        await AnswerAsync(spine, "accepted");
        await AnswerAsync(spine, "declined");
        Assert.Empty(await spine.OpenTasksAsync(Case));
        Assert.Empty(await DueAsync(spine));
        Assert.Equal("declined", (await spine.Cases.NeedAsync<SupportRecord>(Case, Rows.SupportPrefix + "01")).Answer);
        await AnswerAsync(spine, "accepted");
        Assert.Equal(["support-arrange-2"], await spine.OpenTasksAsync(Case));
        Assert.Equal(2, (await DueAsync(spine)).Count);
    }

    [Fact]
    public async Task Put_off_support_is_followed_up_and_not_arranged()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync();
        await AnswerAsync(spine, "later");
        Assert.Empty(await spine.OpenTasksAsync(Case));
        Assert.Equal([7.0, 30.0], (await DueAsync(spine)).Select(w => (w.From - spine.Time.Now).TotalDays).Order());
    }

    [Fact]
    public async Task A_follow_up_that_opens_twice_asks_once_and_answers_given_before_do_not_open_it_again()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync();
        await AnswerAsync(spine, "later");
        spine.Time.Now = spine.Time.Now.AddDays(7);
        var open = spine.Get<OpenSupportFollowUp>();
        await open.RunAsync(new("t", "i"), $"{Case}~support-follow-7d");
        await open.RunAsync(new("t", "i"), $"{Case}~support-follow-7d");
        Assert.Single(await spine.OutboxAsync(Case), m => m.TaskId == "support-follow-7d");
        await AnswerAsync(spine, "accepted");
        Assert.Equal([$"{Case}.support.30d"], (await DueAsync(spine)).Select(w => w.InstanceId));
    }

    [Fact]
    public async Task A_colleague_is_asked_by_mail_and_only_they_answer()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync(colleague: Spine.Colleague);
        await Assert.ThrowsAsync<NotTheirTaskException>(() => AnswerAsync(spine, "accepted"));
        await spine.Get<SupportDesk>().AnswerAsync(Case, "accepted", spine.As(Spine.Colleague));
        Assert.False((await spine.TaskAsync(Case, "support-offer-1")).IsOpen);
        Assert.Equal([DemonstrationSeed.SupportContact], (await spine.TaskAsync(Case, "support-arrange-1")).CurrentHolders.Select(h => h.PersonKey));
    }

    [Fact]
    public async Task An_answer_that_was_not_offered_is_refused()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => AnswerAsync(spine, "yes please"));
        Assert.DoesNotContain("support.answered", await spine.CodesAsync(Case));
    }

    [Fact]
    public async Task A_decision_for_support_asks_the_contact_who_was_not_asked_yet_once()
    {
        await using var spine = await Spine.StartAsync();
        await spine.DecidedAsync(IncidentRoute.Support);
        await AnswerAsync(spine, "accepted");
        Assert.Equal(["support-arrange-1"], await spine.OpenTasksAsync(Case));
    }

    private static Task AnswerAsync(Spine spine, string answer) => spine.Get<SupportDesk>().AnswerAsync(Case, answer, spine.As(Spine.Teacher));

    private static async Task<IReadOnlyList<WorkRow>> DueAsync(Spine spine) =>
        [.. (await spine.Cases.ListAsync<WorkRow>(Case, Rows.Work($"{Case}.support."))).Select(w => w.Value)];
}
