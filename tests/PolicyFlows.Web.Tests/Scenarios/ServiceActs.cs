using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.SignIn;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Cases;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Scenarios;

/// <summary>Acts through the services of the field, as pages call them.</summary>
public sealed class ServiceActs(TestProgram program) : IActs
{
    public async Task<string> ReportAsync(ReportForm form)
    {
        var people = await program.Get<DirectoryStore>().RequireAsync();
        var reporter = Person(people, form.ReporterEmail, null);
        var harmed = form.ColleagueEmail is null && form.ColleagueName is null ? reporter : Person(people, form.ColleagueEmail, form.ColleagueName);
        var reference = Receipts.NewReference("INC");
        EvidenceOptions[] files = form.Screenshot ? [new(await program.ReceiveAsync(SampleFiles.Png), "screen.png", program.Time.Now)] : [];

        var address = TargetAddress.Normalise(form.Link).Address;
        var host = program.Get<HostDirectory>().Match(address, form.Platform);
        await program.Get<IncidentDesk>().ReceiveAsync(new ReportOptions
        {
            Reference = reference, ReceiptCode = "ABCDE-FGHJK-MNPQR-STVWX-23456", SchoolId = DemonstrationSeed.FirstSchool,
            Story = new("Somebody posted insults about me."), Reporter = reporter, Harmed = harmed,
            Targets = [new(Enum.Parse<TargetKind>(form.Kind), address?.Normalised, form.Link, form.Handle, host.Id, form.OwnAccount)], Evidence = files,
            NamedPersonIds = form.InvolvedPersonId is { } named ? [named] : [],
        }, program.As(reporter?.PersonId ?? CasePeople.ReporterKey, "report"));
        await program.RunAsync();
        return reference;
    }

    public Task DecideAsync(string person, string reference, params IncidentRoute[] routes) => DoAsync(async () =>
    {
        var task = await OpenTaskAsync(person, reference, TaskKind.Decide, TaskKind.SecondLook);
        await program.Get<DecisionDesk>().DecideAsync(reference, new(task.Id, routes, Ground.Harassment, "It is insulting."), AsHolder(task, person));
    });

    public Task AddRouteAsync(string person, string reference, IncidentRoute route) =>
        DoAsync(() => program.Get<DecisionDesk>().AddRouteAsync(reference, route, route == IncidentRoute.Takedown ? Ground.Harassment : null, "It became clear today.", program.As(person)));

    public Task FiledAsync(string person, string reference, string taskId) => DoAsync(async () =>
        await program.Get<TakedownDesk>().FiledAsync(reference, new(taskId, program.Time.Now, "HOST-4711"), AsHolder(await program.TaskAsync(reference, taskId), person)));

    public Task CheckedAsync(string person, string reference, string taskId, CheckOutcome outcome) => DoAsync(async () =>
        await program.Get<TakedownDesk>().CheckedAsync(reference, new(taskId, outcome), AsHolder(await program.TaskAsync(reference, taskId), person)));

    public Task RepliedAsync(string person, string reference, int target, bool refused) =>
        DoAsync(() => program.Get<TakedownDesk>().RepliedAsync(reference, target, refused, "It does not break our rules.", program.As(person)));

    public Task RecuseAsync(string person, string reference, string taskId) => DoAsync(() => program.Get<TaskActs>().RecuseAsync(reference, null, program.As(person)));

    public Task AgreeAsync(string person, string reference, bool agrees) =>
        DoAsync(() => program.Get<AgreementDesk>().AnswerAsync(reference, "agreement-1", agrees, program.As(person)));

    public Task AddAsync(string reference, string text, string? link) => DoAsync(async () =>
    {
        var people = await program.PeopleAsync(reference);
        var address = TargetAddress.Normalise(link).Address;
        TargetOptions[] targets = address is null ? [] : [new(TargetKind.Post, address.Normalised, link, null, program.Get<HostDirectory>().Match(address).Id, false)];
        await program.Get<IncidentDesk>().AddAsync(reference, text, targets, [], program.As(people.KeyOfReporter, "add"));
    });

    public async Task<IReadOnlyList<string>> CloseAsync(string person, string reference)
    {
        var open = await program.Get<ClosingDesk>().CloseAsync(reference, "Done.", program.As(person, "close"));
        await program.RunAsync();
        return [.. open.Select(o => o.TaskId ?? $"target {o.Target}")];
    }

    public async Task<bool> AskSecondLookAsync(string reference)
    {
        var people = await program.PeopleAsync(reference);
        var asked = await program.Get<ClosingDesk>().AskSecondLookAsync(reference, "I disagree.", program.As(people.KeyOfReporter));
        await program.RunAsync();
        return asked;
    }

    public Task<string> AlertAsync() => program.AlertAsync(new("A pupil of year 9", "A stranger asks her to meet.", "Not now"));

    public Task<string> DescribeImageAsync() => program.AlertAsync(new("A pupil of year 9", "A picture of her is sent round.", "Not now"));

    public Task AcknowledgeAsync(string person, string reference) =>
        DoAsync(() => program.Get<AlertDesk>().AcknowledgeAsync(reference, AlertRecord.TaskId, null, program.As(person)));

    public Task HandedOverAsync(string person, string reference, string taskId) => DoAsync(() => program.Get<CaseStore>().ChangeAsync(
        reference, program.As(person), change => program.Get<TaskDesk>().AnswerAsync(change, taskId, "handed-over")));

    public async Task<string> ReadWhatWasDecidedAsync(string person, string reference, string taskId)
    {
        var roster = await program.Get<CaseRosters>().OfAsync(program.Get<CaseStore>(), reference, program.Time.Now);
        var token = program.Mail.LinkTo(roster.Find(person)!.Email!, taskId, reference)["/t/".Length..];
        var task = await program.TaskAsync(reference, taskId);
        Assert.Equal(LinkStanding.Over, LinkStandings.Weigh(program.Get<LinkTokens>().Read(token)!, task, [], roster.Durations.LinkLife, program.Time.Now));
        return $"{AnswerWords.ByWhom(roster, task, person)} {AnswerWords.What(task)}";
    }

    private async Task DoAsync(Func<Task> act)
    {
        await act();
        await program.RunAsync();
    }

    private CasePerson? Person(TrustDirectory people, string? email, string? name) =>
        email is null && name is null ? null : people.ByEmail(email, program.Time.Now) is { } p ? new(p.Id, p.Name, p.Email) : new(null, name, email);

    private ProcessContext AsHolder(TaskRecord task, string person) => program.As(person, "answer", task.HolderOf(person)?.OnBehalfOf);

    private async Task<TaskRecord> OpenTaskAsync(string person, string reference, params TaskKind[] kinds) =>
        (await program.TasksAsync(reference)).First(t => kinds.Contains(t.Kind) && (t.IsOpen || t.Holders.Any(h => h.PersonKey == person)));
}
