using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;

namespace PolicyFlows.Web.Tasks;

/// <summary>Writes the request text of a task from its records. Nobody's name is in it.</summary>
public static class RequestText
{
    /// <summary>The text, or null when the task has no target to ask about.</summary>
    public static NoticeText? Of(TaskView view)
    {
        if (view is not { Target: { } target, Takedown: { } takedown, Route: { } route }) return null;
        var facts = new NoticeFacts
        {
            Reference = view.CaseId,
            SchoolName = view.SchoolName,
            TrustName = view.Directory.Settings.TrustName,
            SenderCapacity = PersonWords.Role(view.Entry.Holder.Role) ?? "representative",
            // A form asks for the sender's own address; in the text it might be passed on to whoever posted it.
            ReplyTo = "the email address given with this request",
            Kind = target.Kind,
            Addresses = [.. new[] { target.AddressAsGiven ?? target.Address }.OfType<string>()],
            Handle = target.Handle,
            Ground = takedown.Ground,
            WrittenAt = view.Now,
            AskedFor = view.Durations.RemovedDue,
            CopiesKept = view.Hashes.Count > 0,
            Hashes = view.Hashes,
            PoliceReference = view.CrimeReference,
        };
        if (view.Task.Kind != TaskKind.HostingProvider) return TakedownNotice.Write(view.HostOf(target), route, facts);
        var (asked, check) = (takedown.Requests.LastOrDefault(), takedown.Checks.LastOrDefault(c => c.Outcome == CheckOutcome.StillThere));
        var host = view.HostOf(target);
        return TakedownNotice.WriteToHostingProvider(null, new EarlierRequest(
            host.Id == Host.UnknownId ? "the operator of the site" : host.Name, asked?.SentAt ?? takedown.ClockStart, asked?.Reference, check?.AnsweredAt ?? view.Now), facts);
    }
}
