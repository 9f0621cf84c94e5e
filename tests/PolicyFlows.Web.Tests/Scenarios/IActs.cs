using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;

namespace PolicyFlows.Web.Tests.Scenarios;

/// <summary>What the reporter fills in.</summary>
/// <param name="ReporterEmail">Null for none.</param>
/// <param name="ColleagueEmail">Set when reporting for a colleague.</param>
public sealed record ReportForm(
    string? ReporterEmail = "alice.penhallick@polygon.example", string? ColleagueEmail = null, string? Link = "https://www.facebook.com/groups/1/posts/2",
    string? Handle = null, string Kind = "Post", string? Platform = "Facebook", bool OwnAccount = false, string? InvolvedPersonId = null, bool Screenshot = true,
    string? ColleagueName = null);

/// <summary>The acts of people. Played through the services of the field, or through pages and mailed links.</summary>
public interface IActs
{
    Task<string> ReportAsync(ReportForm form);

    Task DecideAsync(string person, string reference, params IncidentRoute[] routes);

    Task AddRouteAsync(string person, string reference, IncidentRoute route);

    Task FiledAsync(string person, string reference, string taskId);

    Task CheckedAsync(string person, string reference, string taskId, CheckOutcome outcome);

    Task RepliedAsync(string person, string reference, int target, bool refused);

    Task RecuseAsync(string person, string reference, string taskId);

    Task AgreeAsync(string person, string reference, bool agrees);

    Task AddAsync(string reference, string text, string? link);

    /// <summary>Ids of what is still open; empty when it was closed.</summary>
    Task<IReadOnlyList<string>> CloseAsync(string person, string reference);

    Task<bool> AskSecondLookAsync(string reference);

    Task<string> AlertAsync();

    /// <summary>Begins a report, says that something may be a sexual image of a child, and describes it to the safeguarding lead.</summary>
    Task<string> DescribeImageAsync();

    Task AcknowledgeAsync(string person, string reference);

    Task HandedOverAsync(string person, string reference, string taskId);

    /// <summary>All that somebody reads who opens their mailed link to a task that is over.</summary>
    Task<string> ReadWhatWasDecidedAsync(string person, string reference, string taskId);
}
