using PolicyFlows.Core.Access;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Web.Tasks;

/// <summary>Reads what the page of a task shows, and no more than <see cref="TaskSight"/> allows.</summary>
public sealed class TaskReader(CaseStore cases, HostDirectory hosts, ReadLog reads)
{
    // More hashes than this make a request unreadable; the manifest of the case has them all.
    private const int MostHashes = 10;

    /// <summary>The view of the holder. Content that is read is noted.</summary>
    public async Task<TaskView> ReadAsync(TaskEntry entry, CancellationToken cancellation = default)
    {
        var view = await ContentAsync(entry, cancellation);
        if (view.Story is not null || view.Alert is not null || view.Reason is not null)
            await reads.NoteAsync(entry.CaseId, entry.Task.Id, entry.Holder, entry.Now, cancellation);
        return view;
    }

    private async Task<TaskView> ContentAsync(TaskEntry entry, CancellationToken cancellation)
    {
        var (caseId, task, roster) = (entry.CaseId, entry.Task, entry.Roster);
        var view = new TaskView { Entry = entry, Hosts = hosts };
        switch (roster.Common.Type)
        {
            case CaseType.Incident:
                return await IncidentAsync(view, await cases.NeedAsync<IncidentRecord>(caseId, Rows.Case, cancellation), cancellation);
            case CaseType.Safeguarding when TaskSight.Of(task, entry.Holder.PersonKey, roster, null, entry.Now).Alert:
                return view with { Alert = await cases.GetAsync<AlertStory>(caseId, Rows.Story, cancellation), Sender = roster.People.Reporter };
            case CaseType.Operations:
                return view with { Trouble = await TroubleAsync(caseId, task, cancellation) };
            default:
                return view;
        }
    }

    private async Task<TaskView> IncidentAsync(TaskView view, IncidentRecord incident, CancellationToken cancellation)
    {
        var (caseId, task, roster) = (view.CaseId, view.Task, view.Entry.Roster);
        var sight = TaskSight.Of(task, view.Entry.Holder.PersonKey, roster, incident, view.Now);
        var targets = await ListAsync<TargetRecord>(Rows.TargetPrefix);
        view = view with
        {
            Incident = incident,
            Targets = sight.Targets ? targets : [.. targets.Where(t => t.No == task.Target)],
            Decisions = sight.Decisions ? incident.Decisions : [],
            Reason = sight.Reason ? incident.Decision?.Reason : null,
            Harmed = sight.Harmed ? roster.People.Harmed : null,
        };
        if (sight.Report)
        {
            view = view with
            {
                Story = await cases.GetAsync<IncidentStory>(caseId, Rows.Story, cancellation),
                Messages = await ListAsync<ReporterMessage>(Rows.MessagePrefix),
            };
        }

        if (sight.Evidence) view = view with { Evidence = await ListAsync<EvidenceItem>(Rows.EvidencePrefix) };
        if (task.Target is { } no)
        {
            view = view with
            {
                Takedown = await cases.GetAsync<TakedownRecord>(caseId, Rows.Takedown(no), cancellation),
                Hashes = [.. (await ListAsync<EvidenceItem>(Rows.EvidencePrefix)).Select(e => e.Sha256).Take(MostHashes)],
            };
        }

        if (task.Kind is TaskKind.PoliceReport or TaskKind.FileRequest or TaskKind.HostingProvider
            && await cases.GetAsync<PoliceRecord>(caseId, PoliceDesk.Row, cancellation) is { } police)
        {
            view = view with { Consent = task.Kind == TaskKind.PoliceReport ? police.Consent : null, CrimeReference = police.CrimeReference };
        }

        return view;

        async Task<IReadOnlyList<T>> ListAsync<T>(string prefix) where T : class =>
            [.. (await cases.ListAsync<T>(caseId, prefix, cancellation)).Select(r => r.Value)];
    }

    /// <summary>The text that was written right before the task was asked.</summary>
    private async Task<string?> TroubleAsync(string caseId, TaskRecord task, CancellationToken cancellation)
    {
        var asked = (await cases.ListAsync<TimelineEntry>(caseId, Rows.TimelinePrefix, cancellation)).Select(r => r.Value)
            .FirstOrDefault(e => e.Code == "task.asked" && e.Subject == task.Id);
        return asked is null ? null : (await cases.GetAsync<TimelineText>(caseId, Rows.Text(asked.No - 1), cancellation))?.Text;
    }
}
