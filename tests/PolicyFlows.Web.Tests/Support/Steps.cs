using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>Steps of a story that a test needs behind it before it looks at its own page, done through the services.</summary>
public static class Steps
{
    /// <summary>Stands in everything that was told, and nowhere else.</summary>
    public const string Canary = "canary-7391 said in the story";

    /// <summary>Stands in the reasons of decisions.</summary>
    public const string Reason = "canary-reason: it is aimed at her work";

    /// <summary>A post on a host that takes requests from anybody.</summary>
    public static TargetOptions Post { get; } = new(TargetKind.Post, "https://www.reddit.com/r/school/comments/1/insult", "https://www.reddit.com/r/school/comments/1/insult", null, "reddit", false);

    /// <summary>Work address of one of the made-up people.</summary>
    public static string EmailOf(string personId) => DemonstrationSeed.Create().Person(personId)!.Email!;

    /// <summary>A report by a teacher about herself, or by her for a colleague, and everything that follows at once.</summary>
    /// <param name="file">Name of a file that is sent with it; null for none.</param>
    public static async Task<string> ReportAsync(
        this TestProgram program, TargetOptions? target = null, CasePerson? harmed = null, CasePerson? reporter = null, IReadOnlyList<string>? named = null,
        bool noTarget = false, string? file = null)
    {
        var reference = Receipts.NewReference("INC");
        reporter ??= new CasePerson(DemonstrationSeed.Teacher, "Alice Penhallick", EmailOf(DemonstrationSeed.Teacher));
        await program.Get<IncidentDesk>().ReceiveAsync(new ReportOptions
        {
            Reference = reference, ReceiptCode = Receipts.NewCode(), SchoolId = DemonstrationSeed.FirstSchool, Story = new IncidentStory(Canary),
            Reporter = reporter, Harmed = harmed ?? reporter, Targets = noTarget ? [] : [target ?? Post], NamedPersonIds = named ?? [],
            Evidence = file is null ? [] : [new(await program.ReceiveAsync(SampleFiles.Png), file, program.Time.Now)],
        }, program.As(reporter.PersonId ?? CasePeople.ReporterKey));
        await program.RunAsync();
        return reference;
    }

    /// <summary>Bytes of a file as received from an upload.</summary>
    public static Task<ReceivedEvidence> ReceiveAsync(this TestProgram program, byte[] content) =>
        program.Get<IEvidenceStore>().ReceiveAsync(Guid.NewGuid().ToString("N"), new MemoryStream(content), "screen.png", 4096);

    /// <summary>A safeguarding concern, and everything that follows at once.</summary>
    public static async Task<string> AlertAsync(this TestProgram program, AlertStory story, CasePerson? sender = null, string? reference = null)
    {
        reference ??= Receipts.NewReference("SG");
        await program.Get<AlertDesk>().SendAsync(new AlertOptions
        {
            Reference = reference, ReceiptCode = Receipts.NewCode(), SchoolId = DemonstrationSeed.FirstSchool, Story = story, Sender = sender,
        }, program.As(CasePeople.ReporterKey, "alert"));
        await program.RunAsync();
        return reference;
    }

    public static async Task DecideAsync(this TestProgram program, string reference, string person, params IncidentRoute[] routes)
    {
        var task = await program.TaskAsync(reference, TaskKind.Decide);
        await program.Get<DecisionDesk>().DecideAsync(reference, new(task.Id, routes, Ground.Harassment, Reason), program.As(person));
        await program.RunAsync();
    }

    public static async Task FileAsync(this TestProgram program, string reference, string person)
    {
        await program.Get<TakedownDesk>().FiledAsync(reference, new((await program.TaskAsync(reference, TaskKind.FileRequest)).Id, program.Time.Now, "HOST-4711"), program.As(person));
        await program.RunAsync();
    }

    public static async Task CheckAsync(this TestProgram program, string reference, string person, CheckOutcome outcome)
    {
        await program.Get<TakedownDesk>().CheckedAsync(reference, new((await program.TaskAsync(reference, TaskKind.CheckRemoval)).Id, outcome), program.As(person));
        await program.RunAsync();
    }
}
