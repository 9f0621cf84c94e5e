using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Receipt;

/// <summary>A report as its reporter stands before it. One instant of business time per request.</summary>
public sealed record ReceiptEntry(IncidentRecord Incident, CaseRoster Roster, DateTimeOffset Now)
{
    /// <summary>Reference.</summary>
    public string CaseId => Incident.Reference;

    /// <summary>Reporter and person harmed.</summary>
    public CasePeople People => Roster.People;

    /// <summary>The reporter is the person harmed.</summary>
    public bool ForSelf => Roster.People.ReportedForSelf;

    /// <summary>The reporter acts.</summary>
    public ProcessContext Acts(string process, string? why = null) => new(process, People.KeyOfReporter, Now, Why: why);
}

/// <summary>Lets reporters in to their own report, and to nothing else.</summary>
internal sealed class ReceiptDoor(ReceiptVisits visits, Visitors visitors, CaseStore cases, CaseRosters rosters, BusinessClock clock)
{
    /// <summary>The report that this device follows, or null.</summary>
    public async Task<ReceiptEntry?> EnterAsync(HttpContext context)
    {
        if (visits.Current(context) is not { } caseId || await cases.GetAsync<IncidentRecord>(caseId, Rows.Case, context.RequestAborted) is not { Type: CaseType.Incident } incident) return null;
        var now = clock.Now;
        return new(incident, await rosters.OfAsync(cases, caseId, now), now);
    }

    /// <summary>
    /// After a right code: this device follows the report. A reporter who is the person harmed may also do the tasks that only they can do,
    /// which stand on the receipt page because they may have no address.
    /// </summary>
    public async Task OpenAsync(HttpContext context, string caseId)
    {
        visits.Open(context, caseId);
        var people = await cases.GetAsync<CasePeople>(caseId, Rows.People, context.RequestAborted);
        if (people is { ReportedForSelf: true }) await visitors.GrantPassAsync(context, caseId, people.KeyOfHarmed);
    }

    /// <summary>Forgets the report on this device.</summary>
    public void Leave(HttpContext context)
    {
        visits.Leave(context);
        visitors.DropPasses(context);
    }
}
