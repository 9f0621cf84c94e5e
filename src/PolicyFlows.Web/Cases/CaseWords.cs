using System.Globalization;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Mail;

namespace PolicyFlows.Web.Cases;

/// <summary>Words for what cases are made of. One place for all pages that show cases.</summary>
public static class CaseWords
{
    /// <summary>Where an incident stands.</summary>
    public static string Of(IncidentState state) => state switch
    {
        IncidentState.AwaitingDecision => "Waiting for a decision",
        IncidentState.InProgress => "Being worked on",
        _ => "Closed",
    };

    /// <summary>Colour of the state's tag.</summary>
    public static string Colour(IncidentState state) => state switch
    {
        IncidentState.AwaitingDecision => "yellow",
        IncidentState.InProgress => "blue",
        _ => "green",
    };

    /// <summary>Where a takedown stands.</summary>
    public static string Of(TakedownRecord takedown) => takedown.State switch
    {
        TakedownState.Removed => takedown.Requests[^1].Rung switch
        {
            Rung.HostingProvider => "Removed by the hosting provider",
            Rung.OwnAccount => "Removed by the school itself",
            _ => "Removed",
        },
        TakedownState.Withdrawn => "Stopped: the person harmed said no",
        TakedownState.NotRemoved => "Cannot be removed",
        _ when takedown.NotRemoved is { ConfirmedByKey: null } => "A second person is asked whether it cannot be removed",
        _ when takedown.Requests.Count == 0 => "Request not sent yet",
        _ when takedown.Checks.Count == 0 || takedown.Checks[^1].RequestNo < takedown.Requests.Count => "Request sent, not checked yet",
        _ => takedown.Checks[^1].Outcome switch
        {
            CheckOutcome.StillThere => "Still there: the hosting provider is next",
            CheckOutcome.CannotTell => "Could not be told, another person looks",
            _ => "Gone once, checked a second time later",
        },
    };

    /// <summary>Colour of a takedown's tag.</summary>
    public static string Colour(TakedownRecord takedown) => takedown.State switch
    {
        TakedownState.Removed => "green",
        TakedownState.Withdrawn or TakedownState.NotRemoved => "grey",
        _ when takedown.Checks.Count > 0 && takedown.Checks[^1] is { Outcome: CheckOutcome.StillThere } last && last.RequestNo == takedown.Requests.Count => "red",
        _ => "blue",
    };

    /// <summary>Who was asked.</summary>
    public static string Of(Rung rung) => rung switch
    {
        Rung.HostingProvider => "hosting provider",
        Rung.OwnAccount => "owner of the school's account",
        _ => "website",
    };

    /// <summary>A question as a noun: "Removal request".</summary>
    public static string Of(TaskKind kind) => kind switch
    {
        TaskKind.Agreement => "Agreement of the person harmed",
        TaskKind.PoliceConsent => "Agreement to tell the police",
        TaskKind.SupportOffer => "Answer to the offer of support",
        TaskKind.PupilConduct => "Hand-over: pupil conduct",
        TaskKind.StaffConduct => "Hand-over: conduct of staff",
        _ => TaskWords.Of(kind).Needed,
    };

    /// <summary>A person of a case as readers know them.</summary>
    public static string Person(TrustDirectory directory, string key) => key switch
    {
        ProcessContext.Program => "PolicyFlows",
        CasePeople.ReporterKey => "The reporter",
        CasePeople.HarmedKey => "The person harmed",
        "" => "Somebody",
        _ => directory.NameOf(key),
    };

    /// <summary>A size for people: "1.2 MB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.0} MB"),
    };

    /// <summary>How long something took or takes, to the minute below two days: "5 hours 20 minutes".</summary>
    public static string Span(TimeSpan span)
    {
        span = span.Duration();
        if (span < TimeSpan.FromMinutes(1)) return "less than a minute";
        if (span >= TimeSpan.FromHours(96)) return Count((int)span.TotalDays, "day");
        var (hours, minutes) = ((int)span.TotalHours, span.Minutes);
        return hours == 0 ? Count(minutes, "minute") : minutes == 0 || hours >= 24 ? Count(hours, "hour") : $"{Count(hours, "hour")} {Count(minutes, "minute")}";
    }

    /// <summary>A number with its noun.</summary>
    public static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
