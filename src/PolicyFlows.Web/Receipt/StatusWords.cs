using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Report;

namespace PolicyFlows.Web.Receipt;

/// <summary>The state of a report in plain words for its reporter (roles: status only).</summary>
internal static class StatusWords
{
    /// <summary>One line at the top.</summary>
    public static string Headline(ReceiptView view) => view.Incident switch
    {
        { State: IncidentState.Closed } => "Your report is closed",
        _ when view.Deciding is { Kind: TaskKind.SecondLook } => "Your report is being looked at a second time",
        { Decisions.Count: 0 } => "Your report is being read",
        _ when view.Deciding is not null => "What you added is being read",
        _ => "The school is dealing with it",
    };

    /// <summary>Who is asked by when, and what comes next.</summary>
    public static string? Next(ReceiptView view)
    {
        var incident = view.Incident;
        if (incident.State == IncidentState.Closed) return incident.ClosedAt is { } closed ? $"It was closed on {At(view, closed)}. If it happens again, add it here: that opens it again." : null;
        if (view.Deciding is not { } task)
            return incident.Decision is null ? "It is being passed on just now." : (view.ToDo.Count == 0 ? "There is nothing that you need to do now." : null);
        var holders = task.CurrentHolders.ToList();
        if (holders.Count == 0) return "Your report waits for somebody who may read it. Please telephone the office of your school and give the reference.";
        var names = Join([.. holders.Select(h => Readers.Of(view.Entry.Roster.Directory, new Candidate(h.PersonKey, h.OnBehalfOf, h.Role ?? Role.SeniorManager)).NameAndRole)]);
        var due = holders.Min(h => h.DueAt);
        if (holders.Count == 1 && view.Entry.Now < due) return $"{names}, has been asked to decide what to do by {At(view, due)}.";
        return $"{(view.Entry.Now >= due ? $"It should have been decided by {At(view, due)}. " : "")}{names}, {(holders.Count == 1 ? "has" : "have")} been asked. The first answer counts.";
    }

    /// <summary>What was decided, as far as a reporter may know it.</summary>
    public static IReadOnlyList<string> Decided(ReceiptView view, IncidentDecision decision)
    {
        var lines = new List<string>();
        foreach (var route in decision.Routes)
        {
            var line = route switch
            {
                IncidentRoute.Takedown => "The school asks for it to be removed.",
                IncidentRoute.Safeguarding => "It was passed to the safeguarding lead.",
                IncidentRoute.PupilConduct or IncidentRoute.StaffConduct => "The school follows it up under its own procedures. What comes of that is confidential.",
                IncidentRoute.Police when view.Entry.ForSelf => "You are asked first whether the police may be told.",
                IncidentRoute.Support when view.Entry.ForSelf => "Somebody arranges support for you.",
                IncidentRoute.NoAction => "The school takes no action.",
                _ => null,
            };
            if (line is not null && !lines.Contains(line)) lines.Add(line);
        }

        return lines.Count == 0 ? ["The school is dealing with it. The details are between the school and the person it happened to."] : lines;
    }

    /// <summary>How far the removal of a target is.</summary>
    public static string Removal(ReceiptView view, TargetRecord target)
    {
        if (view.TakedownOf(target) is not { } takedown) return view.Incident.Decision is null ? "Being read" : "With the school";
        // A colleague's "no" looks like a "not yet": their answer is theirs.
        if (takedown.State == TakedownState.Withdrawn || (takedown.Requests.Count == 0 && !view.Entry.ForSelf && takedown.State == TakedownState.Open)) return "With the school";
        var host = view.Hosts.Get(target.HostId);
        var asked = takedown.FirstRung == Rung.OwnAccount ? "The school" : host.Id == Host.UnknownId ? "The website" : host.Name;
        return takedown.State switch
        {
            TakedownState.Removed => $"Gone. Seen twice, last on {At(view, takedown.EndedAt!.Value)}. We look again later.",
            TakedownState.NotRemoved => "The school could not get it removed. Ask the office of your school whom to talk to about it.",
            _ when takedown.Requests.Count == 0 => ToSend(view, takedown, asked),
            _ => Sent(view, takedown, asked),
        };
    }

    private static string ToSend(ReceiptView view, TakedownRecord takedown, string asked)
    {
        var due = takedown.ClockStart + view.Entry.Roster.Durations.SentDue;
        var late = view.Entry.Now >= due ? $" That should have been done by {At(view, due)}." : "";
        if (takedown.FirstRung == Rung.OwnAccount) return $"It is on the school's own account. The school removes it{(late.Length > 0 ? "." + late : $" by {At(view, due)}.")}";
        if (takedown.Filer is Filer.Victim or Filer.Recipient) return $"Only you can ask {Lower(asked)}. See \"For you to do\".{late}";
        return $"The school asks {Lower(asked)} to remove it{(late.Length > 0 ? "." + late : $" by {At(view, due)}.")}";
    }

    private static string Sent(ReceiptView view, TakedownRecord takedown, string asked)
    {
        var last = takedown.Requests[^1];
        var who = last.Rung switch
        {
            Rung.HostingProvider => "The company that hosts the website was asked",
            Rung.OwnAccount => "The school removed it",
            _ => $"{asked} was asked",
        };
        var sent = $"{who} on {At(view, last.SentAt)}.";
        if (takedown.NotRemoved is not null) return $"{sent} The school is weighing whether more can be done.";
        var next = TakedownPlan.Next(takedown, view.Entry.Roster.Durations, view.Entry.Now);
        var gone = takedown.Checks.Count > 0 && takedown.Checks[^1].IsGone;
        return next.Step switch
        {
            TakedownStep.WaitForCheck => gone ? $"{sent} It was gone at the first look. A second one follows on {At(view, next.At!.Value)}." : $"{sent} A person looks on {At(view, next.At!.Value)} whether it is gone.",
            TakedownStep.Check => $"{sent} A person is asked to look whether it is gone.",
            TakedownStep.HostingProvider => $"{sent} It is still there. Next the company that hosts the website is asked, by {At(view, next.At!.Value)}.",
            _ => sent,
        };
    }

    private static string At(ReceiptView view, DateTimeOffset instant) => London.Format(instant, besides: view.Incident.ReportedAt);

    private static string Lower(string text) => text is "The website" or "The school" ? "the" + text[3..] : text;

    private static string Join(IReadOnlyList<string> names) => names.Count == 1 ? names[0] : string.Join("; ", names.SkipLast(1)) + "; and " + names[^1];
}
