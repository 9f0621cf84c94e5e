using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Tasks;

/// <summary>What a holder can do with any task besides answering it.</summary>
public sealed class TaskActs(CaseStore cases, CaseRosters rosters, TaskDesk desk)
{
    // Six rows each; a batch of table storage holds 100.
    private const int MostAtOnce = 8;

    /// <summary>
    /// "This concerns me": the person loses every right to the case at once, and whatever they held goes to the next in order (scenario 6).
    /// </summary>
    public Task RecuseAsync(string caseId, string? why, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(caseId, context, async change =>
        {
            var person = context.PersonKey;
            if ((await change.NeedAsync<CaseCommon>(Rows.Case)).NamedPersonIds.Contains(person)) return;
            change.Note("person.recused", "8.1", text: why, fact: person);
            await NameAsync(change, person);
            var roster = await rosters.OfAsync(change);
            var held = (await change.ListAsync<TaskRecord>(Rows.TaskPrefix)).Where(t => t.IsOpen && t.HolderOf(person) is not null).ToList();
            foreach (var task in held.Take(MostAtOnce)) desk.Move(change, await desk.PassOnAsync(change, roster, task, person, "recused"));
            // From here on they answer nothing; what does not fit into this batch is handed on when its orchestration looks at it, at once.
            foreach (var task in held.Skip(MostAtOnce)) change.Wake(Wakeup.Look(task.Id, task.Round));
        }, cancellation);

    /// <summary>A fresh link by mail to a holder whose link has expired. At most one an hour.</summary>
    /// <returns>False when nothing was sent: not a holder, over, no address, or asked too often.</returns>
    public Task<bool> MailFreshLinkAsync(string caseId, string taskId, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(caseId, context, async change =>
        {
            var task = await change.GetAsync<TaskRecord>(Rows.Task(taskId));
            if (task is not { IsOpen: true } || task.HolderOf(context.PersonKey) is not { Links.Count: > 0 } holder) return false;
            if (holder.Links.Count > 1 && change.Now - holder.Links[^1] < TimeSpan.FromHours(1)) return false;
            var roster = await rosters.OfAsync(change);
            if (roster.Common.NamedPersonIds.Contains(holder.PersonKey)) return false;
            var fresh = holder with { Links = [.. holder.Links, change.Now] };
            change.Note("task.fresh-link", task.Clause, task.Id, fact: holder.PersonKey);
            await change.MailAsync(TaskDesk.Letter(change, roster, task, $"{task.Id}.fresh.{holder.PersonKey}.{fresh.Links.Count}", MailKind.FreshLink,
                holder.PersonKey, fresh.Links.Count));
            desk.Move(change, task with { Holders = [.. task.Holders.Select(h => h == holder ? fresh : h)] });
            return true;
        }, cancellation);

    /// <summary>Puts a person on the list of those who are named in a case, whatever its type.</summary>
    private static async Task NameAsync(CaseChange change, string person)
    {
        var type = (await change.NeedAsync<CaseCommon>(Rows.Case)).Type;
        switch (type)
        {
            case CaseType.Incident:
                var incident = await change.NeedAsync<Incidents.IncidentRecord>(Rows.Case);
                change.Put(Rows.Case, incident with { NamedPersonIds = [.. incident.NamedPersonIds.Append(person).Distinct()] });
                break;
            case CaseType.Safeguarding:
                var alert = await change.NeedAsync<Safeguarding.AlertRecord>(Rows.Case);
                change.Put(Rows.Case, alert with { NamedPersonIds = [.. alert.NamedPersonIds.Append(person).Distinct()] });
                break;
            default:
                throw new InvalidOperationException($"Nobody is named in a case of type {type}.");
        }

        change.Wake(Wakeup.Index());
    }
}
