using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.Work;

namespace PolicyFlows.Core.Tasks;

/// <summary>What a holder can do with any task besides answering it.</summary>
public sealed class TaskActs(CaseStore cases, CaseRosters rosters, TaskDesk desk)
{
    /// <summary>
    /// "This concerns me": the person loses every right to the case at once, and whatever they held goes to the next in order (scenario 6).
    /// </summary>
    public Task RecuseAsync(string caseId, string? why, ProcessContext context, CancellationToken cancellation = default) =>
        cases.ChangeAsync(caseId, context, async change =>
        {
            var person = context.PersonKey;
            change.Note("person.recused", "8.1", text: why, fact: person);
            await NameAsync(change, person);
            var roster = await rosters.OfAsync(change);
            foreach (var held in await change.ListAsync<TaskRecord>(Rows.TaskPrefix))
            {
                if (!held.IsOpen || held.HolderOf(person) is not { } holder) continue;
                var task = desk.TakeFrom(change, held, person, "recused");
                var next = roster.Ladder().FirstOrDefault(c => task.Holders.All(h => h.PersonKey != c.PersonId));
                if (next is not null && !task.CurrentHolders.Any()) task = await desk.JoinAsync(change, roster, task, next, holder.DueAt, MailKind.TaskAsked);
                desk.Move(change, task);
            }
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
