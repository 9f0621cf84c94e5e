using PolicyFlows.Core.Access;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Safeguarding;

namespace PolicyFlows.Web.Cases;

/// <summary>Builds the case page for one visitor: every part only as far as their access goes.</summary>
public sealed class CaseReader(CaseStore cases, ReadLog reads, ReadingDesk reading, HostDirectory hosts)
{
    /// <summary>The page of a case.</summary>
    public async Task<CasePageModel> ReadAsync(CaseAccess access, CancellationToken cancellation = default)
    {
        var records = await CaseRecords.ReadAsync(cases, access.CaseId, cancellation);
        var model = new CasePageModel
        {
            Access = access, Kind = KindOf(access), Tasks = TasksOf(access, records), MayManage = access.Manages,
            Timeline = CaseTimeline.Of(access, records, hosts),
            Identity = [new SummaryRow("School", access.Directory.School(access.Common.SchoolId)?.Name ?? access.Directory.Settings.TrustName)],
            ReadsUntil = await ReadsUntilAsync(access, cancellation),
            Mails = access.Reads ? CaseMails.Of(access, records) : [],
            Reads = access.Manages || access.May(Right.Decide, CaseParts.Of(access.Common.Type)) ? await ReadsAsync(access, records, cancellation) : [],
        };
        return access.Common.Type switch
        {
            CaseType.Incident => await OfIncidentAsync(model, access, records, cancellation),
            CaseType.Safeguarding => await OfAlertAsync(model, access, cancellation),
            _ => model,
        };
    }

    private async Task<CasePageModel> OfIncidentAsync(CasePageModel model, CaseAccess access, CaseRecords records, CancellationToken cancellation)
    {
        var incident = await cases.NeedAsync<IncidentRecord>(access.CaseId, Rows.Case, cancellation);
        model = model with { Targets = IncidentParts.Targets(access, incident, records, hosts) };
        if (access.May(Right.See, CasePart.Incident))
        {
            var clocks = IncidentParts.Clocks(access, incident, records, hosts);
            model = model with
            {
                State = CaseWords.Of(incident.State), StateColour = CaseWords.Colour(incident.State), Clocks = clocks,
                Urgent = incident.State is IncidentState.Closed ? null : IncidentParts.Urgent(clocks),
                Age = $"{CaseWords.Span((incident.ClosedAt ?? access.At) - incident.ReportedAt)} {(incident.ClosedAt is null ? "since the report" : "from the report to closing")}",
                Course = access.May(Right.Read, CasePart.Incident) ? CourseModel.Of(incident, records, access, hosts) : null,
                Identity =
                [
                    .. model.Identity,
                    new SummaryRow("Reported", London.Format(incident.ReportedAt, LondonStyle.Full, access.At)),
                    .. incident.ManagerKey is { } manager ? new[] { new SummaryRow("Managed by", CaseWords.Person(access.Directory, manager)) } : [],
                    .. incident.ClosedAt is { } closed ? new[] { new SummaryRow("Closed", London.Format(closed, LondonStyle.Full, access.At)) } : [],
                ],
            };
        }

        if (!access.Reads) return model;
        var story = await cases.GetAsync<IncidentStory>(access.CaseId, Rows.Story, cancellation);
        return model with
        {
            Story = IncidentParts.Story(access, incident, story),
            Decisions = IncidentParts.Decisions(access, incident),
            Evidence = [.. records.Evidence.Select(item => Line(item, access))],
            Messages = [.. records.Messages.Select(m => new MessageLine(CaseWords.Person(access.Directory, m.ByKey), London.Format(m.At, LondonStyle.Full, access.At), m.Text))],
            MayClose = access.Manages && incident.State is not IncidentState.Closed && incident.Decision is not null,
        };
    }

