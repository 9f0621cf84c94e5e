using PolicyFlows.Browser.Tests.Support;

namespace PolicyFlows.Browser.Tests.Journeys;

/// <summary>Somebody comes into the room.</summary>
public sealed class ExitTests(ProgramServer server) : IClassFixture<ProgramServer>
{
    private const string Harmless = "Sitting well at a screen";

    public static TheoryData<string> Pages => ["/report", "/report/school", "/safeguarding", "/receipt"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Shift_three_times_leaves_every_page_of_a_report(string path)
    {
        Chromium.Need();
        await using var person = await server.PersonAsync(new() { Checked = false });
        await BeginAsync(person);
        await person.OpenAsync(path);

        await person.WithNextPageAsync(async () =>
        {
            for (var i = 0; i < 3; i++) await person.Page.Keyboard.PressAsync("Shift");
        });

        await IsHarmlessAsync(person);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_exit_button_leaves_with_and_without_script(bool script)
    {
        Chromium.Need();
        await using var person = await server.PersonAsync(new() { Script = script, Width = 320 });
        await BeginAsync(person);

        await person.LeaveByAsync(person.Page.Locator(".govuk-exit-this-page__button"));

        await IsHarmlessAsync(person);
        person.Problems.AssertNone(pages: 3);
    }

    [Fact]
    public async Task What_was_entered_is_still_there_after_leaving()
    {
        Chromium.Need();
        await using var person = await server.PersonAsync(new() { Checked = false });
        await BeginAsync(person);
        await person.ChooseAsync("School", Reporting.School);
        await person.PressAsync("Continue");
        await person.LeaveByAsync(person.Page.Locator(".govuk-exit-this-page__button"));

        await person.OpenAsync("/report");
        await person.FollowAsync("Go on with it");

        Assert.True(await person.Page.GetByLabel(Reporting.School).IsCheckedAsync());
    }

    private static async Task BeginAsync(Person person)
    {
        await person.OpenAsync("/report");
        await person.ChooseAsync("Is a child at risk?", "No, or I have already told the safeguarding lead");
        await person.PressAsync("Continue");
    }

    private static async Task IsHarmlessAsync(Person person)
    {
        await person.ExpectAsync(Harmless);
        var all = await person.Page.ContentAsync();
        Assert.All(["report", "abuse", "PolicyFlows", Reporting.School], word => Assert.DoesNotContain(word, all.Replace("/assets/", "", StringComparison.Ordinal).Replace("policyflows.css", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
    }
}
