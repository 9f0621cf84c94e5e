using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Tests.Cases;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Tests.Tasks;

public sealed class VacancyTests
{
    private const string Case = "INC-22222222", Operations = "OPS-20261005", Search = "find-INC-22222222-decide-1-6";
    private static readonly string[] Order = [Spine.Manager, Spine.Deputy, Spine.SecondDeputy, Spine.Head, DemonstrationSeed.TrustLead, DemonstrationSeed.Chair];

    [Fact]
    public async Task A_task_without_anybody_left_makes_one_search_that_shows_reference_and_question_only()
    {
        await using var spine = await EmptiedAsync();
        await spine.LookAsync(Case, "decide-1");
        await spine.LookAsync(Case, "decide-1");
        var task = await spine.TaskAsync(Operations, Search);
        Assert.Equal((TaskKind.FindSomebody, $"{Case}~decide-1", false), (task.Kind, task.About, task.Mandatory));
        Assert.Equal(DemonstrationSeed.Dpo, Assert.Single(task.Holders).PersonKey);
        Assert.Equal(spine.Time.Now.AddHours(12), task.DueAt);
        Assert.Equal((MailKind.TaskAsked, MailLane.Other), Assert.Single(await spine.OutboxAsync(Operations)) is var mail ? (mail.Kind, mail.Lane) : default);
        Assert.Equal([$"{Case}: nobody is left who may answer \"decide\""], (await spine.Cases.ListAsync<TimelineText>(Operations, Rows.TextPrefix)).Select(t => t.Value.Text));
        Assert.Single(await spine.CodesAsync(Case), "task.nobody-left");
        Assert.Single(await spine.RowsAsync(Operations, Rows.WorkPrefix));
    }

    [Fact]
    public async Task Nobody_named_in_the_case_is_asked_to_look_for_somebody_also_not_later()
    {
        await using var spine = await EmptiedAsync(DemonstrationSeed.Dpo);
        Assert.Equal(DemonstrationSeed.Administrator, Assert.Single((await spine.TaskAsync(Operations, Search)).Holders).PersonKey);
        spine.Time.Now = spine.Time.Now.AddDays(3);
        await spine.LookAsync(Operations, Search);
        Assert.Equal(DemonstrationSeed.Administrator, Assert.Single((await spine.TaskAsync(Operations, Search)).Holders).PersonKey);
    }

    [Fact]
    public async Task A_search_that_nobody_answers_is_reminded_and_joined_by_another()
    {
        await using var spine = await EmptiedAsync();
        spine.Time.Now = spine.Time.Now.AddHours(24);
        await spine.LookAsync(Operations, Search);
        Assert.Equal([DemonstrationSeed.Dpo, DemonstrationSeed.Administrator], (await spine.TaskAsync(Operations, Search)).Holders.Select(h => h.PersonKey));
        Assert.Contains(await spine.OutboxAsync(Operations), m => m is { Kind: MailKind.TaskReminder, To: DemonstrationSeed.Dpo });
    }

    [Fact]
    public async Task Whoever_can_be_asked_after_the_answer_is_asked_and_the_open_search_of_a_filled_task_ends()
    {
        await using var spine = await EmptiedAsync();
        var round = (await spine.TaskAsync(Case, "decide-1")).Round;
        spine.Engine.Instances["i"] = Durable.OrchestrationRuntimeStatus.Running;
        await PromoteAsync(spine, Spine.Colleague, new RoleAt(Role.DeputySeniorManager, Spine.School));
        await spine.LookAsync(Case, "decide-1");
        Assert.Equal([Spine.Colleague], (await spine.TaskAsync(Case, "decide-1")).CurrentHolders.Select(h => h.PersonKey));
        Assert.Equal(TaskState.Withdrawn, (await spine.TaskAsync(Operations, Search)).State);
        Assert.True((await spine.TaskAsync(Case, "decide-1")).Round > round);
    }

    [Fact]
    public async Task Answering_the_search_wakes_the_task_that_it_is_about_and_raises_no_second_search()
    {
        await using var spine = await EmptiedAsync();
        spine.Engine.Instances["i"] = Durable.OrchestrationRuntimeStatus.Running;
        var round = (await spine.TaskAsync(Case, "decide-1")).Round;
        await spine.Get<HandOverDesk>().AnswerAsync(Operations, Search, HandOverDesk.Done, "Settled by the board.", spine.As(DemonstrationSeed.Dpo));
        await spine.Get<WakeupDrain>().DrainAsync(Operations);
        Assert.Contains($"i {HumanTask.EventName($"{Case}~decide-1", round)}", spine.Engine.Raised);
        await spine.LookAsync(Case, "decide-1");
        Assert.Single(await spine.Cases.ListAsync<TaskRecord>(Operations, Rows.TaskPrefix));
    }