    private async Task<CasePageModel> OfAlertAsync(CasePageModel model, CaseAccess access, CancellationToken cancellation)
    {
        if (!access.May(Right.See, CasePart.Safeguarding)) return model;
        var alert = await cases.NeedAsync<AlertRecord>(access.CaseId, Rows.Case, cancellation);
        var task = await cases.GetAsync<TaskRecord>(access.CaseId, Rows.Task(AlertRecord.TaskId), cancellation);
        var waiting = task is { IsOpen: true };
        model = model with
        {
            State = waiting ? "Nobody has confirmed it yet" : "A safeguarding lead has it", StateColour = waiting ? "red" : "green",
            Telephone = waiting ? AlertNumbers.Of(access.Directory, alert.SchoolId, access.At) : [],
            Urgent = waiting ? $"Unconfirmed for {CaseWords.Span(access.At - alert.SentAt)}" : null,
            Identity =
            [
                .. model.Identity, new SummaryRow("Sent", London.Format(alert.SentAt, LondonStyle.Full, access.At)),
                .. task?.Answer is { } answer
                    ? new[] { new SummaryRow("Confirmed", $"{CaseWords.Person(access.Directory, answer.PersonKey)}, {London.Format(answer.At, LondonStyle.Full, access.At)}") }
                    : [],
            ],
        };
        if (!access.Reads || await cases.GetAsync<AlertStory>(access.CaseId, Rows.Story, cancellation) is not { } story) return model;
        var sender = access.People.Reporter;
        return model with
        {
            Story =
            [
                new("Who it is about", story.Who), new("What happened", story.What), new("Is anyone in danger now?", story.DangerNow),
                new("Sent by", sender is null ? "No name given" : IncidentParts.Contact(sender)),
            ],
        };
    }

    private static IReadOnlyList<OpenTask> TasksOf(CaseAccess access, CaseRecords records) =>
    [
        .. records.Tasks.Values.Where(t => t.IsOpen).OrderBy(t => t.DueAt)
            .Where(t => t.HolderOf(access.PersonId) is not null || access.May(Right.See, CaseParts.Of(t.Kind)))
            .Where(t => !CaseParts.IsPersonal(t.Kind) || !access.IsReporter || access.IsHarmed)
            .Select(t =>
            {
                var mine = t.HolderOf(access.PersonId);
                var due = mine?.DueAt ?? t.DueAt;
                var names = access.May(Right.Read, CaseParts.Of(t.Kind)) || access.Reads;
                return new OpenTask(
                    CaseWords.Of(t.Kind) + (t.Target is { } no ? $", target {no}" : ""), t.Clause,
                    names ? [.. t.CurrentHolders.Select(h => Holder(access, h))] : [],
                    London.Format(due, LondonStyle.Full, access.At), due < access.At, mine is null ? null : Links.Tasks.Task(access.CaseId, t.Id));
            }),
    ];

    private static string Holder(CaseAccess access, TaskHolder holder) =>
        CaseWords.Person(access.Directory, holder.PersonKey)
        + (holder.OnBehalfOf is { } absent ? $", standing in for {access.Directory.NameOf(absent)}" : "")
        + (holder.Mailed ? "" : " (has no address here: it stands on the receipt page)");

    private async Task<string?> ReadsUntilAsync(CaseAccess access, CancellationToken cancellation) =>
        (await reading.ListAsync(access.CaseId, access.At, cancellation)).FirstOrDefault(r => r.Ground is ReadingGround.Request && r.PersonKey == access.PersonId)?.Until is { } until
            ? London.Format(until, LondonStyle.Full, access.At)
            : null;

    private async Task<IReadOnlyList<ReadLine>> ReadsAsync(CaseAccess access, CaseRecords records, CancellationToken cancellation) =>
        [.. (await reads.ListAsync(access.CaseId, cancellation)).OrderByDescending(r => r.At).Take(50).Select(r => new ReadLine(
            CaseWords.Person(access.Directory, r.PersonKey) + (r.OnBehalfOf is { } absent ? $", standing in for {access.Directory.NameOf(absent)}" : ""),
            WhatWasRead(r.What, records),
            London.Format(r.At, LondonStyle.Listed, access.At)))];

    private static string WhatWasRead(string what, CaseRecords records) => what switch
    {
        "case" => "Case page",
        _ when what.StartsWith(ReadLog.TaskPrefix, StringComparison.Ordinal) =>
            records.Tasks.GetValueOrDefault(what[ReadLog.TaskPrefix.Length..]) is { } task ? "Task: " + TimelineFacts.Lower(CaseWords.Of(task.Kind)) : "A task",
        _ => what.Replace("evidence-", "Evidence ", StringComparison.Ordinal),
    };

    /// <summary>An item of the evidence list.</summary>
    internal static EvidenceLine Line(EvidenceItem item, CaseAccess access) => new(
        item.No, item.FileName, item.MediaType, CaseWords.Size(item.Bytes), item.Sha256, London.Format(item.ReceivedAt, LondonStyle.Listed, access.At));

    private static string KindOf(CaseAccess access) => access.Common.Type switch
    {
        CaseType.Incident => "Abuse of a member of staff",
        CaseType.Safeguarding => "Safeguarding concern",
        _ => "Trouble of the program",
    };
}
