using PolicyFlows.Core.People;
using PolicyFlows.Core.Records;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Tests.Cases;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Core.Tests.People;

public sealed class DirectoryDeskTests
{
    [Fact]
    public async Task A_change_is_written_with_who_when_and_each_value_before_and_after()
    {
        await using var spine = await Spine.StartAsync();
        var role = new RoleAt(Role.SeniorManager, FirstSchool, 2);

        await spine.Get<DirectoryDesk>().ChangePersonAsync(
            Teacher, person => person with { Telephone = "020 7946 0999", Roles = [role] }, spine.As(Administrator, "give a role"));

        var changed = (await spine.Get<DirectoryStore>().RequireAsync()).Person(Teacher)!;
        Assert.Equal(("020 7946 0999", role), (changed.Telephone, Assert.Single(changed.Roles)));
        var entry = Assert.Single(await LogAsync(spine));
        Assert.Equal((spine.Time.Now, Administrator, "give a role", "person:" + Teacher, "Alice Penhallick"), (entry.At, entry.By, entry.Process, entry.Subject, entry.Name));
        Assert.Equal(["roles", "telephone"], entry.Values.Select(value => value.Field));
        Assert.Equal(("07700 900111", "020 7946 0999"), (entry.Values[1].Before, entry.Values[1].After));
        Assert.Contains("staffMember", entry.Values[0].Before, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("seniorManager", entry.Values[0].After, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_changes_nothing_writes_nothing()
    {
        await using var spine = await Spine.StartAsync();
        var before = await spine.RowsAsync(DirectoryStore.Partition, "");
        await spine.Get<DirectoryDesk>().ChangePersonAsync(Teacher, person => person with { Name = person.Name }, spine.As(Administrator));
        Assert.Equal(before, await spine.RowsAsync(DirectoryStore.Partition, ""));
    }

    [Fact]
    public async Task The_log_is_read_newest_first_page_by_page()
    {
        await using var spine = await Spine.StartAsync();
        for (var i = 1; i <= 5; i++)
        {
            spine.Time.Now = spine.Time.Now.AddMinutes(1);
            await spine.Get<DirectoryDesk>().ChangePersonAsync(Teacher, person => person with { Telephone = $"020 7946 000{i}" }, spine.As(Administrator));
        }

        var (first, next) = await spine.Get<ConfigurationLog>().ListAsync(null, 3);
        var (second, end) = await spine.Get<ConfigurationLog>().ListAsync(next, 3);
        Assert.Equal(["020 7946 0005", "020 7946 0004", "020 7946 0003"], first.Select(entry => entry.Values[0].After));
        Assert.Equal(["020 7946 0002", "020 7946 0001"], second.Select(entry => entry.Values[0].After));
        Assert.Null(end);
    }

    [Fact]
    public async Task Nobody_changes_their_own_rights_or_ends_their_own_time()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<DirectoryDesk>();
        await RefusedAsync(DirectoryRule.OwnRights, () => desk.ChangePersonAsync(Administrator, p => p with { Roles = [.. p.Roles, new(Role.Dsl, FirstSchool)] }, spine.As(Administrator)));
        await RefusedAsync(DirectoryRule.OwnRights, () => desk.LeaveAsync(Administrator, spine.Time.Now, spine.As(Administrator)));
        await desk.ChangePersonAsync(Administrator, p => p with { Telephone = "020 7946 0777" }, spine.As(Administrator));
        Assert.Single(await LogAsync(spine));
    }

    [Fact]
    public async Task The_last_administrator_stays_until_there_is_another_one_for_good()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<DirectoryDesk>();
        Task GiveAsync(RoleAt role) => desk.ChangePersonAsync(It, p => p with { Roles = [role] }, spine.As(Administrator));
        Task LeaveAsync() => desk.LeaveAsync(Administrator, spine.Time.Now.AddDays(3), spine.As(It));

        await RefusedAsync(DirectoryRule.LastAdministrator, LeaveAsync);
        await GiveAsync(new(Role.Administrator, Until: spine.Time.Now.AddDays(30)));
        await RefusedAsync(DirectoryRule.LastAdministrator, LeaveAsync);
        await RefusedAsync(DirectoryRule.LastAdministrator, () => desk.ChangePersonAsync(Administrator, p => p with { Roles = [] }, spine.As(It)));
        await GiveAsync(new(Role.Administrator));
        await LeaveAsync();
    }

    [Fact]
    public async Task An_address_belongs_to_one_person_who_works_here()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<DirectoryDesk>();
        var address = (await spine.Get<DirectoryStore>().RequireAsync()).Person(Teacher)!.Email!;
        Person Heir() => new() { Id = DirectoryDesk.NewId("p"), Name = "The next one", Email = address.ToUpperInvariant(), SchoolIds = [FirstSchool] };

        await RefusedAsync(DirectoryRule.AddressTaken, () => desk.AddPersonAsync(Heir(), spine.As(Administrator)));
        await desk.LeaveAsync(Teacher, spine.Time.Now, spine.As(Administrator));
        await desk.AddPersonAsync(Heir(), spine.As(Administrator));
        // Two people would have one mailbox.
        await RefusedAsync(DirectoryRule.AddressTaken, () => desk.LeaveAsync(Teacher, at: null, spine.As(Administrator)));
    }

