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

    public Task<IResult> ShowAsync(string id, HttpContext context) => door.OpenPersonAsync(id, context, (administration, person) => PageAsync(administration, person, FormState.Empty(), context));

    public Task<IResult> LeaveAsync(string id, HttpContext context) => door.OpenPersonAsync(id, context, async (administration, person) =>
    {
        var form = await FormState.ReadAsync(context);
        var when = form.OneOf(WhenField, [Now, Later], "Choose when");
        var at = when == Later ? DateTimeField.Read(form, AtField, "when they leave", required: true) : administration.Now;
        if (form.IsValid) await DirectoryActs.TryAsync(form, WhenField, () => desk.LeaveAsync(id, at, administration.Act("note that somebody leaves"), context.RequestAborted));
        return form.IsValid ? Page.Next(Links.Setup.Person(id)) : await PageAsync(administration, person, form, context);
    });

    public Task<IResult> StayAsync(string id, HttpContext context) => door.OpenPersonAsync(id, context, async (administration, person) =>
    {
        var form = FormState.Empty();
        await DirectoryActs.TryAsync(form, WhenField, () => desk.LeaveAsync(id, at: null, administration.Act("take leaving back"), context.RequestAborted));
        return form.IsValid ? Page.Next(Links.Setup.Person(id)) : await PageAsync(administration, person, form, context);
    });

    private async Task<IResult> PageAsync(Administration administration, Person person, FormState form, HttpContext context)
    {
        var parameters = new { Person = person, administration.Directory, Tasks = (await index.TasksAsync(person.Id, context.RequestAborted)).Count, Form = form };
        return form.IsValid ? Page.Of<LeavePage>(parameters) : Page.Invalid<LeavePage>(parameters);
    }
}
