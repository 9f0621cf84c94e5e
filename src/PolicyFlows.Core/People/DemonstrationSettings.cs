using PolicyFlows.Core.Settings;

namespace PolicyFlows.Core.People;

/// <summary>Settings of the made-up trust. Nothing in it was checked by a person of a trust, so every entry says "not checked yet".</summary>
internal static class DemonstrationSettings
{
    private const string MadeUp = "made up for the demonstration";
    private const string HolidaySource = "www.gov.uk/bank-holidays (England and Wales)";

    public static TrustSettings Create() => new()
    {
        TrustName = "Polygon Learning Trust",
        ChildrensServicesOutOfHours = new Helpline("Children's services, emergency duty team", "020 7946 0199", "Evenings, nights, weekends and bank holidays", MadeUp)
        {
            For = "A child who may be at risk, outside office hours",
        },
        Helplines =
        [
            new Helpline("Police, fire, ambulance", "999", "Always", "www.gov.uk") { For = "Anyone in danger now" },
            new Helpline("Police, not an emergency", "101", "Always", "www.police.uk") { For = "A threat that is not immediate" },
            new Helpline("Education Support", "08000 562 561", "Always", "www.educationsupport.org.uk") { For = "Anyone who works in education" },
            new Helpline("Samaritans", "116 123", "Always", "www.samaritans.org") { For = "Anyone who needs to talk" },
            new Helpline("Professionals Online Safety Helpline", "0344 381 4772", "Monday to Friday, 10:00 to 16:00", "swgfl.org.uk")
            {
                For = "School staff, about anything online",
            },
            new Helpline("Childline", "0800 1111", "Always", "www.childline.org.uk") { For = "A child or young person" },
        ],
        Terms =
        [
            Half("Spring 2026, first half", new(2026, 1, 5), new(2026, 2, 13)),
            Half("Spring 2026, second half", new(2026, 2, 23), new(2026, 3, 27)),
            Half("Summer 2026, first half", new(2026, 4, 13), new(2026, 5, 22)),
            Half("Summer 2026, second half", new(2026, 6, 1), new(2026, 7, 21)),
            Half("Autumn 2026, first half", new(2026, 9, 2), new(2026, 10, 23)),
            Half("Autumn 2026, second half", new(2026, 11, 2), new(2026, 12, 18)),
            Half("Spring 2027, first half", new(2027, 1, 4), new(2027, 2, 12)),
            Half("Spring 2027, second half", new(2027, 2, 22), new(2027, 3, 25)),
            Half("Summer 2027, first half", new(2027, 4, 12), new(2027, 5, 28)),
            Half("Summer 2027, second half", new(2027, 6, 7), new(2027, 7, 21)),
            Half("Autumn 2027, first half", new(2027, 9, 2), new(2027, 10, 22)),
            Half("Autumn 2027, second half", new(2027, 11, 1), new(2027, 12, 17)),
        ],
        BankHolidays =
        [
            Day(new(2026, 1, 1), "New Year's Day"),
            Day(new(2026, 4, 3), "Good Friday"),
            Day(new(2026, 4, 6), "Easter Monday"),
            Day(new(2026, 5, 4), "Early May bank holiday"),
            Day(new(2026, 5, 25), "Spring bank holiday"),
            Day(new(2026, 8, 31), "Summer bank holiday"),
            Day(new(2026, 12, 25), "Christmas Day"),
            Day(new(2026, 12, 28), "Boxing Day, substitute day"),
            Day(new(2027, 1, 1), "New Year's Day"),
            Day(new(2027, 3, 26), "Good Friday"),
            Day(new(2027, 3, 29), "Easter Monday"),
            Day(new(2027, 5, 3), "Early May bank holiday"),
            Day(new(2027, 5, 31), "Spring bank holiday"),
            Day(new(2027, 8, 30), "Summer bank holiday"),
            Day(new(2027, 12, 27), "Christmas Day, substitute day"),
            Day(new(2027, 12, 28), "Boxing Day, substitute day"),
        ],
        Administrator = new AdministratorContact("Wendy Harcombe-Lisle", "wendy.harcombe-lisle@polygon.example", "020 7946 0130"),
        Policy = new PolicyFacts("Social Media Policy", "November 2020", new DateOnly(2020, 11, 1), new DateOnly(2021, 11, 30)),
    };

    private static Term Half(string name, DateOnly from, DateOnly to) => new(name, from, to, MadeUp);

    private static BankHoliday Day(DateOnly day, string name) => new(day, name, HolidaySource);
}
