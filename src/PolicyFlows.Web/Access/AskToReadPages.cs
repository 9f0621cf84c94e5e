using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Access;
using PolicyFlows.Core.Cases;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Cases;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Receipt;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Access;

/// <summary>
/// The data protection officer asks to read a case: by its reference, with a reason. A case that does not exist and one that asking does not
/// open are the same answer.
/// </summary>
internal sealed class AskToReadPages(Visitors visitors, CaseGate gate, ReadingDesk desk, BusinessClock clock)
{
    public const string ReferenceField = CodePages.Reference, ReasonField = "reason";

    public Task<IResult> ShowAsync(HttpContext context) => ForOfficerAsync(context, (_, directory) => Task.FromResult(Show(directory, FormState.Empty())));

    public Task<IResult> AskAsync(HttpContext context) => ForOfficerAsync(context, async (person, directory) =>
    {
        var roles = (await visitors.OfAsync(context)).RolesFromGroups;
        var form = await FormState.ReadAsync(context);
        var reference = CodePages.ReadReference(form);
        var reason = form.Required(ReasonField, "Say why you need to read it");
        form.AtMost(ReasonField, ClosePages.SummaryLength, "The reason");
        if (!form.IsValid) return Show(directory, form);
        if (await gate.OpenAsync(person, reference, context.RequestAborted, roles) is { Reads: true }) return Page.Next(Links.Cases.Show(reference));
        if (await gate.OnRequestAsync(person, reference, context.RequestAborted, roles) is not var (access, absent))
        {
            form.AddError(ReferenceField, "There is no case with this reference that you can ask to read. Check it with whoever gave it to you");
            return Show(directory, form);
        }

        await desk.AskAsync(access.CaseId, reason, new ProcessContext("ask to read", person, access.At, absent, reason), context.RequestAborted);
        return Page.Next(Links.Cases.Show(access.CaseId));
    });

    private async Task<IResult> ForOfficerAsync(HttpContext context, Func<string, TrustDirectory, Task<IResult>> act)
    {
        if ((await visitors.OfAsync(context)).PersonId is not { } person) return Page.Next(Links.SignIn.Start());
        var directory = await visitors.DirectoryOfAsync(context);
        return AccessFilter.MayAsk(directory, person, clock.Now) ? await act(person, directory) : Page.Error(StatusCodes.Status404NotFound);
    }

    private static IResult Show(TrustDirectory directory, FormState form)
    {
        var parameters = new { Time = Words.Of(directory.Settings.Durations.ReadingOnRequest), Form = form };
        return form.IsValid ? Page.Of<AskToReadPage>(parameters) : Page.Invalid<AskToReadPage>(parameters);
    }
}
