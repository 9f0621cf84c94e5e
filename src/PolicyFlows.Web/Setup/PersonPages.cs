using System.Globalization;
using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.People;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Setup;

/// <summary>One person: the roles they hold, and when they are away.</summary>
internal sealed class PersonPages(AdministratorDoor door, DirectoryDesk desk)
{
    public const string RoleField = "role", SchoolField = "school", OrderField = "order", HeldField = "held";
    public const string FromField = "from", ToField = "to", SubstituteField = "substitute", AbsenceField = "absence";
    public const string WholeTrust = "trust";
    private const int LastOrder = 99;

    public Task<IResult> ShowAsync(string id, HttpContext context) => door.OpenPersonAsync(id, context, (administration, person) =>
        Task.FromResult(PageOf(administration, person, FormState.Empty())));

    public Task<IResult> GiveRoleAsync(string id, HttpContext context) => door.OpenPersonAsync(id, context, async (administration, person) =>
    {
        var form = await FormState.ReadAsync(context);
        if (Given(form, administration.Directory) is { } held)
            await DirectoryActs.TryAsync(form, RoleField, () => desk.ChangePersonAsync(id, known => known with { Roles = [.. known.Roles.Where(role => !IsSame(role, held)), held] }, administration.Act("give a role"), context.RequestAborted));
        return form.IsValid ? Page.Next(Links.Setup.Person(id)) : PageOf(administration, person, form);
    });

    public Task<IResult> TakeRoleAsync(string id, HttpContext context) => door.OpenPersonAsync(id, context, async (administration, person) =>
    {
        var form = await FormState.ReadAsync(context);
        // Taken already, in another window: the page shows it.
        await DirectoryActs.TryAsync(form, RoleField, () => desk.ChangePersonAsync(
            id, known => known with { Roles = [.. known.Roles.Where(role => Key(role) != form[HeldField])] }, administration.Act("take a role"), context.RequestAborted));
        return form.IsValid ? Page.Next(Links.Setup.Person(id)) : PageOf(administration, person, form);
    });

    public Task<IResult> AwayAsync(string id, HttpContext context) => door.OpenPersonAsync(id, context, async (administration, person) =>
    {
        var form = await FormState.ReadAsync(context);
        var from = DateTimeField.Read(form, FromField, "when they go away", required: true);
        var to = DateTimeField.Read(form, ToField, "when they are back", required: true);
        if (from >= to) form.AddError(ToField, "When they are back must be after they go away", "day");
        else if (to <= administration.Now) form.AddError(ToField, "When they are back must be in the future", "day");
        var substitute = form[SubstituteField];
        if (substitute.Length > 0 && !Substitutes(administration, person).Any(other => other.Id == substitute)) form.AddError(SubstituteField, "Choose somebody of the list, or nobody");
        if (form.IsValid)
        {
            var absence = new Absence { Id = DirectoryDesk.NewId("a"), PersonId = id, From = from!.Value, To = to!.Value, SubstituteId = substitute.Length == 0 ? null : substitute };
            await DirectoryActs.TryAsync(form, FromField, () => desk.AddAbsenceAsync(absence, administration.Act("note an absence"), context.RequestAborted));
        }

        return form.IsValid ? Page.Next(Links.Setup.Person(id)) : PageOf(administration, person, form);
    });

    public Task<IResult> EndAwayAsync(string id, HttpContext context) => door.OpenPersonAsync(id, context, async (administration, _) =>
    {
        var form = await FormState.ReadAsync(context);
        if (administration.Directory.Absences.Any(absence => absence.Id == form[AbsenceField] && absence.PersonId == id))
            await desk.EndAbsenceAsync(form[AbsenceField], administration.Act("end an absence"), context.RequestAborted);
        return Page.Next(Links.Setup.Person(id));
    });

    /// <summary>Who can stand in: whoever works at one of the same schools, or for the trust.</summary>
    public static IReadOnlyList<Person> Substitutes(Administration administration, Person person) =>
    [
        .. administration.Directory.People.Where(other => other.Id != person.Id && other.IsHere(administration.Now) && other.Email is not null
            && (person.SchoolIds.Count == 0 ? other.SchoolIds.Count == 0 : other.SchoolIds.Intersect(person.SchoolIds, StringComparer.Ordinal).Any())),
    ];

    /// <summary>Names one held role in a form.</summary>
    public static string Key(RoleAt held) => $"{held.Role}|{held.SchoolId}";

    private static IResult PageOf(Administration administration, Person person, FormState form)
    {
        var parameters = new { Administration = administration, Person = person, Form = form };
        return form.IsValid ? Page.Of<PersonPage>(parameters) : Page.Invalid<PersonPage>(parameters);
    }

    private static RoleAt? Given(FormState form, TrustDirectory directory)
    {
        var chosen = form.OneOf(RoleField, RoleFacts.OfSchools.Concat(RoleFacts.OfTrust).Select(role => role.ToString()), "Choose a role");
        var place = form.OneOf(SchoolField, directory.Schools.Select(school => school.Id).Append(WholeTrust), "Choose a school, or the whole trust");
        var order = 0;
        if (form[OrderField].Length > 0 && (!int.TryParse(form[OrderField], NumberStyles.None, CultureInfo.InvariantCulture, out order) || order > LastOrder))
            form.AddError(OrderField, $"The number must be a whole number from 0 to {LastOrder}");
        if (chosen is null || place is null || !form.IsValid) return null;
        var role = Enum.Parse<Role>(chosen);
        if (place == WholeTrust && !RoleFacts.OfTrust.Contains(role)) form.AddError(SchoolField, "This role is held at a school. Choose one");
        if (place != WholeTrust && !RoleFacts.OfSchools.Contains(role)) form.AddError(SchoolField, "This role is held for the whole trust");
        return form.IsValid ? new RoleAt(role, place == WholeTrust ? null : place, order) : null;
    }

    private static bool IsSame(RoleAt one, RoleAt other) => one.Role == other.Role && one.SchoolId == other.SchoolId;
}
