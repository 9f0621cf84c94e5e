namespace PolicyFlows.Crash.People;

/// <summary>Who answers what at a school of the made-up trust, by mail address.</summary>
internal sealed record SchoolFolk(string Id, string Manager, string BehaviourLead, IReadOnlyList<string> Leads, string Headteacher);

/// <summary>The made-up trust as its people know it.</summary>
internal static class Folk
{
    public static readonly string TrustLead = Address("catherine.elmsworth");

    public static readonly IReadOnlyList<SchoolFolk> Schools =
    [
        new("s-101", Address("ruth.ashdown"), Address("daniel.merrivow"), [Address("priya.lathom"), Address("owen.farradale"), Address("grace.oyelland")], Address("marcus.wendleby")),
        new("s-102", Address("amara.coldwick"), Address("harjit.molesworthy"), [Address("samuel.ivoring"), Address("beth.quarrendon")], Address("fiona.larkenby")),
    ];

    public static SchoolFolk Of(string school) => Schools.Single(s => s.Id == school);

    private static string Address(string name) => name + "@polygon.example";
}
