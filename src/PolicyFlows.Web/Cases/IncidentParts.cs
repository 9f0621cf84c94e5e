using PolicyFlows.Core.Access;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Cases;

/// <summary>The parts of an incident's page in words.</summary>
internal static class IncidentParts
{
    public static IReadOnlyList<ClockGroup> Clocks(CaseAccess access, IncidentRecord incident, CaseRecords records, HostDirectory hosts)
    {
        var (d, now) = (access.Durations, access.At);
        // The state of a report that was decided or closed stays; a clock that was stopped by closing runs no further.
        var until = incident.ClosedAt ?? now;
        var decision = ClockDrawing.Decision(incident, d, until);
        if (!access.May(Right.See, CasePart.Takedown)) return [new(null, [decision])];
        var targets = records.Targets.Select(t => (Target: t, Clocks: (DrawnClock[])
        [
            ClockDrawing.Sent(t, records.TakedownOf(t.No), incident, d, until), ClockDrawing.Removed(records.TakedownOf(t.No), d, until),
        ])).ToList();
        return targets.Count switch
        {
            0 => [new(null, [decision])],
            1 => [new(null, [decision, .. targets[0].Clocks])],
            _ => [new(null, [decision]), .. targets.Select(t => new ClockGroup($"Target {t.Target.No}: {TitleOf(access, t.Target, hosts)}", t.Clocks))],
        };
    }

    public static string? Urgent(IReadOnlyList<ClockGroup> groups)
    {
        var clocks = groups.SelectMany(g => g.Clocks).ToList();
        var missed = clocks.Count(c => c.State is ClockState.Missed && c.Word == "Missed");
        var soon = clocks.Count(c => c.State is ClockState.Warning);
        return missed > 0 ? $"{CaseWords.Count(missed, "clock")} missed" : soon > 0 ? $"{CaseWords.Count(soon, "clock")} running out" : null;
    }

    public static IReadOnlyList<SummaryRow> Story(CaseAccess access, IncidentRecord incident, IncidentStory? story) =>
    [
        new("What happened", story?.WhatHappened ?? "The text was erased under the retention rules."),
        .. story?.WhenSeen is { } seen ? new[] { new SummaryRow("When it was seen", seen) } : [],
        new("Account", incident.Account switch { AccountScope.School => "A school account", AccountScope.Personal => "A personal account", _ => "Not said" }),
        new("Reported by", access.People.Reporter is { } reporter ? Contact(reporter) : "No name given"),
        new("Person harmed", access.People.ReportedForSelf ? "The reporter" : access.People.Harmed is { } harmed ? Contact(harmed) : "Not said"),
        new("Involved, as reported", Involved(access, incident)),
    ];

    public static string Contact(CasePerson person) =>
        string.Join("\n", new[] { person.Name, person.Email, person.Telephone }.Where(part => !string.IsNullOrWhiteSpace(part)).DefaultIfEmpty("No name given"));

    public static IReadOnlyList<DecisionLine> Decisions(CaseAccess access, IncidentRecord incident) =>
    [
        .. incident.Decisions.Select(d => new DecisionLine(
            Upper(RouteWords.Decided(d.Routes)), d.Reason,
            CaseWords.Person(access.Directory, d.ByKey) + (d.OnBehalfOf is { } absent ? $", standing in for {access.Directory.NameOf(absent)}" : ""),
            London.Format(d.At, LondonStyle.Full, access.At), d.Routes.Contains(IncidentRoute.Takedown) ? TargetWords.Of(d.Ground) : null)),
    ];

