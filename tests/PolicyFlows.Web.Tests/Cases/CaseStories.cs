using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Tests.Tasks;

namespace PolicyFlows.Web.Tests.Cases;

/// <summary>Steps of stories whose pages belong to others, done through the services, so that the pages of cases can be looked at.</summary>
internal static class CaseStories
{
    public static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 7, 7, 7];

    /// <summary>A report with a file of any name.</summary>
    public static async Task<string> ReportWithFileAsync(this Site site, string fileName = "screen.png", IReadOnlyList<string>? named = null)
    {
        var reference = Receipts.NewReference("INC");
        var received = await site.Get<IEvidenceStore>().ReceiveAsync(Guid.NewGuid().ToString("N"), new MemoryStream(Png), "screen.png", 4096);
        var me = new CasePerson(DemonstrationSeed.Teacher, "Alice Penhallick", Site.EmailOf(DemonstrationSeed.Teacher));
        await site.Get<IncidentDesk>().ReceiveAsync(new ReportOptions
        {
            Reference = reference, ReceiptCode = Receipts.NewCode(), SchoolId = DemonstrationSeed.FirstSchool, Story = new IncidentStory(Site.Canary),
            Reporter = me, Harmed = me, Targets = [Site.Post], NamedPersonIds = named ?? [], Evidence = [new(received, fileName, site.Business.Now)],
        }, site.As(DemonstrationSeed.Teacher));
        await site.RunAsync();
        return reference;
    }

    public static async Task DecideAsync(this Site site, string reference, string person, params IncidentRoute[] routes)
    {
        var task = await site.TaskAsync(reference, TaskKind.Decide);
        await site.Get<DecisionDesk>().DecideAsync(reference, new(task.Id, routes, Ground.Harassment, "It is aimed at her work."), site.As(person));
        await site.RunAsync();
    }

    public static async Task FileAsync(this Site site, string reference, string person)
    {
        await site.Get<TakedownDesk>().FiledAsync(reference, new((await site.TaskAsync(reference, TaskKind.FileRequest)).Id, site.Business.Now, "HOST-4711"), site.As(person));
        await site.RunAsync();
    }

    public static async Task CheckAsync(this Site site, string reference, string person, CheckOutcome outcome)
    {
        await site.Get<TakedownDesk>().CheckedAsync(reference, new((await site.TaskAsync(reference, TaskKind.CheckRemoval)).Id, outcome), site.As(person));
        await site.RunAsync();
    }
}
