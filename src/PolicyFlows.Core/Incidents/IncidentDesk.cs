using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Evidence;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Support;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Incidents;

/// <summary>A target as told on a form.</summary>
public sealed record TargetOptions(TargetKind Kind, string? Address, string? AddressAsGiven, string? Handle, string HostId, bool OwnAccount);

/// <summary>A file as told on a form, already received by the evidence store.</summary>
public sealed record EvidenceOptions(ReceivedEvidence Received, string FileName, DateTimeOffset ReceivedAt);

/// <summary>A whole report.</summary>
public sealed record ReportOptions
{
    /// <summary>Reference, drawn when the draft was opened, so that sending twice is one report.</summary>
    public required string Reference { get; init; }

    /// <summary>Receipt code, shown once to the reporter.</summary>
    public required string ReceiptCode { get; init; }

    /// <summary>School.</summary>
    public required string SchoolId { get; init; }

    /// <summary>What happened.</summary>
    public required IncidentStory Story { get; init; }

    /// <summary>Reporter; the same value as <see cref="Harmed"/> when they report for themselves.</summary>
    public CasePerson? Reporter { get; init; }

    /// <summary>Person harmed.</summary>
    public CasePerson? Harmed { get; init; }

    /// <summary>Which account.</summary>
    public AccountScope Account { get; init; }

    /// <summary>Targets; may be empty when there is a file or "I cannot get it now".</summary>
    public IReadOnlyList<TargetOptions> Targets { get; init; } = [];

    /// <summary>Files.</summary>
    public IReadOnlyList<EvidenceOptions> Evidence { get; init; } = [];

    /// <summary>Involved people of the directory.</summary>
    public IReadOnlyList<string> NamedPersonIds { get; init; } = [];

    /// <summary>Involved people as typed.</summary>
    public string? InvolvedText { get; init; }
}

/// <summary>Receives reports and additions (clause 8).</summary>
public sealed class IncidentDesk(CaseStore cases, CaseRosters rosters, TaskDesk tasks, SupportDesk support, TargetDesk targets)
{
    /// <summary>
    /// Receives a report: record, targets, evidence, receipt, the questions to the person harmed and the start of the decision, in one batch.
    /// Receiving the same reference again changes nothing. Durable when it returns.
    /// </summary>
    public Task<IncidentRecord> ReceiveAsync(ReportOptions report, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(report.Reference, context, async change =>
        {
            if (await change.GetAsync<IncidentRecord>(Rows.Case) is { } known) return known;
            var incident = new IncidentRecord
            {
                Reference = report.Reference, SchoolId = report.SchoolId, ReportedAt = change.Now, Account = report.Account,
                NamedPersonIds = report.NamedPersonIds, ReceiptHash = Receipts.Hash(report.ReceiptCode),
            };
            var people = new CasePeople(report.Reporter, report.Harmed, report.InvolvedText);
            change.Put(Rows.Case, incident);
            change.Put(Rows.People, people);
            change.Put(Rows.Story, report.Story);
            change.Note("incident.received", "8.1");
            foreach (var target in report.Targets) incident = TargetDesk.Add(change, incident, target);
            foreach (var file in report.Evidence) incident = AddEvidence(change, incident, file);
            change.Put(Rows.Case, incident);

            var roster = await rosters.OfAsync(change);
            if (roster.HasAddress(people.KeyOfReporter))
            {
                await change.MailAsync(new OutboxRow
                {
                    Key = "receipt", Kind = MailKind.Receipt, To = people.KeyOfReporter, Lane = MailLane.Incident, QueuedAt = change.Now,
                });
            }

            await change.StartAsync(Incident.Name, incident.InstanceId, "case");
            await support.OfferAsync(change, roster);
            if (!people.ReportedForSelf && people.Harmed is not null) await AskAgreementAsync(change, roster);
            change.Wake(Wakeup.Index());
            return incident;
        }, cancellation);

    /// <summary>
    /// The reporter adds something. Another link after a decision for removal is a second takedown with clocks of its own and no second
    /// decision; a closed incident opens again (scenario 17).
    /// </summary>
    public Task AddAsync(
        string reference, string text, IReadOnlyList<TargetOptions> added, IReadOnlyList<EvidenceOptions> files, ProcessContext context,
        CancellationToken cancellation = default) =>
        cases.ChangeAsync(reference, context, async change =>
        {
            var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
            incident = incident with { Messages = incident.Messages + 1 };
            change.Put($"{Rows.MessagePrefix}{incident.Messages:D3}", new ReporterMessage(incident.Messages, change.Now, context.PersonKey, text));
            change.Note("incident.added", "8.2", fact: $"message {incident.Messages}");
            change.Put(Rows.Case, incident);
            var before = incident.Targets;
            foreach (var target in added) incident = TargetDesk.Add(change, incident, target);
            foreach (var file in files) incident = AddEvidence(change, incident, file);
            if (incident.State == IncidentState.Closed) incident = Reopen(change, incident, "added");
            change.Put(Rows.Case, incident);
            if (incident.Decision is not null)
            {
                if (incident.Targets > before && !incident.RemovalRefused && incident.DecisionFor(IncidentRoute.Takedown) is not null)
                {
                    await targets.OpenMissingAsync(change);
                    if (files.Count > 0) change.Wake(Wakeup.Keep());
                }
                else
                {
                    // Not decided for removal, or nothing to remove: what was added is looked at afresh.
                    incident = incident with { DecisionsWanted = incident.Decisions.Count + 1 };
                    change.Put(Rows.Case, incident);
                    await change.StartAsync(Incident.Name, incident.InstanceId, "case");
                }
            }

            change.Wake(Wakeup.Index());
        }, cancellation);

    /// <summary>Opens a closed incident again.</summary>
    public static IncidentRecord Reopen(CaseChange change, IncidentRecord incident, string why)
    {
        change.Note("incident.reopened", "9.4", fact: why);
        return incident with { State = IncidentState.InProgress, ClosedAt = null };
    }

    private async Task AskAgreementAsync(CaseChange change, CaseRoster roster)
    {
        const string Id = "agreement-1";
        await tasks.AskAsync(change, new(Id, TaskKind.Agreement, "9.3", [new(roster.People.KeyOfHarmed, null, People.Role.StaffMember)],
            change.Now + roster.Durations.AnswerOtherPerson, TaskPlans.Personal(change.Now, roster.Durations), Mandatory: false));
        await change.StartAsync(SingleTask.Name, SingleTask.InstanceId(change.CaseId, Id), Id);
    }

    private static IncidentRecord AddEvidence(CaseChange change, IncidentRecord incident, EvidenceOptions file)
    {
        var no = incident.Evidence + 1;
        change.Put(Rows.Evidence(no), new EvidenceItem
        {
            No = no, BlobId = file.Received.BlobId, Sha256 = file.Received.Sha256, Bytes = file.Received.Bytes, MediaType = file.Received.MediaType,
            FileName = file.FileName, ReceivedAt = file.ReceivedAt, ByKey = change.Context.PersonKey,
        });
        change.Note("evidence.received", "8.2", $"evidence-{no}", fact: file.Received.Sha256);
        return incident with { Evidence = no };
    }
}
