using PolicyFlows.Core.Access;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Cases;

/// <summary>The timeline as one visitor may read it: steps of parts that they do not read are not there.</summary>
internal static class CaseTimeline
{
    public static IReadOnlyList<Components.TimelineEntry> Of(CaseAccess access, CaseRecords records, HostDirectory hosts) =>
        [.. records.Timeline.Where(entry => Readable(access, entry, records)).Select(entry => Shown(access, entry, records, hosts))];

    private static bool Readable(CaseAccess access, Core.Cases.TimelineEntry entry, CaseRecords records)
    {
        var part = CaseParts.Of(entry, access.Common.Type, records.Tasks);
        if (!access.Parts.Contains(part)) part = CaseParts.Of(access.Common.Type);
        if (!access.May(Right.Read, part)) return false;
        var personal = TaskOf(entry, records) is { } task ? CaseParts.IsPersonal(task.Kind) : entry.Code is "support.answered" or "police.consent-withdrawn" or "takedown.withdrawn";
        return !personal || !access.IsReporter || access.IsHarmed;
    }

    private static Components.TimelineEntry Shown(CaseAccess access, Core.Cases.TimelineEntry entry, CaseRecords records, HostDirectory hosts)
    {
        var task = TaskOf(entry, records);
        var words = TimelineWords.Of(new TimelineFacts(entry, task, access.Directory, hosts));
        var who = CaseWords.Person(access.Directory, entry.PersonKey) + (entry.OnBehalfOf is { } absent ? $", standing in for {access.Directory.NameOf(absent)}" : "");
        var text = records.Texts.GetValueOrDefault(entry.No);
        if (task is not null && !access.May(Right.Read, CaseParts.OfWords(task.Kind))) text = null;
        return new(entry.At, London.Format(entry.At, LondonStyle.Full, access.At), words.Title, who, entry.Clause, text, words.Tone);
    }

    private static TaskRecord? TaskOf(Core.Cases.TimelineEntry entry, CaseRecords records) =>
        entry.Subject is { } subject ? records.Tasks.GetValueOrDefault(subject) : null;
}
