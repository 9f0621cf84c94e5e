using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Cases;

/// <summary>What an entry of a timeline needs to be put into words.</summary>
/// <param name="Entry">The entry as kept.</param>
/// <param name="Task">The task it concerns, if it concerns one.</param>
public sealed record TimelineFacts(Core.Cases.TimelineEntry Entry, TaskRecord? Task, TrustDirectory Directory, HostDirectory Hosts)
{
    /// <summary>"Target 1".</summary>
    public string Target => Entry.Subject is { } s && s.StartsWith("target-", StringComparison.Ordinal) ? "target " + s["target-".Length..] : "a target";

    /// <summary>The question as a noun in the middle of a sentence.</summary>
    public string Question => Task is null ? "a task" : Lower(CaseWords.Of(Task.Kind)) + (Task.Target is { } no ? $", target {no}" : "");

    /// <summary>Name of the person whose id is the first word of the fact.</summary>
    public string PersonOfFact => CaseWords.Person(Directory, (Entry.Fact ?? "").Split(' ')[0]);

    internal static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}

/// <summary>A step in words.</summary>
public sealed record TimelineWording(string Title, TimelineTone Tone = TimelineTone.Plain);

/// <summary>Words for every code that the field writes on a timeline. A test reads the field's source and fails when a code has none.</summary>
public static class TimelineWords
{
    private static readonly Dictionary<string, Func<TimelineFacts, TimelineWording>> All = new(StringComparer.Ordinal)
    {
        ["incident.received"] = _ => new("Report received"),
        ["incident.added"] = _ => new("Something was added to the report"),
        ["incident.route-added"] = f => new($"Route added: {Route(f.Entry.Fact)}"),
        ["incident.closed"] = f => new(f.Entry.Fact == "no action" ? "Closed without action" : "Case closed", TimelineTone.Good),
        ["incident.reopened"] = f => new(f.Entry.Fact switch
        {
            "added" => "Case opened again: something was added",
            "second look" => "Case opened again for a second look",
            "route added" => "Case opened again: a route was added",
            { } back when back.EndsWith(" is back", StringComparison.Ordinal) => $"Case opened again: {back.Replace("target-", "target ", StringComparison.Ordinal)}",
            _ => "Case opened again",
        }, TimelineTone.Warning),
        ["incident.second-look"] = _ => new("Second look asked for"),
        ["target.added"] = f => new($"{Upper(f.Target)}: {TargetFact(f)}"),
        ["evidence.received"] = f => new($"Evidence {Number(f.Entry.Subject)} received and hashed"),
        ["evidence.downloaded"] = f => new($"Evidence {Number(f.Entry.Subject)} downloaded"),
        ["evidence.leftover-removed"] = f => new($"File {f.Entry.Subject} removed: no case and no draft held it"),
        ["takedown.opened"] = f => new($"Removal of {f.Target} started"),
        ["takedown.sent"] = Sent,
        ["takedown.refused"] = f => new($"The host refused, {f.Target}", TimelineTone.Warning),
        ["takedown.replied"] = f => new($"The host replied, {f.Target}"),
        ["takedown.removed"] = f => new($"{Upper(f.Target)} is removed{(f.Entry.Fact == nameof(Rung.HostingProvider) ? " by the hosting provider" : "")}: found gone twice", TimelineTone.Good),
        ["takedown.not-removed"] = f => new($"Two people agreed: {f.Target} cannot be removed", TimelineTone.Missed),
        ["takedown.goes-on"] = f => new($"Not agreed that {f.Target} cannot be removed: the work goes on"),
        ["takedown.withdrawn"] = f => new($"Removal of {f.Target} stopped: the person harmed said no"),
        ["clock.warned"] = f => new($"Warning sent: {Clock(f.Entry.Fact)} runs out", TimelineTone.Warning),
        ["clock.missed"] = f => new($"Clock missed: {Clock(f.Entry.Fact)}{(f.Entry.Subject?.StartsWith("target-", StringComparison.Ordinal) == true ? ", " + f.Target : "")}", TimelineTone.Missed),
        ["task.asked"] = f => new($"Task made: {f.Question}"),
        ["task.given"] = f => new($"{f.PersonOfFact} was asked: {f.Question}{Behalf(f)}"),
        ["task.taken"] = f => new($"Task taken from {f.PersonOfFact}: {f.Question}"),
        ["task.answered"] = Answered,
        ["task.nobody-left"] = f => new($"Nobody is left to answer: {f.Question}. Somebody outside the case is asked to find one", TimelineTone.Warning),
        ["task.withdrawn"] = f => new($"No longer needed: {f.Question}"),
        ["task.reminded"] = f => new(f.Task?.Kind is TaskKind.AcknowledgeAlert or TaskKind.SafeguardingHandOver ? "Alert sent again to the safeguarding leads" : $"Reminder sent: {f.Question}"),
        ["task.told"] = f => new(f.Task?.Kind is TaskKind.AcknowledgeAlert or TaskKind.SafeguardingHandOver
            ? $"{f.PersonOfFact} was told, without content, to make sure that somebody has it"
            : $"{f.PersonOfFact} was told that an answer is waited for: {f.Question}", TimelineTone.Warning),
        ["task.fresh-link"] = f => new($"Fresh link mailed to {f.PersonOfFact}: {f.Question}"),
        ["person.recused"] = f => new($"{f.PersonOfFact} stepped back: this concerns them"),
        ["police.opened"] = _ => new("Police: the member of staff is asked first"),
        ["police.consent-withdrawn"] = _ => new("Agreement to tell the police taken back"),
        ["support.offered"] = _ => new("Support offered"),
        ["support.answered"] = f => new($"Answer to the offer of support: {AnswerWords.Of(TaskKind.SupportOffer, f.Entry.Fact ?? "")}"),
        ["reading.asked"] = f => new($"Opened to the data protection officer on request{Until(f)}"),
        ["reading.invited"] = f => new($"{f.PersonOfFact} was invited to read this case"),
        ["reading.ended"] = f => new($"Invitation ended: {f.PersonOfFact} no longer reads this case"),
        ["alert.sent"] = _ => new("Safeguarding concern sent to the leads"),
        ["code.sent"] = f => new($"Sign-in code mailed to {(f.PersonOfFact is "The reporter" or "The person harmed" ? TimelineFacts.Lower(f.PersonOfFact) : f.PersonOfFact)}"),
        ["session.opened"] = _ => new("Signed in"),
        ["session.ended"] = _ => new("Signed out"),
        ["engine.retried"] = f => new($"Orchestration {f.Entry.Fact} told to try again"),
        ["engine.terminated"] = f => new($"Orchestration {f.Entry.Fact} ended by an operator"),
        ["engine.purged"] = f => new($"Orchestration {f.Entry.Fact} cleared away"),
        ["mail.trouble"] = _ => new("Mail does not arrive", TimelineTone.Warning),
    };

