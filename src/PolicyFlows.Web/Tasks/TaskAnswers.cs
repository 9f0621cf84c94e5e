using PolicyFlows.Core.Hosts;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.Police;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Support;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Tasks;

/// <summary>Reads the form of each kind of task and hands it to its desk. A form with errors changes nothing.</summary>
public sealed class TaskAnswers(
    DecisionDesk decisions, TakedownAnswers takedowns, AgreementDesk agreement, PoliceDesk police, SupportDesk support, AlertDesk alerts, HandOverDesk handOvers)
{
    /// <summary>Longest text of a reason or note.</summary>
    public const int MostCharacters = 4000;

    /// <summary>Answers, or leaves errors in the form.</summary>
    public Task AnswerAsync(TaskView view, FormState form, CancellationToken cancellation) => view.Task.Kind switch
    {
        TaskKind.Decide or TaskKind.SecondLook => DecideAsync(view, form, cancellation),
        TaskKind.FileRequest or TaskKind.RemoveOurselves or TaskKind.HostingProvider => takedowns.SentAsync(view, form, cancellation),
        TaskKind.CheckRemoval => takedowns.CheckedAsync(view, form, cancellation),
        TaskKind.ConfirmNotRemoved => takedowns.ConfirmAsync(view, form, cancellation),
        TaskKind.Agreement => AgreeAsync(view, form, cancellation),
        TaskKind.PoliceConsent => ConsentAsync(view, form, cancellation),
        TaskKind.TalkFirst => TalkedAsync(view, form, cancellation),
        TaskKind.PoliceReport => ReportedAsync(view, form, cancellation),
        TaskKind.SupportOffer => SupportAsync(view, form, cancellation),
        TaskKind.AcknowledgeAlert => AcknowledgeAsync(view, form, cancellation),
        TaskKind.SafeguardingHandOver or TaskKind.SupportArrange or TaskKind.SupportFollowUp or TaskKind.PupilConduct or TaskKind.StaffConduct or TaskKind.DeliveryTrouble or TaskKind.FindSomebody =>
            HandOverAsync(view, form, cancellation),
        _ => throw new InvalidOperationException($"No form for tasks of kind {view.Task.Kind}."),
    };

    private Task DecideAsync(TaskView view, FormState form, CancellationToken cancellation)
    {
        var routes = form.All("route").Distinct(StringComparer.Ordinal).Select(r => Enum.TryParse<IncidentRoute>(r, out var route) && Enum.IsDefined(route) ? route : (IncidentRoute?)null).ToList();
        var refusal = TakedownChoice.Refusal(view);
        if (routes.Count == 0 || routes.Contains(null)) form.AddError("route", "Choose at least one thing that the school should do, or no action");
        else if (routes.Contains(IncidentRoute.NoAction) && routes.Count > 1) form.AddError("route", "No action cannot be combined with anything else: choose one or the other");
        else if (routes.Contains(IncidentRoute.Takedown) && refusal is not null) form.AddError("route", refusal);

        var ground = Ground.Other;
        if (routes.Contains(IncidentRoute.Takedown)
            && form.OneOf("ground", Enum.GetNames<Ground>(), "Choose why it should be removed: the request is written from it") is { } chosen) ground = Enum.Parse<Ground>(chosen);
        var reason = form.Required("reason", "Give your reason in a sentence or two");
        form.AtMost("reason", MostCharacters, "Your reason");
        return form.IsValid
            ? decisions.DecideAsync(view.CaseId, new(view.Task.Id, [.. routes.OfType<IncidentRoute>()], ground, reason), view.Entry.Acts("decide", reason), cancellation)
            : Task.CompletedTask;
    }

    private Task AgreeAsync(TaskView view, FormState form, CancellationToken cancellation) =>
        form.OneOf("answer", ["yes", "no"], "Choose yes or no") is { } answer
            ? agreement.AnswerAsync(view.CaseId, view.Task.Id, answer == "yes", view.Entry.Acts("answer agreement"), cancellation)
            : Task.CompletedTask;

    private Task ConsentAsync(TaskView view, FormState form, CancellationToken cancellation) =>
        form.OneOf("answer", Enum.GetNames<ConsentAnswer>(), "Choose what you would like. There is no right or wrong answer") is { } answer
            ? police.ConsentAsync(view.CaseId, view.Task.Id, Enum.Parse<ConsentAnswer>(answer), view.Entry.Acts("answer about the police"), cancellation)
            : Task.CompletedTask;

    private Task TalkedAsync(TaskView view, FormState form, CancellationToken cancellation)
    {
        form.OneOf("talked", ["yes"], "Tick the box once you have talked");
        var note = Note(form, "note", "Your note");
        return form.IsValid ? police.TalkedAsync(view.CaseId, view.Task.Id, note, view.Entry.Acts("talk first"), cancellation) : Task.CompletedTask;
    }

    private Task ReportedAsync(TaskView view, FormState form, CancellationToken cancellation)
    {
        var crime = form.Required("crime", "Enter the crime reference or log number the police gave you");
        form.AtMost("crime", 100, "The reference");
        return form.IsValid ? police.ReportedAsync(view.CaseId, view.Task.Id, crime, view.Entry.Acts("report to the police"), cancellation) : Task.CompletedTask;
    }

    private Task SupportAsync(TaskView view, FormState form, CancellationToken cancellation) =>
        form.OneOf("answer", ["accepted", "later", "declined"], "Choose what you would like. You can change your mind later") is { } answer
            ? support.AnswerAsync(view.CaseId, answer, view.Entry.Acts("answer offer of support"), cancellation)
            : Task.CompletedTask;

    private Task AcknowledgeAsync(TaskView view, FormState form, CancellationToken cancellation)
    {
        var number = ReadHaveIt(form);
        return form.IsValid ? alerts.AcknowledgeAsync(view.CaseId, view.Task.Id, number, view.Entry.Acts("acknowledge alert"), cancellation) : Task.CompletedTask;
    }

    private Task HandOverAsync(TaskView view, FormState form, CancellationToken cancellation)
    {
        var (outcome, text) = view.Task.Kind switch
        {
            TaskKind.SafeguardingHandOver => (HandOverDesk.HandedOver, ReadHaveIt(form)),
            TaskKind.FindSomebody => (HandOverDesk.Done, form.Required("note", "Say what you arranged, without names or details of the case")),
            TaskKind.DeliveryTrouble => (HandOverDesk.Done, form.Required("note", "Say what was wrong and how people were told")),
            _ => (form.OneOf("answer", HandOverDesk.Outcomes(view.Task.Kind), "Choose what came of it"), Note(form, "note", "Your note")),
        };
        form.AtMost("note", MostCharacters, "Your note");
        if (outcome == HandOverDesk.Other && text is null) form.AddError("note", "Say in a sentence what came of it");
        return form.IsValid ? handOvers.AnswerAsync(view.CaseId, view.Task.Id, outcome!, text, view.Entry.Acts("answer hand-over"), cancellation) : Task.CompletedTask;
    }

    private static string? ReadHaveIt(FormState form)
    {
        form.OneOf("have", ["yes"], "Tick the box to confirm that you have it");
        var number = form.AtMost("number", 100, "The record number");
        return number.Length == 0 ? null : number;
    }

    internal static string? Note(FormState form, string field, string what) => form.AtMost(field, MostCharacters, what) is { Length: > 0 } note ? note : null;
}
