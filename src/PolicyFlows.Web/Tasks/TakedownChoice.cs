using PolicyFlows.Core.Hosts;

namespace PolicyFlows.Web.Tasks;

/// <summary>Whether "get it removed" can be chosen, and what it would start.</summary>
public static class TakedownChoice
{
    /// <summary>Why it cannot be chosen; null when it can.</summary>
    public static string? Refusal(TaskView view) => view switch
    {
        { Incident.RemovalRefused: true } => "The person harmed does not want the school to ask for removal. That is theirs to say.",
        { Targets.Count: 0 } => "There is no link or handle yet. Add one to the report first, then decide to get it removed.",
        _ => null,
    };

    /// <summary>What it starts, from the targets.</summary>
    public static string Starts(TaskView view)
    {
        var own = view.Targets.Count(t => t.OwnAccount);
        var personal = view.Targets.Where(t => !t.OwnAccount)
            .Where(t => view.HostOf(t).RouteFor(Ground.Harassment, t.Kind, t.Address is not null).Filer is Filer.Victim or Filer.Recipient).ToList();
        var parts = new List<string> { view.Targets.Count == 1 ? "A task to ask for its removal, with the text ready to send." : $"A task for each of {view.Targets.Count} items, with the text ready to send." };
        if (own > 0) parts.Add("What stands on the school's own account goes to whoever looks after that account.");
        if (personal.Count > 0) parts.Add("Where a website takes a request only from the person harmed or the recipient, that person gets the task.");
        parts.Add($"The request is due {Components.Words.Of(view.Durations.SentDue)} after the report.");
        return string.Join(' ', parts);
    }
}
