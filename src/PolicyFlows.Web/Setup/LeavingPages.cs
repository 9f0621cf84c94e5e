using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Index;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Setup;

/// <summary>Somebody leaves the trust, at once or on a day.</summary>
internal sealed class LeavingPages(AdministratorDoor door, DirectoryDesk desk, CaseIndex index)
{
    public const string WhenField = "when", Now = "now", Later = "later", AtField = "at";

    public Task<IResult> ShowAsync(string id, HttpContext context) => WithAsync(id, context, (administration, person) => PageAsync(administration, person, FormState.Empty(), context));

    public Task<IResult> LeaveAsync(string id, HttpContext context) => WithAsync(id, context, async (administration, person) =>
    {
        var form = await FormState.ReadAsync(context);
        var when = form.OneOf(WhenField, [Now, Later], "Choose when");
        var at = when == Later ? DateTimeField.Read(form, AtField, "when they leave", required: true) : administration.Now;
        if (form.IsValid)
        {
            try
            {
                await desk.LeaveAsync(id, at, administration.Act("note that somebody leaves"), context.RequestAborted);
            }
            catch (DirectoryRuleException refused)
            {
                SetupWords.Refuse(form, refused.Rule, WhenField);
            }
        }

        return form.IsValid ? Page.Next(Links.Setup.Person(id)) : await PageAsync(administration, person, form, context);
    });

    public Task<IResult> StayAsync(string id, HttpContext context) => WithAsync(id, context, async (administration, person) =>
    {
        try
        {
            await desk.LeaveAsync(id, at: null, administration.Act("take leaving back"), context.RequestAborted);
        }
        catch (DirectoryRuleException refused)
        {
            var form = FormState.Empty();
            SetupWords.Refuse(form, refused.Rule, WhenField);
            return await PageAsync(administration, person, form, context);
        }

        return Page.Next(Links.Setup.Person(id));
    });

    private Task<IResult> WithAsync(string id, HttpContext context, Func<Administration, Person, Task<IResult>> answer) => door.OpenAsync(context, administration =>
        administration.Directory.Person(id) is { } person ? answer(administration, person) : Task.FromResult(Page.Error(StatusCodes.Status404NotFound)));

    private async Task<IResult> PageAsync(Administration administration, Person person, FormState form, HttpContext context)
    {
        var parameters = new { Person = person, administration.Directory, Tasks = (await index.TasksAsync(person.Id, context.RequestAborted)).Count, Form = form };
        return form.IsValid ? Page.Of<LeavePage>(parameters) : Page.Invalid<LeavePage>(parameters);
    }
}