    /// <summary>Codes that have words.</summary>
    public static IReadOnlyCollection<string> Codes => All.Keys;

    /// <summary>The words of an entry; for a code that a later version wrote, the code itself.</summary>
    public static TimelineWording Of(TimelineFacts facts) =>
        All.TryGetValue(facts.Entry.Code, out var words) ? words(facts) : new(facts.Entry.Code);

    /// <summary>A clock's name in the middle of a sentence.</summary>
    public static string Clock(string? fact) => (fact ?? "").Split(' ')[0] switch
    {
        TaskPlans.DecisionClock => "decision",
        TaskPlans.SentClock => "request sent",
        TaskPlans.RemovedClock => "removed",
        TaskPlans.AcknowledgementClock => "acknowledgement",
        _ => "the clock",
    };

    private static TimelineWording Sent(TimelineFacts facts)
    {
        var parts = (facts.Entry.Fact ?? "").Split(' ');
        var rung = Enum.TryParse<Rung>(parts[0], out var asked) ? asked : Rung.Host;
        var at = parts.Length > 1 && DateTimeOffset.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var sent) ? sent : facts.Entry.At;
        var title = rung is Rung.OwnAccount ? $"{Upper(facts.Target)} taken down from the school's own account" : $"Request for {facts.Target} sent to the {CaseWords.Of(rung)}";
        // Recorded later than it was sent: the clock counts the sending.
        return new(facts.Entry.At - at > TimeSpan.FromMinutes(1) ? $"{title}, at {London.Format(at, LondonStyle.Listed, facts.Entry.At)}" : title);
    }

    private static TimelineWording Answered(TimelineFacts facts)
    {
        if (facts.Task is not { } task) return new("Task answered");
        var answer = facts.Entry.Fact is { Length: > 0 } code ? AnswerWords.Of(task.Kind, code) : "";
        return task.Kind switch
        {
            TaskKind.Decide => new($"Decided: {answer}"),
            TaskKind.SecondLook => new($"Decided after a second look: {answer}"),
            TaskKind.CheckRemoval => new($"Checked, target {task.Target}: {answer}", facts.Entry.Fact switch
            {
                nameof(CheckOutcome.Gone) or nameof(CheckOutcome.ChangedAsAsked) => TimelineTone.Good,
                nameof(CheckOutcome.StillThere) => TimelineTone.Missed,
                _ => TimelineTone.Plain,
            }),
            TaskKind.AcknowledgeAlert or TaskKind.SafeguardingHandOver => new("Acknowledged: a safeguarding lead has it", TimelineTone.Good),
            _ => new($"Answered, {facts.Question}: {answer}"),
        };
    }

    private static string Until(TimelineFacts facts) =>
        DateTimeOffset.TryParse(facts.Entry.Fact, System.Globalization.CultureInfo.InvariantCulture, out var until) ? $", until {London.Format(until, LondonStyle.Listed, facts.Entry.At)}" : "";

    private static string Route(string? fact)
    {
        var parts = (fact ?? "").Split(' ');
        if (!Enum.TryParse<IncidentRoute>(parts[0], out var route)) return fact ?? "";
        var ground = parts.Length > 1 && Enum.TryParse<Ground>(parts[1], out var why) ? $" ({TimelineFacts.Lower(TargetWords.Of(why))})" : "";
        return RouteWords.Decided(route) + ground;
    }

    private static string TargetFact(TimelineFacts facts)
    {
        var parts = (facts.Entry.Fact ?? "").Split(' ');
        var kind = Enum.TryParse<TargetKind>(parts[0], out var known) ? TargetWords.Of(known) : "item";
        var host = parts.Length > 1 && parts[1] != Host.UnknownId ? $" on {facts.Hosts.Get(parts[1]).Name}" : "";
        return $"{TimelineFacts.Lower(kind)}{host} added";
    }

    private static string Behalf(TimelineFacts facts) =>
        (facts.Entry.Fact ?? "").Split(" for ") is [_, var absent] ? $", standing in for {facts.Directory.NameOf(absent)}" : "";

    private static string Number(string? subject) => subject?.Split('-')[^1] ?? "";

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
