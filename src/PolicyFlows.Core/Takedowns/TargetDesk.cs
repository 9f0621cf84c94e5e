using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;

namespace PolicyFlows.Core.Takedowns;

/// <summary>Targets and the opening of their takedowns, inside an act.</summary>
public sealed class TargetDesk(HostDirectory hosts)
{
    /// <summary>Most targets that one incident takes: a batch of table storage holds 100 rows.</summary>
    public const int MostTargets = 30;

    /// <summary>Adds a target; its clocks start now.</summary>
    public static IncidentRecord Add(CaseChange change, IncidentRecord incident, TargetOptions target, int? parent = null)
    {
        var no = incident.Targets + 1;
        if (no > MostTargets) throw new InvalidOperationException($"An incident takes at most {MostTargets} targets.");
        change.Put(Rows.Target(no), new TargetRecord
        {
            No = no, Kind = target.Kind, Address = target.Address, AddressAsGiven = target.AddressAsGiven, Handle = target.Handle, HostId = target.HostId,
            OwnAccount = target.OwnAccount, AddedAt = change.Now, Parent = parent,
        });
        change.Note("target.added", "8.2", $"target-{no}", fact: $"{target.Kind} {target.HostId}");
        return incident with { Targets = no };
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
