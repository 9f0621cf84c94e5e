using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Tests.Cases;

namespace PolicyFlows.Core.Tests.Tasks;

public sealed class TaskStepTests
{
    private const string Case = "INC-22222222";

    [Fact]
    public async Task However_many_steps_are_overdue_each_person_gets_one_mail()
    {
        await using var spine = await AskedAsync();
        spine.Time.Now = spine.Time.Now.AddDays(30);
        await spine.LookAsync(Case, "decide-1");
        Assert.Equal(["p-101", "p-102", "p-104"], (await NewMailsAsync(spine)).Select(m => m.To).Order());
        await spine.LookAsync(Case, "decide-1");
        Assert.Equal(3, (await NewMailsAsync(spine)).Count);
    }

    [Fact]
    public async Task A_look_that_runs_twice_at_once_does_every_step_once()
    {
        await using var spine = await AskedAsync();
        spine.Time.Now = spine.Time.Now.AddHours(12);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => spine.LookAsync(Case, "decide-1"))));
        Assert.Equal(3, (await NewMailsAsync(spine)).Count);
        Assert.Single(await spine.CodesAsync(Case), "clock.missed");
        Assert.Equal(["p-101", "p-102", "p-104"], (await spine.TaskAsync(Case, "decide-1")).Holders.Select(h => h.PersonKey));
    }

    [Fact]
    public async Task A_headteacher_who_is_the_deputy_joins_as_deputy_and_once()
    {
        await using var spine = await AskedAsync(seed => seed.With(
            seed.Person(Spine.Head)! with { Roles = [new(Role.Headteacher, Spine.School), new(Role.DeputySeniorManager, Spine.School)] },
            seed.Person(Spine.Deputy)! with { Roles = [] }, seed.Person(Spine.SecondDeputy)! with { Roles = [] }));
        spine.Time.Now = spine.Time.Now.AddHours(4);
        await spine.LookAsync(Case, "decide-1");
        Assert.Equal([Spine.Manager, Spine.Head], (await spine.TaskAsync(Case, "decide-1")).Holders.Select(h => h.PersonKey));
        spine.Time.Now = spine.Time.Now.AddHours(8);
        await spine.LookAsync(Case, "decide-1");
        Assert.Equal([Spine.Manager, Spine.Head], (await spine.TaskAsync(Case, "decide-1")).Holders.Select(h => h.PersonKey));
    }

    [Fact]
    public async Task Without_a_headteachers_place_the_last_deputy_still_joins_at_the_deputys_time()
    {
        await using var spine = await AskedAsync(seed => seed.With(
            seed.Person(Spine.Head)! with { Active = false }, seed.Person(DemonstrationSeed.TrustLead)! with { Active = false },
            seed.Person(DemonstrationSeed.Chair)! with { Active = false }, seed.Person(Spine.SecondDeputy)! with { Active = false }));
        spine.Time.Now = spine.Time.Now.AddHours(4);
        await spine.LookAsync(Case, "decide-1");
        Assert.Equal([Spine.Manager, Spine.Deputy], (await spine.TaskAsync(Case, "decide-1")).Holders.Select(h => h.PersonKey));
    }

    [Fact]
    public async Task When_the_order_is_exhausted_steps_are_done_without_anybody_joining_twice()
    {
        await using var spine = await AskedAsync(seed => seed.With([.. new[] { Spine.Deputy, Spine.SecondDeputy, Spine.Head, DemonstrationSeed.TrustLead, DemonstrationSeed.Chair }
            .Select(id => seed.Person(id)! with { Active = false })]));
        spine.Time.Now = spine.Time.Now.AddDays(2);
        var seen = await spine.LookAsync(Case, "decide-1");
        Assert.Equal((true, null), (seen.Open, seen.NextAt));
        Assert.Equal(Spine.Manager, Assert.Single((await spine.TaskAsync(Case, "decide-1")).Holders).PersonKey);
        Assert.Single(await NewMailsAsync(spine));
    }

    [Fact]
    public async Task A_holder_without_an_address_holds_the_task_and_is_mailed_nothing()
    {
        await using var spine = await AskedAsync(seed => seed.With(seed.Person(Spine.Manager)! with { Email = null }));
        var holder = Assert.Single((await spine.TaskAsync(Case, "decide-1")).Holders);
        Assert.False(holder.Mailed);
        spine.Time.Now = spine.Time.Now.AddHours(12);
        await spine.LookAsync(Case, "decide-1");
        Assert.DoesNotContain((await spine.OutboxAsync(Case)), m => m.To == Spine.Manager);
    }

    [Fact]
    public async Task A_recused_person_never_joins_again_and_answers_nothing()
    {
        await using var spine = await AskedAsync();
        await spine.Get<TaskActs>().RecuseAsync(Case, "a friend", spine.As(Spine.Manager));
        var task = await spine.TaskAsync(Case, "decide-1");
        Assert.Equal([Spine.Deputy], task.CurrentHolders.Select(h => h.PersonKey));
        spine.Time.Now = spine.Time.Now.AddDays(2);
        await spine.LookAsync(Case, "decide-1");
        Assert.Equal([Spine.Deputy, Spine.SecondDeputy, Spine.Head], (await spine.TaskAsync(Case, "decide-1")).CurrentHolders.Select(h => h.PersonKey));
        await Assert.ThrowsAsync<NotTheirTaskException>(() => spine.DecideAsync(Case, Spine.Manager, "decide-1", IncidentRoute.Support));
        Assert.DoesNotContain(await NewMailsAsync(spine), m => m.To == Spine.Manager);
    }

    [Fact]
    public async Task Pressed_five_times_at_once_a_recusal_is_one()
    {
        await using var spine = await AskedAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => spine.Get<TaskActs>().RecuseAsync(Case, null, spine.As(Spine.Manager)))));
        Assert.Single(await spine.CodesAsync(Case), "person.recused");
        Assert.Equal([Spine.Manager, Spine.Deputy], (await spine.TaskAsync(Case, "decide-1")).Holders.Select(h => h.PersonKey));
    }

    [Fact]
    public async Task Everybody_of_the_order_may_recuse_until_nobody_is_left()
    {
        await using var spine = await AskedAsync();
        string[] order = [Spine.Manager, Spine.Deputy, Spine.SecondDeputy, Spine.Head, DemonstrationSeed.TrustLead, DemonstrationSeed.Chair];
        foreach (var person in order) await spine.Get<TaskActs>().RecuseAsync(Case, null, spine.As(person));
        var task = await spine.TaskAsync(Case, "decide-1");
        Assert.Equal(order, task.Holders.Select(h => h.PersonKey));
        Assert.Empty(task.CurrentHolders);
        Assert.True((await spine.LookAsync(Case, "decide-1")).Open);
    }

    [Fact]
    public async Task Whoever_is_named_after_they_were_asked_loses_the_task_at_the_next_look_whatever_act_named_them()
    {
        await using var spine = await AskedAsync();
        await spine.Cases.ChangeAsync(Case, spine.As(Spine.Teacher), async change =>
        {
            change.Note("person.named");
            change.Put(Rows.Case, await change.NeedAsync<IncidentRecord>(Rows.Case) with { NamedPersonIds = [Spine.Manager] });
        });
        await Assert.ThrowsAsync<NotTheirTaskException>(() => spine.DecideAsync(Case, Spine.Manager, "decide-1", IncidentRoute.Support));
        var round = (await spine.TaskAsync(Case, "decide-1")).Round;
        Assert.Equal(round + 1, (await spine.LookAsync(Case, "decide-1")).Round);
        var task = await spine.TaskAsync(Case, "decide-1");
        Assert.Equal([Spine.Deputy], task.CurrentHolders.Select(h => h.PersonKey));
        Assert.Equal("named", task.Holders[0].EndedWhy);
        Assert.Equal(round + 1, (await spine.LookAsync(Case, "decide-1")).Round);
    }

    [Fact]
    public async Task A_manager_with_30_open_requests_may_recuse_and_all_of_them_are_handed_on()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync(targets: 15);
        await spine.Get<IncidentDesk>().AddAsync(Case, "more", [.. Enumerable.Range(16, 15).Select(Spine.Target)], [], spine.As(Spine.Teacher));
        await spine.TurnAsync(Case);
        await spine.DecideAsync(Case, Spine.Manager, "decide-1", IncidentRoute.Takedown);
        await spine.TurnAsync(Case);
        for (var no = 1; no <= 30; no++) await spine.TakedownTurnAsync(Case, no);
        await spine.Get<TaskActs>().RecuseAsync(Case, null, spine.As(Spine.Manager));
        var left = (await spine.Cases.ListAsync<TaskRecord>(Case, Rows.TaskPrefix)).Select(t => t.Value).Where(t => t.IsOpen && t.HolderOf(Spine.Manager) is not null).ToList();
        Assert.Equal(22, left.Count);
        var woken = (await spine.Cases.ListAsync<Core.Work.Wakeup>(Case, Rows.WakePrefix)).Where(w => w.Value.Kind == Core.Work.WakeupKind.Look).Select(w => w.Value.Target).ToHashSet();
        Assert.All(left, task => Assert.Contains(task.Id, woken));
        foreach (var task in left) await spine.LookAsync(Case, task.Id);
        Assert.Equal(30, (await spine.Cases.ListAsync<TaskRecord>(Case, Rows.TaskPrefix)).Count(t => t.Value.IsOpen && t.Value.HolderOf(Spine.Deputy) is not null));
    }

    [Fact]
    public async Task An_alert_goes_to_safeguarding_leads_only_however_many_of_them_recuse()
    {
        await using var spine = await Spine.StartAsync();
        await spine.Get<AlertDesk>().SendAsync(
            new() { Reference = "SG-1", ReceiptCode = "A", SchoolId = Spine.School, Story = new("w", "w", "n") }, spine.As(CasePeople.ReporterKey));
        foreach (var lead in new[] { DemonstrationSeed.Dsl, DemonstrationSeed.DeputyDsl, DemonstrationSeed.SecondDeputyDsl })
            await spine.Get<TaskActs>().RecuseAsync("SG-1", null, spine.As(lead));
        var holder = Assert.Single((await spine.TaskAsync("SG-1", AlertRecord.TaskId)).CurrentHolders);
        Assert.Equal((Spine.Head, Role.Headteacher), (holder.PersonKey, holder.Role));
        Assert.All(await spine.OutboxAsync("SG-1"), m => Assert.Equal(MailLane.Safeguarding, m.Lane));
    }

    [Fact]
    public async Task A_hand_over_that_nobody_answers_is_joined_by_the_headteacher_and_not_by_the_manager()
    {
        await using var spine = await Spine.StartAsync();
        await spine.DecidedAsync(IncidentRoute.PupilConduct);
        spine.Time.Now = spine.Time.Now.AddDays(10);
        await spine.LookAsync(Case, "pupil-conduct-1");
        Assert.Equal([DemonstrationSeed.BehaviourLead, Spine.Head], (await spine.TaskAsync(Case, "pupil-conduct-1")).Holders.Select(h => h.PersonKey));
    }

    [Fact]
    public async Task Nobody_joins_a_question_that_only_its_holder_can_answer()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync(colleague: Spine.Colleague);
        spine.Time.Now = spine.Time.Now.AddDays(10);
        await spine.LookAsync(Case, "agreement-1");
        Assert.Equal([Spine.Colleague], (await spine.TaskAsync(Case, "agreement-1")).Holders.Select(h => h.PersonKey));
        Assert.Contains(await spine.OutboxAsync(Case), m => m is { Kind: MailKind.TaskTold, To: Spine.Manager });
    }

    [Fact]
    public async Task Who_said_that_it_cannot_be_removed_is_not_asked_to_confirm_it()
    {
        await using var spine = await Spine.StartAsync();
        await spine.DecidedAsync(IncidentRoute.Takedown);
        await spine.TakedownTurnAsync(Case);
        await spine.Get<TakedownDesk>().CannotBeRemovedAsync(Case, "file-01", "gone abroad", spine.As(Spine.Manager));
        await spine.TakedownTurnAsync(Case);
        spine.Time.Now = spine.Time.Now.AddDays(10);
        await spine.LookAsync(Case, "confirm-01-1");
        Assert.Equal([Spine.Head, Spine.Deputy], (await spine.TaskAsync(Case, "confirm-01-1")).Holders.Select(h => h.PersonKey));
    }

    [Fact]
    public async Task A_manager_who_left_or_stood_in_for_a_time_manages_nothing_afterwards()
    {
        await using var spine = await AskedAsync(seed => new(seed.Settings, seed.Schools, seed.People,
            [new() { Id = "a-1", PersonId = Spine.Manager, From = DateTimeOffset.MinValue, To = new(2026, 10, 6, 0, 0, 0, TimeSpan.Zero), SubstituteId = DemonstrationSeed.Substitute }]));
        await spine.DecideAsync(Case, DemonstrationSeed.Substitute, "decide-1", IncidentRoute.Takedown);
        var rosters = spine.Get<CaseRosters>();
        Assert.Equal(new Candidate(DemonstrationSeed.Substitute, Spine.Manager, Role.SeniorManager), (await rosters.OfAsync(spine.Cases, Case, spine.Time.Now)).Manager());
        Assert.Equal(Spine.Manager, (await rosters.OfAsync(spine.Cases, Case, spine.Time.Now.AddDays(2))).Manager()!.PersonId);
    }

    [Fact]
    public async Task Keys_of_rows_and_mails_are_valid_in_every_store()
    {
        await using var spine = await AskedAsync();
        await spine.DecideAsync(Case, Spine.Manager, "decide-1",
            IncidentRoute.Takedown, IncidentRoute.PupilConduct, IncidentRoute.StaffConduct, IncidentRoute.Safeguarding, IncidentRoute.Police, IncidentRoute.Support);
        await spine.TakedownTurnAsync(Case);
        spine.Time.Now = spine.Time.Now.AddDays(40);
        foreach (var task in await spine.OpenTasksAsync(Case)) await spine.LookAsync(Case, task);
        foreach (var row in (await spine.Records.RangeAsync(Case, "")).Rows) Assert.True(Core.Records.RecordLimits.IsKey(row.Row), row.Row);
    }

    private static async Task<Spine> AskedAsync(Func<TrustDirectory, TrustDirectory>? people = null)
    {
        var spine = await Spine.StartAsync(people: people);
        await spine.ReportAsync();
        Assert.Equal($"{Case}~decide-1", await spine.TurnAsync());
        return spine;
    }

    /// <summary>Mails about the decision but the first one.</summary>
    private static async Task<IReadOnlyList<OutboxRow>> NewMailsAsync(Spine spine) =>
        [.. (await spine.OutboxAsync(Case)).Where(m => m.TaskId == "decide-1" && m.Key != $"decide-1.asked.{Spine.Manager}.1")];
}

internal static class Directories
{
    /// <summary>The directory with these people in place of those of the same id.</summary>
    public static TrustDirectory With(this TrustDirectory seed, params Person[] changed) =>
        new(seed.Settings, seed.Schools, [.. seed.People.Select(p => changed.FirstOrDefault(c => c.Id == p.Id) ?? p)], seed.Absences);
}
