using PolicyFlows.Browser.Tests.Support;

namespace PolicyFlows.Browser.Tests.Journeys;

/// <summary>Pages that no journey passes through, and refused forms, under each way of looking at them.</summary>
public sealed class EveryPageTests(ProgramServer server) : IClassFixture<ProgramServer>
{
    private static readonly string[] Public =
    [
        "/", "/help", "/privacy", "/accessibility", "/posture", "/policy", "/sign-in", "/receipt/lost-code", "/nothing-here", "/demo/sign-in-as",
    ];

    public static TheoryData<string> Ways => ["wide", "phone", "forced colours and little motion"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Pages_for_everybody(string way)
    {
        Chromium.Need();
        await using var person = await server.PersonAsync(ConditionsOf(way));
        foreach (var path in Public) await person.OpenAsync(path);
        await person.OpenAsync("/receipt");
        await person.PressAsync("Continue");
        await person.SeesAsync("There is a problem");
        await person.OpenAsync("/sign-in");
        await person.PressAsync("Email me a code");
        await person.SeesAsync("There is a problem");
        await person.FillAsync("Your work email address", Inbox.AddressOf(Reporting.Manager));
        await person.PressAsync("Email me a code");
        await person.ExpectAsync("Enter your code");
        person.Problems.AssertNone(pages: 14);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Pages_of_a_case_and_refused_answers(string way)
    {
        Chromium.Need();
        await using var person = await server.PersonAsync(new() { Checked = false });
        var receipt = await person.ReportAsync($"https://www.some-very-long-name-of-a-website-that-nobody-knows.example/a/very/long/path/{new string('x', 120)}");
        await person.SignInAsAsync(Reporting.Manager);

        await using var manager = await server.PersonAsync(ConditionsOf(way));
        await manager.SignInAsAsync(Reporting.Manager);
        await manager.LeaveByAsync(manager.Page.Locator(".pf-task__title").Filter(new() { HasText = receipt.Reference }));
        await manager.PressAsync("Confirm the decision");
        await manager.SeesAsync("There is a problem");
        await manager.FollowAsync("This concerns me");
        await manager.PressAsync("Hand it to the next person");
        await manager.SeesAsync("There is a problem");
        await manager.OpenAsync($"/cases/{receipt.Reference}");
        await manager.FollowAsync("Add another page, post or message");
        await manager.PressAsync("Add it");
        await manager.SeesAsync("There is a problem");
        await manager.OpenAsync($"/cases/{receipt.Reference}/close");
        await manager.OpenAsync($"/cases/{receipt.Reference}/chain");
        await manager.OpenAsync($"/cases/{receipt.Reference}/readers");
        await manager.PressAsync("Invite to read");
        await manager.SeesAsync("There is a problem");
        await manager.OpenAsync("/mailbox");
        await manager.SignInAsAsync("Wendy Harcombe-Lisle");
        await manager.FollowAsync("Operator page");
        await manager.SignInAsAsync("Catherine Elmsworth");
        await manager.SignInAsAsync("Marcus Wendleby");
        await manager.SignInAsAsync("Stephen Ockleby");
        await manager.FollowAsync("Ask to read a case");
        await manager.PressAsync("Note my reason and open the case");
        await manager.SeesAsync("There is a problem");
        manager.Problems.AssertNone(pages: 20);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Pages_of_the_set_up(string way)
    {
        Chromium.Need();
        await using var admin = await server.PersonAsync(ConditionsOf(way));
        await admin.SignInAsAsync("Wendy Harcombe-Lisle");
        await admin.FollowAsync("People, roles and schools");
        foreach (var path in new[] { "/set-up/people", "/set-up/schools", "/set-up/schools/s-101", "/set-up/people/p-306", "/set-up/trust", "/set-up/durations", "/set-up/durations?school=s-101", "/set-up/durations/removal?school=s-101" }) await admin.OpenAsync(path);
        await admin.OpenAsync("/set-up/new-school");
        await admin.PressAsync("Add this school");
        await admin.SeesAsync("There is a problem");
        await admin.OpenAsync("/set-up/new-person");
        await admin.PressAsync("Add this person");
        await admin.SeesAsync("There is a problem");
        await admin.FillAsync("Name", $"Somebody Looked At ({way})");
        await admin.PressAsync("Add this person");
        await admin.PressAsync("Give this role");
        await admin.SeesAsync("There is a problem");
        await admin.PressAsync("Note this absence");
        await admin.SeesAsync("There is a problem");
        await admin.FollowAsync($"Note that Somebody Looked At ({way}) leaves");
        await admin.PressAsync("Note that they leave");
        await admin.SeesAsync("There is a problem");
        await admin.OpenAsync("/set-up/durations/safeguarding");
        await admin.FillAsync("Not confirmed: the leads are told again after", "soon");
        await admin.PressAsync("Save");
        await admin.SeesAsync("There is a problem");
        await admin.OpenAsync("/set-up/changes");
        admin.Problems.AssertNone(pages: 22);
    }

    private static Conditions ConditionsOf(string way) => way switch
    {
        "phone" => new() { Width = 320, Height = 640 },
        "forced colours and little motion" => new() { ForcedColors = true, ReducedMotion = true },
        _ => new(),
    };
}