    [Fact]
    public async Task A_search_that_could_not_be_written_is_made_by_the_next_look()
    {
        await using var spine = await EmptiedAsync(look: false);
        spine.Records.BeforeCommit = (partition, _) => partition == Operations ? throw new IOException("The disk is full.") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => spine.LookAsync(Case, "decide-1"));
        spine.Records.BeforeCommit = null;
        await using var restarted = await spine.RestartAsync();
        restarted.Time.Now = restarted.Time.Now.AddDays(2);
        await restarted.LookAsync(Case, "decide-1");
        Assert.True((await restarted.TaskAsync(Operations, Search)).IsOpen);
    }

    [Fact]
    public async Task A_safeguarding_task_without_anybody_is_searched_for_in_its_own_lane_within_half_an_hour()
    {
        await using var spine = await Spine.StartAsync();
        await spine.Get<AlertDesk>().SendAsync(
            new() { Reference = "SG-1", ReceiptCode = "A", SchoolId = Spine.School, Story = new("w", "w", "n") }, spine.As(CasePeople.ReporterKey));
        foreach (var person in (string[])[DemonstrationSeed.Dsl, DemonstrationSeed.DeputyDsl, DemonstrationSeed.SecondDeputyDsl, Spine.Head, DemonstrationSeed.TrustLead, DemonstrationSeed.Chair])
            await spine.Get<TaskActs>().RecuseAsync("SG-1", null, spine.As(person));
        await spine.LookAsync("SG-1", AlertRecord.TaskId);
        var search = Assert.Single(await spine.Cases.ListAsync<TaskRecord>(Operations, Rows.TaskPrefix)).Value;
        Assert.Equal((DemonstrationSeed.Dpo, spine.Time.Now.AddMinutes(30)), (Assert.Single(search.Holders).PersonKey, search.DueAt));
        Assert.All(await spine.OutboxAsync(Operations), m => Assert.Equal(MailLane.Safeguarding, m.Lane));
    }

    [Fact]
    public async Task What_somebody_holds_who_left_goes_to_the_next_at_the_sweep_and_stays_there()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync();
        await spine.TurnAsync();
        await spine.Get<WakeupDrain>().DrainAsync(Case);
        await LeaveAsync(spine, Spine.Manager);
        await spine.Get<Sweep>().RunAsync();
        await spine.Get<Sweep>().RunAsync();
        var task = await spine.TaskAsync(Case, "decide-1");
        Assert.Equal("left", task.Holders[0].EndedWhy);
        Assert.Equal([Spine.Deputy], task.CurrentHolders.Select(h => h.PersonKey));
        Assert.Single(await spine.OutboxAsync(Case), m => m.To == Spine.Deputy);
    }

    [Fact]
    public async Task A_second_look_goes_to_the_trust_lead_when_the_headteacher_leaves()
    {
        await using var spine = await Spine.StartAsync();
        await spine.DecidedAsync(IncidentRoute.NoAction);
        await spine.Get<ClosingDesk>().AskSecondLookAsync(Case, "Please look again", spine.As(Spine.Teacher));
        Assert.Equal([Spine.Head], (await spine.TaskAsync(Case, ClosingDesk.SecondLookId)).CurrentHolders.Select(h => h.PersonKey));
        await spine.Get<WakeupDrain>().DrainAsync(Case);
        await LeaveAsync(spine, Spine.Head);
        await spine.Get<Sweep>().RunAsync();
        Assert.Equal([DemonstrationSeed.TrustLead], (await spine.TaskAsync(Case, ClosingDesk.SecondLookId)).CurrentHolders.Select(h => h.PersonKey));
        await spine.DecideAsync(Case, DemonstrationSeed.TrustLead, ClosingDesk.SecondLookId, IncidentRoute.Support);
    }

    [Fact]
    public async Task A_question_that_only_its_holder_can_answer_stays_with_them_when_they_leave()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync(colleague: Spine.Colleague);
        await spine.Get<WakeupDrain>().DrainAsync(Case);
        await LeaveAsync(spine, Spine.Colleague);
        await spine.Get<Sweep>().RunAsync();
        Assert.Equal([Spine.Colleague], (await spine.TaskAsync(Case, "agreement-1")).CurrentHolders.Select(h => h.PersonKey));
    }

    /// <summary>A decision that everybody of the order has stepped back from, in which <paramref name="named"/> are named too.</summary>
    private static async Task<Spine> EmptiedAsync(string? named = null, bool look = true)
    {
        var spine = await Spine.StartAsync();
        await spine.ReportAsync(named: named is null ? [] : [named]);
        await spine.TurnAsync();
        foreach (var person in Order) await spine.Get<TaskActs>().RecuseAsync(Case, null, spine.As(person));
        if (look) await spine.LookAsync(Case, "decide-1");
        return spine;
    }

    private static Task LeaveAsync(Spine spine, string person) => ChangeAsync(spine, person, p => p with { Active = false });

    private static Task PromoteAsync(Spine spine, string person, RoleAt role) => ChangeAsync(spine, person, p => p with { Roles = [.. p.Roles, role] });

    private static async Task ChangeAsync(Spine spine, string person, Func<Person, Person> change)
    {
        var directories = spine.Get<DirectoryStore>();
        await directories.SaveAsync(new DirectoryChange { People = [change((await directories.RequireAsync()).Person(person)!)] });
    }
}
