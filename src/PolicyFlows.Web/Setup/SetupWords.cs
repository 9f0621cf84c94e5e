using System.Globalization;
using System.Text.Json;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Settings;
using PolicyFlows.Durable;
using PolicyFlows.Web.Cases;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Setup;

/// <summary>Words of the set-up pages.</summary>
internal static class SetupWords
{
    /// <summary>"Deputy senior manager at Quillmoor Academy, asked as number 2".</summary>
    public static string Role(TrustDirectory directory, RoleAt held) =>
        RoleWords.Of(held.Role) + (held.SchoolId is { } school ? $" at {directory.School(school)?.Name ?? school}" : " for the whole trust")
        + (held.Order > 0 ? $", asked as number {held.Order}" : "") + (held.Until is { } until ? $", until {London.Format(until, LondonStyle.Full)}" : "");

    /// <summary>Names of the schools somebody works at, or the trust's.</summary>
    public static string Schools(TrustDirectory directory, Person person) =>
        person.SchoolIds.Count == 0 ? directory.Settings.TrustName : string.Join(", ", person.SchoolIds.Select(id => directory.School(id)?.Name ?? id));

    /// <summary>Says of a role that nobody can be reached in it.</summary>
    public static string Gap(RoleReadiness role) => role.Missing switch
    {
        RoleGap.Nobody => "nobody holds it",
        RoleGap.NoAddress => "nobody in it has an email address",
        RoleGap.NoTelephone => "nobody in it has an email address and a telephone number",
        _ => string.Join(", ", role.Holders.Select(person => person.Name)),
    };

    /// <summary>Says beside the field why a change was not taken.</summary>
    /// <param name="field">What the rule is about where it is not a field of its own.</param>
    public static void Refuse(FormState form, DirectoryRule rule, string field)
    {
        var (about, message) = rule switch
        {
            DirectoryRule.AddressTaken => (PeoplePages.EmailField, "Somebody else here has this email address. Enter another one, or leave it empty"),
            DirectoryRule.AdministratorWithoutAddress => (field, "An administrator needs an email address to sign in"),
            DirectoryRule.OwnRights => (field, "You cannot do this to yourself. Ask another administrator"),
            DirectoryRule.LastAdministrator => (field, "There must be another administrator first, for good and not only until a date"),
            DirectoryRule.UnknownSchool => (field, "Choose a school of the list"),
            _ => (field, "This has changed in another window. Open the page again"),
        };
        form.AddError(about, message);
    }

    /// <summary>Name of a changed value.</summary>
    public static string Field(TrustDirectory directory, string stored) => stored switch
    {
        "name" => "Name",
        "email" => "Email address",
        "telephone" => "Telephone",
        "schoolIds" => "Schools",
        "roles" => "Roles",
        "active" => "Works here",
        "leavesAt" => "Leaves",
        "accountId" => "Work account",
        "from" => "Away from",
        "to" => "Away until",
        "substituteId" => "Stands in",
        "personId" => "Person",
        "trustName" => "Name of the trust",
        _ => Duration(stored) is { } duration ? DurationGroup.LabelOf(duration.Name) + (duration.School is { } id ? $" at {directory.School(id)?.Name ?? id}" : "") : stored,
    };

    /// <summary>The duration that "durations.sentDue" or "overrides.s-101.sentDue" is about; null for what is none.</summary>
    private static (string Name, string? School)? Duration(string stored) => stored.Split('.') is ["durations" or "overrides", .. var between, var name]
        && DurationSetting.All.FirstOrDefault(setting => JsonNamingPolicy.CamelCase.ConvertName(setting.Name) == name) is { } found ? (found.Name, between.FirstOrDefault()) : null;

    private static string Duration(string name, string value)
    {
        var setting = DurationSetting.All.Single(known => known.Name == name);
        return DurationText.Of(setting, setting.IsWorkingDays ? TimeSpan.FromDays(int.Parse(value, CultureInfo.InvariantCulture)) : TimeSpan.Parse(value, CultureInfo.InvariantCulture));
    }

    /// <summary>A stored value as a person reads it; what has no words of its own is shown as it is stored.</summary>
    public static string Value(TrustDirectory directory, string field, string? value)
    {
        if (value is null) return Duration(field) is { School: not null } ? "as in the trust" : "nothing";
        try
        {
            return field switch
            {
                "roles" => string.Join("; ", (Json.Read<IReadOnlyList<RoleAt>>(value) ?? []).Select(held => Role(directory, held))),
                "schoolIds" => string.Join(", ", (Json.Read<IReadOnlyList<string>>(value) ?? []).Select(id => directory.School(id)?.Name ?? id)),
                "substituteId" or "personId" => directory.NameOf(value),
                "leavesAt" or "from" or "to" => London.FormatWithZone(DateTimeOffset.Parse(value, CultureInfo.InvariantCulture)),
                "active" => value == "true" ? "yes" : "no",
                _ when Duration(field) is { } duration => Duration(duration.Name, value),
                _ => value,
            };
        }
        catch (Exception old) when (old is JsonException or FormatException)
        {
            // Written by a version that stored it in another form: the log still shows what it said.
            return value;
        }
    }
}
