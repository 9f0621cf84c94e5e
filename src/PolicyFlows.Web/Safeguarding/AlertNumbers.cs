using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.Calendar;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Time;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Report;

namespace PolicyFlows.Web.Safeguarding;

/// <summary>Whom to telephone about a child.</summary>
internal static class AlertNumbers
{
    /// <summary>
    /// Safeguarding lead and deputies of the school, its office in school hours, children's services outside them.
    /// </summary>
    public static IReadOnlyList<PhoneNumber> Of(TrustDirectory directory, string schoolId, DateTimeOffset now)
    {
        var inHours = new WorkingCalendar(directory.Settings, schoolId).IsSchoolHours(now);
        var school = directory.School(schoolId);
        var numbers = Routing.Safeguarding(directory, schoolId, now, new HashSet<string>()).Leads
            .Select(lead => Readers.Of(directory, lead))
            .Where(lead => lead.Telephone is not null)
            .Select(lead => new PhoneNumber(lead.Name, lead.Telephone!, Capital(lead.Role)))
            .ToList();
        if (!inHours) numbers.Add(PhoneNumber.Of(directory.Settings.ChildrensServicesOf(schoolId)));
        if (school is not null && (inHours || numbers.Count == 1)) numbers.Add(new(school.Name, school.Telephone, "School office"));
        return numbers;
    }

    /// <summary>From what this process still knows when the store has failed; the schools' offices when the school is not known.</summary>
    public static IReadOnlyList<PhoneNumber> LastKnown(TrustDirectory? directory, string schoolId, DateTimeOffset now) => directory switch
    {
        null => [],
        _ when directory.School(schoolId) is not null => Of(directory, schoolId, now),
        _ => [.. directory.Schools.Select(s => new PhoneNumber(s.Name, s.Telephone, "School office"))],
    };

    /// <summary>For a request that was refused before the form was looked at, or while it was.</summary>
    public static async Task<IReadOnlyList<PhoneNumber>> OfRefusedAsync(HttpContext context)
    {
        var directories = context.RequestServices.GetRequiredService<DirectoryStore>();
        var school = context.Features.Get<IFormFeature>()?.Form?[AlertForm.School].ToString() ?? "";
        try
        {
            await directories.RequireAsync(context.RequestAborted);
        }
        catch (Exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            // What failed may be the store itself: then what this process still knows must do.
        }

        return LastKnown(directories.LastKnown, school, context.RequestServices.GetRequiredService<BusinessClock>().Now);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
