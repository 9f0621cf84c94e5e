using PolicyFlows.Browser.Tests.Support;

namespace PolicyFlows.Browser.Tests.Journeys;

/// <summary>A child is at risk: the concern is sent, confirmed by the safeguarding lead, and the sender sees that it was.</summary>
public sealed class SafeguardingTests(ProgramServer server) : IClassFixture<ProgramServer>
{
    private const string Lead = "Priya Lathom";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_concern_is_sent_confirmed_and_seen_as_confirmed(bool script)
    {
        Chromium.Need();
        var conditions = new Conditions { Script = script, Width = script ? 1280 : 320 };
        await using var sender = await server.PersonAsync(conditions);
        await using var lead = await server.PersonAsync(conditions);
        await using var mail = await server.PersonAsync(conditions with { Checked = false });

        await sender.OpenAsync("/");
        await sender.PressAsync("Tell the safeguarding lead");
        await sender.PressAsync("Send now");
        await sender.SeesAsync("There is a problem");
        await sender.ChooseAsync("Which school?", Reporting.School);
        await sender.FillAsync("Which child?", "A boy in year 8, red jacket");
        await sender.FillAsync("What are you worried about?", "He says that somebody he met online wants to see him tonight.");
        await sender.ChooseAsync("Is anyone in danger now?", "I do not know");
        await sender.PressAsync("Send now");
        await sender.ExpectAsync("Sent. Now please telephone");
        await sender.SeesAsync("Nobody has confirmed yet. Telephone now");
        await sender.SeesAsync(Lead);
        var reference = await sender.Page.Locator("dd").First.InnerTextAsync();

        await lead.OpenTaskAsync(new Inbox(mail), Lead, $"Act now: safeguarding alert - {reference}", "Safeguarding alert: confirm that you have it");
        await lead.SeesAsync("A boy in year 8, red jacket");
        await lead.PressAsync("Confirm that I have it");
        await lead.SeesAsync("There is a problem");
        await lead.ChooseAsync("Do you have it?", "I have read it, and I am dealing with it");
        await lead.PressAsync("Confirm that I have it");
        await lead.ExpectAsync("You have it");

        await sender.FollowAsync("Check again whether somebody has confirmed");
        await sender.ExpectAsync("The safeguarding lead has your concern");
        await sender.PressAsync("Report abuse of staff");
        await sender.ExpectAsync("Is a child at risk?");

        sender.Problems.AssertNone(pages: 6);
        lead.Problems.AssertNone(pages: 5);
    }
}
