using System.Globalization;
using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Report;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Setup;

/// <summary>The list of people, and what is known of each: name, address, number, schools.</summary>
internal sealed class PeoplePages(AdministratorDoor door, DirectoryDesk desk)
{
    public const string NameField = "name", EmailField = "email", TelephoneField = "telephone", SchoolsField = "schools";
    private const int PeoplePerPage = 50;

    public Task<IResult> ListAsync(HttpContext context) => door.OpenAsync(context, administration =>
    {
        var query = context.Request.Query;
        var (words, school) = (query["q"].ToString().Trim(), query["school"].ToString());
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 10_000 ? number : 1;
        var found = administration.Directory.People
            .Where(person => school.Length == 0 || person.SchoolIds.Contains(school, StringComparer.Ordinal))
            .Where(person => words.Length == 0 || person.Name.Contains(words, StringComparison.OrdinalIgnoreCase) || person.Email?.Contains(words, StringComparison.OrdinalIgnoreCase) is true)
            .ToList();
        return Task.FromResult(Page.Of<PeoplePage>(new
        {
            administration.Directory, administration.Now, Words = words, School = school, Number = page, Found = found.Count,
            People = (IReadOnlyList<Person>)[.. found.Skip((page - 1) * PeoplePerPage).Take(PeoplePerPage)], IsLast = page * PeoplePerPage >= found.Count,
        }));
    });

    public Task<IResult> NewAsync(HttpContext context) => door.OpenAsync(context, administration =>
        Task.FromResult(FormPage(administration, person: null, FormState.Empty())));

    public Task<IResult> AddAsync(HttpContext context) => door.OpenAsync(context, async administration =>
    {
        var form = await FormState.ReadAsync(context);
        var person = Entered(form, administration.Directory, new Person { Id = DirectoryDesk.NewId("p"), Name = "" });
        if (form.IsValid) await DirectoryActs.TryAsync(form, NameField, () => desk.AddPersonAsync(person, administration.Act("add a person"), context.RequestAborted));
        return form.IsValid ? Page.Next(Links.Setup.Person(person.Id)) : FormPage(administration, person: null, form);
    });

    public Task<IResult> DetailsAsync(string id, HttpContext context) => door.OpenPersonAsync(id, context, (administration, person) =>
        Task.FromResult(FormPage(administration, person, FormOf(person))));

    public Task<IResult> SaveAsync(string id, HttpContext context) => door.OpenPersonAsync(id, context, async (administration, person) =>
    {
        var form = await FormState.ReadAsync(context);
        _ = Entered(form, administration.Directory, person);
        if (form.IsValid)
            await DirectoryActs.TryAsync(form, NameField, () => desk.ChangePersonAsync(id, known => Entered(form, administration.Directory, known), administration.Act("change details"), context.RequestAborted));
        return form.IsValid ? Page.Next(Links.Setup.Person(id)) : FormPage(administration, person, form);
    });

    private static IResult FormPage(Administration administration, Person? person, FormState form)
    {
        var parameters = new { Person = person, administration.Directory, Form = form };
        return form.IsValid ? Page.Of<PersonFormPage>(parameters) : Page.Invalid<PersonFormPage>(parameters);
    }

    private static FormState FormOf(Person person) => FormState.From(
    [
        new(NameField, person.Name), new(EmailField, person.Email ?? ""), new(TelephoneField, person.Telephone ?? ""),
        .. person.SchoolIds.Select(school => KeyValuePair.Create(SchoolsField, school)),
    ]);

    private static Person Entered(FormState form, TrustDirectory directory, Person known)
    {
        form.Required(NameField, "Enter the name");
        var (name, email, telephone) = (form.Line(NameField, 120, "The name"), form.Address(EmailField, "The email address"), form.Telephone(TelephoneField, "The telephone number"));
        return known with
        {
            Name = name, Email = email.Length == 0 ? null : email, Telephone = telephone.Length == 0 ? null : telephone,
            SchoolIds = [.. form.All(SchoolsField).Where(school => directory.School(school) is not null).Distinct(StringComparer.Ordinal)],
        };
    }
}
