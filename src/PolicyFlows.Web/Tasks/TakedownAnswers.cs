using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Tasks;

/// <summary>Reads the forms about a takedown and hands them to its desk.</summary>
public sealed class TakedownAnswers(TakedownDesk desk, HostDirectory hosts)
{
    /// <summary>The request was sent, or the item was removed from the school's own account.</summary>
    public Task SentAsync(TaskView view, FormState form, CancellationToken cancellation)
    {
        var provider = view.Task.Kind == TaskKind.HostingProvider;
        var to = provider ? form.Required("to", "Enter the company or the address that you wrote to") : "";
        form.AtMost("to", 300, "The company or address");
        var sentAt = ReadWhen(view, form);
        var reference = form.AtMost("reference", 200, "The reference");
        return form.IsValid
            ? desk.FiledAsync(view.CaseId, new(view.Task.Id, sentAt!.Value, reference.Length == 0 ? null : reference, provider ? to : null), view.Entry.Acts("record request"), cancellation)
            : Task.CompletedTask;
    }

    /// <summary>A check, perhaps with a copy that was found elsewhere.</summary>
    public Task CheckedAsync(TaskView view, FormState form, CancellationToken cancellation)
    {
        var outcome = form.OneOf("outcome", Enum.GetNames<CheckOutcome>(), "Choose what you found. If you are not sure, choose \"I cannot tell\"");
        var note = TaskAnswers.Note(form, "note", "Your note");
        var copy = ReadCopy(view, form);
        return form.IsValid
            ? desk.CheckedAsync(view.CaseId, new(view.Task.Id, Enum.Parse<CheckOutcome>(outcome!), note, copy), view.Entry.Acts("answer check"), cancellation)
            : Task.CompletedTask;
    }

    /// <summary>A second person agrees that it cannot be removed, or does not.</summary>
    public Task ConfirmAsync(TaskView view, FormState form, CancellationToken cancellation)
    {
        var answer = form.OneOf("answer", ["yes", "no"], "Choose whether you agree");
        var note = TaskAnswers.Note(form, "note", "Your note");
        if (answer == "no" && note is null) form.AddError("note", "Say what should be tried");
        return form.IsValid
            ? desk.ConfirmNotRemovedAsync(view.CaseId, view.Task.Id, answer == "yes", note, view.Entry.Acts("confirm not removed"), cancellation)
            : Task.CompletedTask;
    }

    /// <summary>It cannot be removed, because.</summary>
    public Task ImpossibleAsync(TaskView view, FormState form, CancellationToken cancellation)
    {
        var reason = form.Required("reason", "Say why it cannot be removed, and what was tried");
        form.AtMost("reason", TaskAnswers.MostCharacters, "Your reason");
        return form.IsValid
            ? desk.CannotBeRemovedAsync(view.CaseId, view.Task.Id, reason, view.Entry.Acts("cannot be removed", reason), cancellation)
            : Task.CompletedTask;
    }

    /// <summary>What the host replied.</summary>
    public Task ReplyAsync(TaskView view, FormState form, CancellationToken cancellation)
    {
        var answer = form.OneOf("answer", ["refused", "other"], "Choose what the website said");
        var text = form.Required("text", "Write down what the website said, in its words or yours");
        form.AtMost("text", TaskAnswers.MostCharacters, "The reply");
        return form.IsValid
            ? desk.RepliedAsync(view.CaseId, view.Task.Target!.Value, answer == "refused", text, view.Entry.Acts("record reply"), cancellation)
            : Task.CompletedTask;
    }

    private static DateTimeOffset? ReadWhen(TaskView view, FormState form)
    {
        var when = form.OneOf("when", ["now", "other"], view.Task.Kind == TaskKind.RemoveOurselves ? "Choose when you removed it" : "Choose when you sent the request");
        if (when != "other") return view.Now;
        var read = DateTimeField.Read(form, "at", view.Task.Kind == TaskKind.RemoveOurselves ? "the time when you removed it" : "the time when you sent it", required: true);
        // A minute of grace: the page counts in minutes and clocks differ.
        if (read > view.Now + TimeSpan.FromMinutes(1)) form.AddError("at", "That time is in the future. Enter when it was sent, in UK time", "day");
        else if (read < view.Takedown?.ClockStart - TimeSpan.FromMinutes(1)) form.AddError("at", "That is before it was reported. Check the day and the hour", "day");
        return read;
    }

    private TargetOptions? ReadCopy(TaskView view, FormState form)
    {
        var entered = form["copy"];
        if (entered.Length == 0) return null;
        if (view.Incident?.Targets >= TargetDesk.MostTargets)
        {
            form.AddError("copy", "This report has as many links as it can hold. Leave this empty and report the copy on its own");
            return null;
        }

        var (address, refusal) = TargetAddress.Normalise(entered);
        if (address is null)
        {
            form.AddError("copy", refusal switch
            {
                AddressRefusal.TooLong => "That address is too long. Enter the address of the page itself, up to 2,048 characters",
                AddressRefusal.HasCredentials => "That address holds a user name or password. Enter it without them",
                _ => "Enter the address of a web page, like https://example.com/page",
            });
            return null;
        }

        return new(view.Target?.Kind ?? TargetKind.Page, address.Normalised, address.Original, null, hosts.Match(address).Id, OwnAccount: false);
    }
}
