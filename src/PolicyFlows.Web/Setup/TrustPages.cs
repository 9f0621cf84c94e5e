using System.Globalization;
using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Settings;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Report;
using PolicyFlows.Web.SignIn;

namespace PolicyFlows.Web.Setup;

/// <summary>The trust itself: its name, whom to ask about this program, the number for a child at risk out of hours, and school hours.</summary>
internal sealed class TrustPages(AdministratorDoor door, DirectoryDesk desk)
{
    public const string NameField = "trust", AdministratorField = "administrator", EmailField = "email", TelephoneField = "telephone";
    public const string ServicesField = "services", NumberField = "number", HoursField = "hours", SourceField = "source", CheckedField = "checked";
    public const string FromField = "from", ToField = "to";
    private const string TimeForm = "HH:mm";

    public Task<IResult> ShowAsync(HttpContext context) => door.OpenAsync(context, administration =>
        Task.FromResult(PageOf(FormOf(administration.Directory.Settings))));

    public Task<IResult> SaveAsync(HttpContext context) => door.OpenAsync(context, async administration =>
    {
        var form = await FormState.ReadAsync(context);
        var change = Entered(form, London.Day(administration.Now));
        if (!form.IsValid) return PageOf(form);
        await desk.ChangeSettingsAsync(change, administration.Act("change the trust's settings"), context.RequestAborted);
        return Page.Next(Links.Setup.Home());
    });

    private static Func<TrustSettings, TrustSettings> Entered(FormState form, DateOnly today)
    {
        var name = Line(NameField, "Enter the name of the trust", "The name");
        var administrator = new AdministratorContact(
            Line(AdministratorField, "Enter whom to ask", "The name"), form.Required(EmailField, "Enter an email address"), form.Required(TelephoneField, "Enter a telephone number"));
        form.Address(EmailField, "The email address");
        form.Telephone(TelephoneField, "The telephone number");
        var (services, number, hours, source) =
            (Line(ServicesField, "Enter what the service is called", "The name"), form.Required(NumberField, "Enter the number"), Line(HoursField, "Enter when it is answered", "The hours"), Line(SourceField, "Enter where you read the number", "The source"));
        form.Telephone(NumberField, "The number");
        var (from, to) = (Time(FromField), Time(ToField));
        if (from >= to) form.AddError(ToField, "School hours must end after they begin");
        var isChecked = form.IsChosen(CheckedField, CheckedField);
        return settings =>
        {
            var known = settings.ChildrensServicesOutOfHours;
            // A number that nobody has touched keeps the day on which it was checked.
            var checkedOn = isChecked ? today : known.Number == number && known.Source == source ? known.CheckedOn : null;
            return settings with
            {
                TrustName = name, Administrator = administrator, SchoolHours = new(from!.Value, to!.Value),
                ChildrensServicesOutOfHours = known with { Name = services, Number = number, Hours = hours, Source = source, CheckedOn = checkedOn },
            };
        };

        string Line(string field, string missing, string what)
        {
            form.Required(field, missing);
            return form.Line(field, 120, what);
        }

        TimeOnly? Time(string field)
        {
            if (TimeOnly.TryParseExact(form[field].Replace('.', ':'), ["H:mm", TimeForm], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
            form.AddError(field, "Enter a time, like 08:00 or 16:30");
            return null;
        }
    }

    private static FormState FormOf(TrustSettings settings) => FormState.From(
    [
        new(NameField, settings.TrustName), new(AdministratorField, settings.Administrator.Name), new(EmailField, settings.Administrator.Email), new(TelephoneField, settings.Administrator.Telephone),
        new(ServicesField, settings.ChildrensServicesOutOfHours.Name), new(NumberField, settings.ChildrensServicesOutOfHours.Number), new(HoursField, settings.ChildrensServicesOutOfHours.Hours),
        new(SourceField, settings.ChildrensServicesOutOfHours.Source), new(FromField, settings.SchoolHours.From.ToString(TimeForm, CultureInfo.InvariantCulture)),
        new(ToField, settings.SchoolHours.To.ToString(TimeForm, CultureInfo.InvariantCulture)),
    ]);

    private static IResult PageOf(FormState form) => form.IsValid ? Page.Of<TrustPage>(new { Form = form }) : Page.Invalid<TrustPage>(new { Form = form });
}
