using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.Incidents;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Safeguarding;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Receipt;
using PolicyFlows.Web.Report;

namespace PolicyFlows.Web.Safeguarding;

/// <summary>One form; its POST stores and sends. No draft, scan, limit or further question stands in the way.</summary>
internal sealed class AlertForm(DirectoryStore directories, ReportJourney journey, AlertSender sender, AlertTickets tickets, ReceiptVisits visits, BusinessClock clock, ILogger<SafeguardingEndpoints> logger)
{
    public const string School = "school", Who = "who", What = "what", Danger = "danger", Name = "name", Telephone = "telephone", Seed = "form";

    private const int WhoLength = 500;

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var directory = await directories.RequireAsync(context.RequestAborted);
        var carried = context.Request.Query["from"] == "report" && await journey.DraftAsync(context) is { } draft ? new ReportAnswers(draft) : null;
        return Of(carried is null ? FormState.Empty() : Carry(carried), directory, carried is not null, AlertTickets.NewSeed());
    }

    public async Task<IResult> SendAsync(HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        try
        {
            var directory = await directories.RequireAsync(context.RequestAborted);
            form.OneOf(School, directory.Schools.Select(s => s.Id), "Choose the school");
            if (form.Required(Who, "Say which child, or describe them if you do not know the name").Length > 0) form.AtMost(Who, WhoLength, "Which child");
            if (form.Required(What, "Say what you are worried about").Length > 0) form.AtMost(What, ReportFields.WhatLength, "What you are worried about");
            if (form[Danger].Length > 0) form.OneOf(Danger, ["yes", "no", "unknown"], "Choose one of the answers, or none");
            form.Line(Name, ReportFields.NameLength, "Your name");
            form.Line(Telephone, 40, "Your telephone number");
            if (!form.IsValid) return Of(form, directory, carried: false, form[Seed], StatusCodes.Status400BadRequest);

            var (reference, code) = tickets.Of(form[Seed], form[School], form[Who], form[What], form[Danger], form[Name], form[Telephone]);
            var alert = await sender.SendAsync(OptionsOf(form, reference, code), new ProcessContext("safeguarding alert", CasePeople.ReporterKey, clock.Now));
            if (!Receipts.Matches(code, alert.ReceiptHash))
            {
                // Somebody else's case has this reference, once in some hundred thousand million: a fresh number.
                (reference, code) = tickets.Of("", form[School], form[Who], form[What]);
                await sender.SendAsync(OptionsOf(form, reference, code), new ProcessContext("safeguarding alert", CasePeople.ReporterKey, clock.Now));
            }

            visits.OpenAlert(context, reference, code);
            return Page.Next(Links.Safeguarding.Sent());
        }
        catch (Exception failure) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Nothing was stored. Whoever sent it must know at once, and whom to telephone; what was typed stays on the page.
            logger.LogError(failure, "A safeguarding concern could not be stored.");
            return Page.Plain<AlertFailedPage>(
                new { Form = form, Numbers = AlertNumbers.LastKnown(directories.LastKnown, form[School], clock.Now) }, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static AlertOptions OptionsOf(FormState form, string reference, string code)
    {
        var (name, telephone) = (Given(form[Name]), Given(form[Telephone]));
        return new AlertOptions
        {
            Reference = reference, ReceiptCode = code, SchoolId = form[School],
            Story = new AlertStory(form[Who], form[What], form[Danger] switch { "yes" => "Yes", "no" => "No", "unknown" => "Does not know", _ => "Not answered" }),
            Sender = name is null && telephone is null ? null : new CasePerson(null, name, null, telephone),
        };
    }

    private static FormState Carry(ReportAnswers answers) => FormState.From(
    [
        new(School, answers.SchoolId), new(What, answers.What), new(Name, answers[ReportFields.Name]), new(Telephone, answers[ReportFields.Telephone]),
    ]);

    private static IResult Of(FormState form, TrustDirectory directory, bool carried, string seed, int status = StatusCodes.Status200OK) =>
        Page.Of<AlertFormPage>(new { Form = form, directory.Schools, Carried = carried, Seed = seed }, status);

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
