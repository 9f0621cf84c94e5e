using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Report;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Setup;

/// <summary>Schools: name, number, and who is asked for what.</summary>
internal sealed class SchoolPages(AdministratorDoor door, DirectoryDesk desk)
{
    public const string NameField = "name", TelephoneField = "telephone";

    public Task<IResult> ListAsync(HttpContext context) => door.OpenAsync(context, administration =>
        Task.FromResult(Page.Of<SchoolsPage>(new { administration.Directory, administration.Now })));

    public Task<IResult> NewAsync(HttpContext context) => door.OpenAsync(context, administration => Task.FromResult(PageOf(administration, school: null, FormState.Empty())));

    public Task<IResult> ShowAsync(string id, HttpContext context) => door.OpenAsync(context, administration => Task.FromResult(
        administration.Directory.School(id) is { } school
            ? PageOf(administration, school, FormState.From([new(NameField, school.Name), new(TelephoneField, school.Telephone)]))
            : Page.Error(StatusCodes.Status404NotFound)));

    public Task<IResult> AddAsync(HttpContext context) => door.OpenAsync(context, administration =>
        SaveAsync(administration, school: null, DirectoryDesk.NewId("s"), "add a school", context));

    public Task<IResult> SaveAsync(string id, HttpContext context) => door.OpenAsync(context, async administration =>
        administration.Directory.School(id) is { } school ? await SaveAsync(administration, school, id, "change a school", context) : Page.Error(StatusCodes.Status404NotFound));

    private async Task<IResult> SaveAsync(Administration administration, School? school, string id, string process, HttpContext context)
    {
        var form = await FormState.ReadAsync(context);
        form.Required(NameField, "Enter the name of the school");
        form.Required(TelephoneField, "Enter the main telephone number");
        var entered = new School { Id = id, Name = form.Line(NameField, 120, "The name"), Telephone = form.Telephone(TelephoneField, "The telephone number") };
        if (administration.Directory.Schools.Any(other => other.Id != id && string.Equals(other.Name, entered.Name, StringComparison.OrdinalIgnoreCase)))
            form.AddError(NameField, "There is a school of this name already");
        if (!form.IsValid) return PageOf(administration, school, form);
        await desk.SaveSchoolAsync(entered, administration.Act(process), context.RequestAborted);
        return Page.Next(Links.Setup.School(id));
    }

    private static IResult PageOf(Administration administration, School? school, FormState form)
    {
        var parameters = new { School = school, administration.Directory, administration.Now, Form = form };
        return form.IsValid ? Page.Of<SchoolPage>(parameters) : Page.Invalid<SchoolPage>(parameters);
    }
}
