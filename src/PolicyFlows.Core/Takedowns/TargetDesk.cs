using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;

namespace PolicyFlows.Core.Takedowns;

/// <summary>Targets and the opening of their takedowns, inside an act.</summary>
public sealed class TargetDesk(HostDirectory hosts)
{
    /// <summary>Most targets that people can add to one incident.</summary>
    public const int MostTargets = 30;

    /// <summary>Most targets of one incident with those that checks find: copies, and what came back.</summary>
    public const int MostWithFound = 60;

    // Four rows each, beside up to 60 for every other route; a batch of table storage holds 100.
    private const int MostAtOnce = 10;

    /// <summary>Adds a target; its clocks start now.</summary>
    /// <param name="parent">The target whose check found this one.</param>
    /// <exception cref="InvalidOperationException">The incident has as many as it takes; forms ask before.</exception>
    public static IncidentRecord Add(CaseChange change, IncidentRecord incident, TargetOptions target, int? parent = null)
    {
        var no = incident.Targets + 1;
        var most = parent is null ? MostTargets : MostWithFound;
        if (no > most) throw new InvalidOperationException($"An incident takes at most {most} targets.");
        change.Put(Rows.Target(no), new TargetRecord
        {
            No = no, Kind = target.Kind, Address = target.Address, AddressAsGiven = target.AddressAsGiven, Handle = target.Handle, HostId = target.HostId,
            OwnAccount = target.OwnAccount, AddedAt = change.Now, Parent = parent,
        });
        change.Note("target.added", "8.2", $"target-{no}", fact: $"{target.Kind} {target.HostId}");
        return incident with { Targets = no };
    }

    /// <summary>
    /// Opens the takedowns of a case that is decided for removal, as many as fit into one batch. The orchestration of the incident opens what is left.
    /// </summary>
    /// <returns>True when some are left.</returns>
    public async Task<bool> OpenMissingAsync(CaseChange change)
    {
        var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
        if (incident.RemovalRefused || incident.DecisionFor(IncidentRoute.Takedown) is not { } decision) return false;
        var open = (await change.ListAsync<TakedownRecord>(Rows.TakedownPrefix)).Select(t => t.No).ToHashSet();
        var missing = Enumerable.Range(1, incident.Targets).Where(no => !open.Contains(no)).ToList();
        foreach (var no in missing.Take(MostAtOnce)) await OpenTakedownAsync(change, no, decision.Ground);
        if (missing.Count <= MostAtOnce) return false;
        await change.StartAsync(Incident.Name, incident.InstanceId, "case");
        return true;
    }

    /// <summary>Opens the takedown of a target unless it is open already or the person harmed said no.</summary>
    public async Task OpenTakedownAsync(CaseChange change, int no, Ground ground)
    {
        var row = Rows.Takedown(no);
        var incident = await change.NeedAsync<IncidentRecord>(Rows.Case);
        if (incident.RemovalRefused || await change.GetAsync<TakedownRecord>(row) is not null) return;
        var target = await change.NeedAsync<TargetRecord>(Rows.Target(no));
        var route = hosts.Get(target.HostId).RouteFor(ground, target.Kind, target.Address is not null);
        change.Put(row, new TakedownRecord
        {
            No = no, Ground = ground, ClockStart = target.AddedAt, OpenedAt = change.Now, Filer = target.OwnAccount ? Filer.Any : route.Filer,
            FirstRung = target.OwnAccount ? Rung.OwnAccount : Rung.Host,
        });
        change.Note("takedown.opened", "9.3", $"target-{no}", fact: ground.ToString());
        await change.StartAsync(Takedown.Name, TakedownRecord.InstanceId(change.CaseId, no), $"{no:D2}");
    }
}