    [Fact]
    public async Task Schools_that_do_not_exist_and_administrators_without_an_address_are_refused()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<DirectoryDesk>();
        await RefusedAsync(DirectoryRule.UnknownSchool, () => desk.ChangePersonAsync(Teacher, p => p with { Roles = [new(Role.Dsl, "s-999")] }, spine.As(Administrator)));
        await RefusedAsync(DirectoryRule.UnknownSchool, () => desk.ChangePersonAsync(Teacher, p => p with { SchoolIds = ["s-999"] }, spine.As(Administrator)));
        await RefusedAsync(DirectoryRule.AdministratorWithoutAddress, () => desk.ChangePersonAsync(AgencyTeacher, p => p with { Roles = [new(Role.Administrator)] }, spine.As(Administrator)));
        await RefusedAsync(DirectoryRule.ChangedMeanwhile, () => desk.ChangePersonAsync("p-nobody", p => p, spine.As(Administrator)));
        Assert.Empty(await LogAsync(spine));
    }

    [Fact]
    public async Task Whoever_leaves_now_hands_their_tasks_to_the_next_at_once_and_the_sweep_does_it_for_a_later_day()
    {
        await using var spine = await Spine.StartAsync();
        await spine.ReportAsync();
        await spine.TurnAsync();
        // The list of a person's tasks is written by the drain.
        await spine.Get<Core.Work.WakeupDrain>().DrainAsync("INC-22222222");

        await spine.Get<DirectoryDesk>().LeaveAsync(Spine.Manager, spine.Time.Now, spine.As(Administrator));
        Assert.Equal([Spine.Deputy], await HoldersAsync(spine));

        await spine.Get<Core.Work.WakeupDrain>().DrainAsync("INC-22222222");
        await spine.Get<DirectoryDesk>().LeaveAsync(Spine.Deputy, spine.Time.Now.AddHours(1), spine.As(Administrator));
        Assert.Equal([Spine.Deputy], await HoldersAsync(spine));
        spine.Time.Now = spine.Time.Now.AddHours(1);
        foreach (var task in await spine.Get<Leavers>().TasksAsync()) await spine.Get<Leavers>().HandOnAsync(task);
        Assert.Equal([Spine.SecondDeputy], await HoldersAsync(spine));
    }

    [Fact]
    public async Task Two_people_who_change_different_things_at_once_both_succeed()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<DirectoryDesk>();
        await Task.WhenAll(
            desk.ChangePersonAsync(Teacher, p => p with { Telephone = "020 7946 0001" }, spine.As(Administrator)),
            desk.ChangePersonAsync(Teacher, p => p with { Name = "Alice Newname" }, spine.As(Administrator)));
        var person = (await spine.Get<DirectoryStore>().RequireAsync()).Person(Teacher)!;
        Assert.Equal(("Alice Newname", "020 7946 0001"), (person.Name, person.Telephone));
        Assert.Equal(2, (await LogAsync(spine)).Count);
    }

    [Fact]
    public async Task An_absence_is_noted_and_one_that_has_begun_is_ended_not_forgotten()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<DirectoryDesk>();
        var ahead = new Absence { Id = "a-1", PersonId = Manager, From = spine.Time.Now.AddDays(1), To = spine.Time.Now.AddDays(5), SubstituteId = Substitute };
        await desk.AddAbsenceAsync(ahead, spine.As(Administrator));
        await desk.EndAbsenceAsync("a-1", spine.As(Administrator));
        Assert.Empty((await spine.Get<DirectoryStore>().RequireAsync()).Absences);

        await desk.AddAbsenceAsync(ahead, spine.As(Administrator));
        spine.Time.Now = spine.Time.Now.AddDays(2);
        await desk.EndAbsenceAsync("a-1", spine.As(Administrator));
        Assert.Equal(spine.Time.Now, Assert.Single((await spine.Get<DirectoryStore>().RequireAsync()).Absences).To);
        spine.Time.Now = spine.Time.Now.AddDays(10);
        await desk.EndAbsenceAsync("a-1", spine.As(Administrator));
        Assert.Equal(4, (await LogAsync(spine)).Count);
        Assert.All(await LogAsync(spine), entry => Assert.Equal("person:" + Manager, entry.Subject));
    }

    [Fact]
    public async Task A_school_needs_a_lead_a_deputy_and_a_manager_of_its_own_who_can_be_reached()
    {
        await using var spine = await Spine.StartAsync();
        var desk = spine.Get<DirectoryDesk>();
        Assert.All(await ReadyAsync(), role => Assert.Null(role.Missing));

        await desk.ChangePersonAsync(SecondSchoolDsl, p => p with { Telephone = null }, spine.As(Administrator));
        await desk.ChangePersonAsync(SecondSchoolDeputyDsl, p => p with { Email = null }, spine.As(Administrator));
        await desk.LeaveAsync(SecondSchoolManager, spine.Time.Now, spine.As(Administrator));
        // Somebody of the whole trust, or of another school, is not the school's own.
        await desk.ChangePersonAsync(TrustLead, p => p with { Roles = [.. p.Roles, new RoleAt(Role.SeniorManager)] }, spine.As(Administrator));
        Assert.Equal([RoleGap.NoTelephone, RoleGap.NoAddress, RoleGap.Nobody], (await ReadyAsync()).Select(role => role.Missing));

        async Task<IReadOnlyList<RoleReadiness>> ReadyAsync() => SchoolReadiness.Of(await spine.Get<DirectoryStore>().RequireAsync(), SecondSchool, spine.Time.Now);
    }

    private static async Task<IEnumerable<string>> HoldersAsync(Spine spine) => (await spine.TaskAsync("INC-22222222", "decide-1")).CurrentHolders.Select(h => h.PersonKey);

    private static async Task<IReadOnlyList<ConfigurationEntry>> LogAsync(Spine spine) => (await spine.Get<ConfigurationLog>().ListAsync(null, 100)).Entries;

    private static async Task RefusedAsync(DirectoryRule rule, Func<Task> act) => Assert.Equal(rule, (await Assert.ThrowsAsync<DirectoryRuleException>(act)).Rule);
}
