using PolicyFlows.Browser.Tests.Support;

namespace PolicyFlows.Browser.Tests.Journeys;

/// <summary>By keyboard alone.</summary>
public sealed class KeyboardTests(ProgramServer server) : IClassFixture<ProgramServer>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(320)]
    public async Task A_report_is_sent_with_Tab_Space_Enter_and_the_arrows(int width)
    {
        Chromium.Need();
        await using var person = await server.PersonAsync(new() { Width = width, Checked = false });
        var keys = new Keyboard(person);
        await person.OpenAsync("/");

        await keys.PressAsync("Report abuse of staff");
        await keys.AnswerAsync("Is a child at risk?", "No, or I have already told the safeguarding lead");
        await keys.PressAsync("Continue");
        await keys.AnswerAsync("School", Reporting.School);
        await keys.AnswerAsync("Who is it aimed at?", "Me");
        await keys.PressAsync("Continue", "Space");
        await keys.TypeAsync("What happened?", Reporting.What);
        await keys.PressAsync("Continue");
        await keys.TypeAsync("Link", "https://x.com/quiet_kite/status/2");
        await keys.SelectAsync("What is it?", "A comment");
        await keys.PressAsync("Continue");
        await keys.AnswerAsync(Reporting.ImagesQuestion, "No");
        await keys.PressAsync("Answer and choose a file");
        await keys.ChooseFileAsync(Reporting.Screenshot);
        await keys.PressAsync("Upload");
        await person.SeesAsync("screenshot.png");
        await keys.PressAsync("Continue");
        await keys.TypeAsync("Your name", Reporting.Reporter);
        await keys.PressAsync("Continue");
        await keys.PressAsync("Continue");
        await keys.PressAsync("Send report");

        Assert.NotEmpty((await person.ReceiptAsync()).Reference);
        Assert.Empty(keys.Problems);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_Tab_leads_to_a_link_that_skips_to_the_content(bool script)
    {
        Chromium.Need();
        await using var person = await server.PersonAsync(new() { Script = script, Checked = false });
        var keys = new Keyboard(person);
        await person.OpenAsync("/");

        Assert.Equal("Skip to main content", (await keys.TabAsync()).Name);
        await person.Page.Keyboard.PressAsync("Enter");

        Assert.True((await keys.TabAsync()).InMain);
        Assert.Empty(keys.Problems);
    }

    [Fact]
    public async Task A_refused_page_begins_at_its_error_summary_and_leads_to_the_field()
    {
        Chromium.Need();
        await using var person = await server.PersonAsync();
        var keys = new Keyboard(person);
        await person.OpenAsync("/report");

        await keys.PressAsync("Continue");

        Assert.StartsWith("Error: ", await person.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.True(await person.Page.EvaluateAsync<bool>("() => document.activeElement.classList.contains('govuk-error-summary')"));
        Assert.Equal("A", (await keys.TabAsync()).Tag);
        await person.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("child", (await keys.StopAsync()).Id);
        Assert.Empty(keys.Problems);
        person.Problems.AssertNone(pages: 2);
    }

    [Fact]
    public async Task A_manager_opens_and_decides_a_task_by_keyboard()
    {
        Chromium.Need();
        await using var reporter = await server.PersonAsync(new() { Checked = false });
        await using var manager = await server.PersonAsync(new() { Checked = false });
        var receipt = await reporter.ReportAsync();
        var keys = new Keyboard(manager);
        var inbox = new Inbox(reporter);
        await manager.OpenAsync(await inbox.TaskLinkAsync(Reporting.Manager, receipt.Reference));

        await keys.PressAsync("Email me a code");
        await keys.TypeAsync("6-digit code", await inbox.CodeAsync(Reporting.Manager));
        await keys.PressAsync("Open the task");
        await keys.TabToAsync(s => s.Type == "checkbox" && s.Name == "Get it removed", "Get it removed");
        await manager.Page.Keyboard.PressAsync("Space");
        await keys.AnswerAsync("If it is to be removed: why?", "Harassment or abuse");
        await keys.TypeAsync("Your reason", "It insults a teacher.");
        await keys.PressAsync("Confirm the decision");

        await manager.ExpectAsync("Your decision is recorded");
        Assert.Empty(keys.Problems);
    }
}
