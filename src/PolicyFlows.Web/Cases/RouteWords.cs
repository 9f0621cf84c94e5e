using PolicyFlows.Core.Incidents;

namespace PolicyFlows.Web.Cases;

/// <summary>Words for what can be decided about a report. One place for all pages.</summary>
public static class RouteWords
{
    /// <summary>As a choice.</summary>
    public static string Choice(IncidentRoute route) => route switch
    {
        IncidentRoute.Takedown => "Get it removed",
        IncidentRoute.PupilConduct => "Pupil conduct",
        IncidentRoute.StaffConduct => "Conduct of staff",
        IncidentRoute.Safeguarding => "Safeguarding",
        IncidentRoute.Police => "Tell the police",
        IncidentRoute.Support => "Arrange support",
        IncidentRoute.NoAction => "No action",
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "No words for this route."),
    };

    /// <summary>What was decided, in a row: "get it removed; tell the police, if the person harmed agrees".</summary>
    public static string Decided(IEnumerable<IncidentRoute> routes) => string.Join("; ", routes.Select(Decided));

    /// <summary>As part of "Decided: …".</summary>
    public static string Decided(IncidentRoute route) => route switch
    {
        IncidentRoute.Takedown => "get it removed",
        IncidentRoute.PupilConduct => "hand over to pupil conduct",
        IncidentRoute.StaffConduct => "hand over to conduct of staff",
        IncidentRoute.Safeguarding => "hand over to safeguarding",
        IncidentRoute.Police => "tell the police, if the person harmed agrees",
        IncidentRoute.Support => "arrange support",
        IncidentRoute.NoAction => "no action",
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "No words for this route."),
    };

    /// <summary>What a route starts.</summary>
    public static string Starts(IncidentRoute route) => route switch
    {
        IncidentRoute.Takedown => "Every page, post or message in the report gets its own request and clocks.",
        IncidentRoute.PupilConduct => "The behaviour lead gets a task to take it over. Choose this if a pupil seems to be behind it. No pupil is named here.",
        IncidentRoute.StaffConduct => "Human resources get a task to take it over under the disciplinary procedure.",
        IncidentRoute.Safeguarding => "The designated safeguarding lead and deputies are alerted at once. Choose this if a child may be at risk.",
        IncidentRoute.Police => "The person harmed is asked first whether they agree. Nothing is said to the police without their yes. In immediate danger, call 999 now.",
        IncidentRoute.Support => "The support contact gets a task to arrange it. The person harmed is offered support in any case.",
        IncidentRoute.NoAction => "The report is closed. The reporter reads your reason, and may ask the headteacher once to look again.",
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "No words for this route."),
    };

    /// <summary>What happens next, once decided.</summary>
    public static string Next(IncidentRoute route) => route switch
    {
        IncidentRoute.Takedown => "Getting it removed: for each link there is now a task with the text of the request. Where the website takes a request from you, the task comes to you by email. The clock for sending has been running since the report.",
        IncidentRoute.PupilConduct => "Pupil conduct: the behaviour lead has been asked to take it over.",
        IncidentRoute.StaffConduct => "Conduct of staff: human resources have been asked to take it over.",
        IncidentRoute.Safeguarding => "Safeguarding: the designated safeguarding lead and deputies have been alerted. If a child is in danger now, telephone them too, or call 999.",
        IncidentRoute.Police => "Police: the person harmed has been asked whether they agree. You get a task once they have answered.",
        IncidentRoute.Support => "Support: the support contact has been asked to arrange it.",
        IncidentRoute.NoAction => "The report is closed. Your reason stands on the reporter's page. They may ask the headteacher once to look again.",
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "No words for this route."),
    };
}
