using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Mail;
using PolicyFlows.Core.People;

namespace PolicyFlows.Core.Safeguarding;

/// <summary>Records a concern and sends its mails within the same request, on both hosts (clause 7.1, scenario 7).</summary>
public sealed class AlertSender(AlertDesk alerts, Deliveries deliveries, DirectoryStore directories)
{
    /// <summary>
    /// Returns when the concern is stored and its mails are out, or after <see cref="Settings.Durations.SafeguardingSendWithin"/>. Not
    /// stopped by a browser that goes away. An exception means that nothing was stored.
    /// </summary>
    public async Task<AlertRecord> SendAsync(AlertOptions options, ProcessContext context)
    {
        var directory = await directories.RequireAsync();
        var alert = await alerts.SendAsync(options, context);
        await deliveries.PushAsync(alert.Reference, MailLane.Safeguarding, directory.Settings.For(alert.SchoolId).SafeguardingSendWithin);
        return alert;
    }
}
