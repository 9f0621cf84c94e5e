using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Tests.Support;

namespace PolicyFlows.Web.Tests.Tasks;

/// <summary>Brings cases to the point at which a task of a kind is asked.</summary>
public static class Everything
{
    private const string Manager = DemonstrationSeed.Manager;

    /// <summary>A colleague for whom somebody reports.</summary>
    public static readonly CasePerson Colleague = new(DemonstrationSeed.SecondTeacher, "A Colleague", Steps.EmailOf(DemonstrationSeed.SecondTeacher));

    /// <summary>Open tasks of every kind but those that need another to be answered first.</summary>
    public static async Task<IReadOnlyList<string>> AskAsync(TestProgram site)
    {
        List<string> cases = [];
        foreach (var kind in Enum.GetValues<TaskKind>()) cases.Add(await AskAsync(site, kind));
        return [.. cases.Distinct()];
    }

    /// <summary>A case with an open task of that kind.</summary>
    public static async Task<string> AskAsync(TestProgram site, TaskKind kind)
    {
        switch (kind)
        {
            case TaskKind.Decide:
                return await site.ReportAsync();
            case TaskKind.Agreement or TaskKind.SupportOffer:
                return await site.ReportAsync(harmed: Colleague);
            case TaskKind.SecondLook:
                var closed = await DecidedAsync(site, IncidentRoute.NoAction);
                await site.Get<ClosingDesk>().AskSecondLookAsync(closed, "Please look again", site.As(DemonstrationSeed.Teacher));
                await site.RunAsync();
                return closed;
            case TaskKind.FileRequest:
                return await DecidedAsync(site, IncidentRoute.Takedown);
            case TaskKind.RemoveOurselves:
                return await DecidedAsync(site, IncidentRoute.Takedown, Steps.Post with { OwnAccount = true });
            case TaskKind.CheckRemoval:
                return await SentAsync(site);
            case TaskKind.HostingProvider:
                var there = await SentAsync(site);
                await site.CheckAsync(there, Manager, CheckOutcome.StillThere);
                return there;
            case TaskKind.ConfirmNotRemoved:
                var stuck = await DecidedAsync(site, IncidentRoute.Takedown);
                await site.Get<TakedownDesk>().CannotBeRemovedAsync(stuck, "file-01", "The host has closed.", site.As(Manager));
                await site.RunAsync();
                return stuck;
            case TaskKind.PoliceConsent:
                return await DecidedAsync(site, IncidentRoute.Police);
            case TaskKind.TalkFirst:
                return await ConsentedAsync(site, ConsentAnswer.TalkFirst);
            case TaskKind.PoliceReport:
                return await ConsentedAsync(site, ConsentAnswer.YesWithoutName);
            case TaskKind.SupportArrange:
                return await DecidedAsync(site, IncidentRoute.Support);
            case TaskKind.SupportFollowUp:
                var later = await site.ReportAsync(harmed: Colleague);
                await site.Get<Core.Support.SupportDesk>().AnswerAsync(later, "later", site.As(Colleague.PersonId!));
                await site.AtAsync((site.Time.Now - site.Start).TotalHours + (8 * 24));
                return later;
            case TaskKind.PupilConduct:
                return await DecidedAsync(site, IncidentRoute.PupilConduct);
            case TaskKind.StaffConduct:
                return await DecidedAsync(site, IncidentRoute.StaffConduct);
            case TaskKind.SafeguardingHandOver:
                return await DecidedAsync(site, IncidentRoute.Safeguarding);
            case TaskKind.AcknowledgeAlert:
                return await site.AlertAsync(new("canary-who", "canary-what", "canary-danger"), new CasePerson(null, "A Sender", null, "07700 900999"));
            case TaskKind.FindSomebody:
                var orphan = await site.ReportAsync();
                foreach (var person in (string[])[Manager, DemonstrationSeed.FirstDeputy, DemonstrationSeed.SecondDeputy, DemonstrationSeed.Headteacher, DemonstrationSeed.TrustLead, DemonstrationSeed.Chair])
                    await site.Get<TaskActs>().RecuseAsync(orphan, null, site.As(person));
                await site.RunAsync();
                return $"OPS-{Core.Calendar.London.Day(site.Time.Now):yyyyMMdd}";
            case TaskKind.DeliveryTrouble:
                site.Mail.Refused.Add("gone@polygon.example");
                await site.ReportAsync(reporter: new CasePerson(null, "Somebody", "gone@polygon.example"));
                return $"OPS-{Core.Calendar.London.Day(site.Time.Now):yyyyMMdd}";
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    /// <summary>A report that the manager has decided.</summary>
    public static async Task<string> DecidedAsync(TestProgram site, IncidentRoute route, TargetOptions? target = null)
    {
        var caseId = await site.ReportAsync(target);
        await site.DecideAsync(caseId, Manager, route);
        return caseId;
    }

    private static async Task<string> SentAsync(TestProgram site)
    {
        var caseId = await DecidedAsync(site, IncidentRoute.Takedown);
        await site.FileAsync(caseId, Manager);
        await site.AtAsync((site.Time.Now - site.Start).TotalHours + 24);
        return caseId;
    }

    private static async Task<string> ConsentedAsync(TestProgram site, ConsentAnswer answer)
    {
        var caseId = await DecidedAsync(site, IncidentRoute.Police);
        await site.Get<PoliceDesk>().ConsentAsync(caseId, "consent-1", answer, site.As(DemonstrationSeed.Teacher));
        await site.RunAsync();
        return caseId;
    }
}
