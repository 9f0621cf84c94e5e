using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Support;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Tests.Support;
using static PolicyFlows.Core.People.DemonstrationSeed;

namespace PolicyFlows.Web.Tests.Access;

/// <summary>An incident with every branch and a safeguarding concern, with a word of its own in every field of each part.</summary>
internal sealed class CanaryCase(TestProgram site)
{
    public const string OfIncident = "canary-incident-5101", OfDecision = "canary-decision-5108", OfEvidence = "canary-evidence-5109", OfTakedown = "canary-takedown-5102", OfPolice = "canary-police-5103", OfSupport = "canary-support-5104",
        OfSafeguarding = "canary-safeguarding-5105", OfPupil = "canary-pupil-5106", OfBreach = "canary-breach-5107";

    public static readonly IReadOnlyList<string> All = [OfIncident, OfDecision, OfEvidence, OfTakedown, OfPolice, OfSupport, OfSafeguarding, OfPupil, OfBreach];

    private static readonly byte[] Png = [.. SampleFiles.Png, .. System.Text.Encoding.ASCII.GetBytes(OfEvidence)];

    public string Incident { get; private set; } = "";

    public string Alert { get; } = "SG-7K3M9QRS";

    /// <summary>Opens the reporter's page.</summary>
    public const string ReceiptCode = "ABCDE-FGHJK-MNPQR-STVWX-23456";

    /// <summary>The deputy who is named in the report.</summary>
    public const string Named = SecondDeputy;

    public async Task SeedAsync()
    {
        await ReportAsync();
        await AlertAsync();
        await DecideAsync();
        await AnswerAsync();
        await site.RunAsync();
    }

    private async Task ReportAsync()
    {
        Incident = Receipts.NewReference("INC");
        var received = await site.Get<IEvidenceStore>().ReceiveAsync("evidence-of-the-walk", new MemoryStream(Png), "screen.png", 4096);
        var me = new CasePerson(Teacher, $"Alice {OfIncident}", $"{OfIncident}@polygon.example", $"07700 900111 {OfIncident}");
        await site.Get<IncidentDesk>().ReceiveAsync(new ReportOptions
        {
            Reference = Incident, ReceiptCode = ReceiptCode, SchoolId = FirstSchool, Story = new IncidentStory($"What happened: {OfIncident}", $"Sunday {OfIncident}"),
            Reporter = me, Harmed = me, InvolvedText = $"A pupil {OfIncident}", NamedPersonIds = [Named],
            Targets = [new(TargetKind.Post, $"https://www.reddit.com/r/{OfIncident}", $"https://www.reddit.com/r/{OfIncident}?x=1", OfIncident, "reddit", false)],
            Evidence = [new(received, $"screen {OfIncident}.png", site.Time.Now)],
        }, site.As(Teacher));
        await site.RunAsync();
        await site.Get<IncidentDesk>().AddAsync(Incident, $"Added: {OfIncident}", [], [], site.As(Teacher));
        await site.RunAsync();
    }

    private async Task AlertAsync()
    {
        await site.AlertAsync(
            new($"Who: {OfSafeguarding}", $"What: {OfSafeguarding}", $"Danger: {OfSafeguarding}"), new CasePerson(null, $"Sender {OfSafeguarding}", null, OfSafeguarding), Alert);
    }

    private async Task DecideAsync()
    {
        var task = await site.TaskAsync(Incident, TaskKind.Decide);
        await site.Get<DecisionDesk>().DecideAsync(Incident, new(task.Id,
            [IncidentRoute.Takedown, IncidentRoute.PupilConduct, IncidentRoute.StaffConduct, IncidentRoute.Safeguarding, IncidentRoute.Police, IncidentRoute.Support],
            Ground.Harassment, $"Reason: {OfDecision}"), site.As(Manager));
        await site.RunAsync();
    }

    private async Task AnswerAsync()
    {
        var takedown = site.Get<TakedownDesk>();
        await takedown.FiledAsync(Incident, new((await site.TaskAsync(Incident, TaskKind.FileRequest)).Id, site.Time.Now, $"REF {OfTakedown}", $"To {OfTakedown}"), site.As(Manager));
        await takedown.RepliedAsync(Incident, 1, refused: true, $"Reply: {OfTakedown}", site.As(Manager));
        await HandOverAsync(TaskKind.PupilConduct, HandOverDesk.Other, OfPupil, BehaviourLead);
        await HandOverAsync(TaskKind.StaffConduct, HandOverDesk.Other, OfBreach, Hr);
        await HandOverAsync(TaskKind.SupportArrange, HandOverDesk.Done, OfSupport, SupportContact);
        await HandOverAsync(TaskKind.SafeguardingHandOver, HandOverDesk.HandedOver, OfSafeguarding, Dsl);
        await site.Get<PoliceDesk>().ConsentAsync(Incident, (await site.TaskAsync(Incident, TaskKind.PoliceConsent)).Id, ConsentAnswer.Yes, site.As(Teacher));
        await site.RunAsync();
        await site.Get<PoliceDesk>().ReportedAsync(Incident, (await site.TaskAsync(Incident, TaskKind.PoliceReport)).Id, $"CRIME {OfPolice}", site.As(Manager));
        await site.RunAsync();
    }

    private async Task HandOverAsync(TaskKind kind, string outcome, string canary, string person)
    {
        var task = await site.TaskAsync(Incident, kind);
        await site.Get<HandOverDesk>().AnswerAsync(Incident, task.Id, outcome, $"Outcome: {canary}", site.As(person));
        await site.RunAsync();
    }
}
