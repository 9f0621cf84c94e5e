using PolicyFlows.Core.People;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>Changes to the made-up trust.</summary>
public static class Trust
{
    /// <summary>Somebody is away when the stories begin, and somebody stands in.</summary>
    /// <param name="hours">How long the absence lasts from there, hours.</param>
    public static TrustDirectory Away(TrustDirectory people, string personId, string substituteId, double hours = 5 * 24) => new(people.Settings, people.Schools, people.People,
    [
        .. people.Absences,
        new Absence { Id = "a-1", PersonId = personId, From = Moments.SundayNight.AddDays(-1), To = Moments.SundayNight.AddHours(hours), SubstituteId = substituteId },
    ]);
}
