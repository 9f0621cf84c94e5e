using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Scenarios;

/// <summary>How a story is played.</summary>
/// <param name="Pages">Every act goes through a page or a mailed link, over the stores of the server.</param>
/// <param name="WipeAfterTurn">The engine is wiped after this committed turn; 0 for never, below 0 after every one, once each.</param>
/// <param name="WipeWhenQuiet">The engine is wiped whenever nothing is left to do.</param>
public sealed record Telling(bool Pages = false, int WipeAfterTurn = 0, bool WipeWhenQuiet = false)
{
    public override string ToString() => Pages ? "pages" : WipeWhenQuiet ? "wiped when quiet" : WipeAfterTurn == 0 ? "services" : WipeAfterTurn < 0 ? "wiped after every turn" : $"wiped after turn {WipeAfterTurn}";
}

/// <summary>A story of scenarios.md while it is being told: time in hours from its start, people by name, mails as lines.</summary>
public sealed class Story(TestProgram program, IActs acts) : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [DemonstrationSeed.Manager] = "manager", [DemonstrationSeed.FirstDeputy] = "deputy", [DemonstrationSeed.SecondDeputy] = "second deputy",
        [DemonstrationSeed.Headteacher] = "headteacher", [DemonstrationSeed.Teacher] = "teacher", [DemonstrationSeed.SecondTeacher] = "colleague",
        [DemonstrationSeed.Substitute] = "substitute", [DemonstrationSeed.Dsl] = "DSL", [DemonstrationSeed.DeputyDsl] = "deputy DSL",
        [DemonstrationSeed.SecondDeputyDsl] = "second deputy DSL", [DemonstrationSeed.TrustLead] = "trust lead", [DemonstrationSeed.AccountOwner] = "account owner",
        [DemonstrationSeed.BehaviourLead] = "behaviour lead", [DemonstrationSeed.Administrator] = "administrator",
    };

    public TestProgram Program => program;

    public IActs Act => acts;

    /// <summary>Moves on to so many hours after the start.</summary>
    public Task AtAsync(double hours) => program.AtAsync(hours);

    /// <summary>Every mail but codes, as "4 h deputy: Decision needed by Mon 10:00".</summary>
    public IReadOnlyList<string> Mails(string? reference = null)
    {
        var people = program.Get<DirectoryStore>().RequireAsync().Result;
        return [.. program.Mail.All.Where(m => !m.Message.Subject.StartsWith("Your code", StringComparison.Ordinal))
            .Where(m => reference is null || m.Message.Subject.Contains(reference, StringComparison.Ordinal))
            .Select(m => $"{Hours(m.At)} {Who(people, m.Message.ToAddress)}: {m.Message.Subject[..m.Message.Subject.LastIndexOf(" - ", StringComparison.Ordinal)]}")];
    }

    /// <summary>Who got a mail, in order of sending.</summary>
    public IReadOnlyList<string> Recipients()
    {
        var people = program.Get<DirectoryStore>().RequireAsync().Result;
        return [.. program.Mail.All.Select(m => Who(people, m.Message.ToAddress))];
    }

    public Task<TargetRecord> TargetAsync(string reference, int no) => program.Get<CaseStore>().NeedAsync<TargetRecord>(reference, Rows.Target(no));

    public Task<IncidentRecord> IncidentAsync(string reference) => program.IncidentAsync(reference);

    public Task<TakedownRecord> TakedownAsync(string reference, int no = 1) => program.Get<CaseStore>().NeedAsync<TakedownRecord>(reference, Rows.Takedown(no));

    public Task<TaskRecord> TaskAsync(string reference, string taskId) => program.TaskAsync(reference, taskId);

    public async Task<IReadOnlyList<string>> OpenTasksAsync(string reference) =>
        [.. (await program.TasksAsync(reference)).Where(t => t.IsOpen).Select(t => t.Id)];

    /// <summary>"decision kept, sent missed, removed running".</summary>
    public async Task<string> ClocksAsync(string reference, int no = 1)
    {
        var roster = await program.Get<CaseRosters>().OfAsync(program.Get<CaseStore>(), reference, program.Time.Now);
        var takedown = await TakedownAsync(reference, no);
        var clocks = new[]
        {
            TakedownClocks.Decision(await IncidentAsync(reference), roster.Durations, program.Time.Now),
            TakedownClocks.Sent(takedown, roster.Durations, program.Time.Now),
            TakedownClocks.Removed(takedown, roster.Durations, program.Time.Now),
        };
        return string.Join(", ", clocks.OfType<ClockFace>().Select(c => $"{c.Code} {(c.Kept is { } kept ? kept ? "kept" : "missed" : "running")}"));
    }

    /// <summary>Timeline codes with hours, for those codes.</summary>
    public async Task<IReadOnlyList<string>> TimelineAsync(string reference, params string[] codes) =>
        [.. (await program.Get<CaseStore>().ListAsync<TimelineEntry>(reference, Rows.TimelinePrefix)).Select(e => e.Value)
            .Where(e => codes.Contains(e.Code)).Select(e => $"{Hours(e.At)} {e.Code}{(e.Code == "clock.missed" ? " " + e.Fact!.Split(' ')[0] : "")}")];

    public ValueTask DisposeAsync() => program.DisposeAsync();

    private string Hours(DateTimeOffset at)
    {
        var elapsed = at - program.Start;
        return elapsed.Minutes == 0 ? $"{(int)elapsed.TotalHours} h" : $"{(int)elapsed.TotalHours} h {elapsed.Minutes}";
    }

    private string Who(TrustDirectory people, string address) =>
        people.ByEmail(address, program.Time.Now) is { } person ? Names.GetValueOrDefault(person.Id, person.Id) : address;
}