    public static IReadOnlyList<TargetLine> Targets(CaseAccess access, IncidentRecord incident, CaseRecords records, HostDirectory hosts)
    {
        if (!access.May(Right.See, CasePart.Takedown)) return [];
        var reads = access.May(Right.Read, CasePart.Takedown);
        return
        [
            .. records.Targets.Select(t =>
            {
                var takedown = records.TakedownOf(t.No);
                var state = takedown is not null ? CaseWords.Of(takedown)
                    : incident.State is IncidentState.AwaitingDecision ? "Waits for the decision" : incident.RemovalRefused ? "Stopped: the person harmed said no" : "Removal was not chosen";
                return new TargetLine(t.No, TitleOf(access, t, hosts), state, takedown is null ? "grey" : CaseWords.Colour(takedown),
                    reads ? Facts(access, t, takedown) : [], reads && takedown is not null ? History(access, takedown) : [],
                    access.Manages && takedown is { State: TakedownState.Open, Requests.Count: > 0 });
            }),
        ];
    }

    /// <summary>What a target is called: by kind and host for those who read it, by kind alone for those who may know only where it stands.</summary>
    private static string TitleOf(CaseAccess access, TargetRecord target, HostDirectory hosts) =>
        access.May(Right.Read, CasePart.Takedown) ? TargetWords.Name(target, hosts) : TargetWords.Of(target.Kind);

    private static IReadOnlyList<SummaryRow> Facts(CaseAccess access, TargetRecord target, TakedownRecord? takedown)
    {
        var rows = new List<SummaryRow>();
        // Shown as text, never as a link: one press must not lead to the abuse, nor tell its author that somebody came from here.
        if (target.Address is not null || target.AddressAsGiven is not null) rows.Add(new("Address", target.AddressAsGiven ?? target.Address));
        if (target.Handle is not null) rows.Add(new("Name or handle", target.Handle));
        rows.Add(new("Added", London.Format(target.AddedAt, LondonStyle.Full, access.At)));
        if (target.Parent is { } parent) rows.Add(new("Comes from", $"Target {parent}: it is back, or a copy"));
        if (takedown is not null) rows.Add(new("Ground", TargetWords.Of(takedown.Ground)));
        if (takedown is { FirstRung: Rung.Host, Filer: Filer.Victim or Filer.Recipient }) rows.Add(new("Who may ask", "Only the person harmed: the school helps"));
        if (takedown?.NotRemoved is { } not)
            rows.Add(new("Not removed, because", $"{not.Reason}\n{CaseWords.Person(access.Directory, not.ByKey)}{(not.ConfirmedByKey is { } second ? $", agreed by {CaseWords.Person(access.Directory, second)}" : ", waiting for a second person")}"));
        return rows;
    }

    private static IReadOnlyList<Step> History(CaseAccess access, TakedownRecord takedown) =>
    [
        .. takedown.Requests.Select(r => (r.SentAt, new Step(When(r.SentAt, access),
                (r.Rung is Rung.OwnAccount ? "Taken down from the school's own account by " : $"Request sent to the {CaseWords.Of(r.Rung)}{(r.To is { } to ? $" ({to})" : "")} by ")
                + Who(r.ByKey, access) + (r.Reference is { } reference ? $". Reference {reference}" : "") + ".")))
            .Concat(takedown.Replies.Select(r => (r.At, new Step(When(r.At, access), (r.Refused ? "The host refused" : "The host replied") + (r.Text is { } text ? $": {text}" : ".") + $" Noted by {Who(r.ByKey, access)}."))))
            .Concat(takedown.Checks.Select(c => (c.AnsweredAt, new Step(When(c.AnsweredAt, access), $"Checked by {Who(c.ByKey, access)}: {AnswerWords.Of(c.Outcome)}."))))
            .OrderBy(step => step.Item1).Select(step => step.Item2),
    ];

    private static string Involved(CaseAccess access, IncidentRecord incident)
    {
        var names = incident.NamedPersonIds.Select(access.Directory.NameOf).Concat(access.People.InvolvedText is { Length: > 0 } typed ? [typed] : []).ToList();
        return names.Count == 0 ? "Nobody was named" : string.Join("\n", names);
    }

    private static string When(DateTimeOffset at, CaseAccess access) => London.Format(at, LondonStyle.Listed, access.At);

    private static string Who(string key, CaseAccess access) => CaseWords.Person(access.Directory, key);

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
