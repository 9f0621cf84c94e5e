using Microsoft.Playwright;
using PolicyFlows.Browser.Tests.Support;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Browser.Tests.Journeys;

/// <summary>Files that are too large or do not arrive: the reporter reads why, keeps what was there, and goes on.</summary>
public sealed class UploadTests(ProgramServer server) : IClassFixture<ProgramServer>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_picture_just_over_the_limit_is_refused_beside_its_field_and_one_just_under_it_is_kept(bool script)
    {
        Chromium.Need();
        using var over = new BigPicture("over.png", Uploads.FileBytes + 1);
        using var under = new BigPicture("under.png", Uploads.FileBytes - 1);
        await using var person = await server.PersonAsync(new Conditions { Script = script });
        await person.ToFilesAsync();
        await person.Page.GetByLabel("Choose a file").SetInputFilesAsync(Reporting.Screenshot);
        await person.PressAsync("Upload");

        await person.Page.GetByLabel("Choose another file").SetInputFilesAsync(over.Path);
        await person.PressAsync("Upload");
        await person.ExpectAsync("Do you have a screenshot or recording?");
        Assert.EndsWith("The selected file must be smaller than 25MB (a video: 95MB)", await person.Page.Locator("#file-error").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(["screenshot.png"], await KeptAsync(person));

        await person.Page.GetByLabel("Choose another file").SetInputFilesAsync(under.Path);
        await person.PressAsync("Upload");
        Assert.Equal(["screenshot.png", "under.png"], await KeptAsync(person));
        await person.FromFilesAsync(beforeSending: async () =>
        {
            await person.SeesAsync("screenshot.png");
            await person.SeesAsync("under.png");
        });
        person.Problems.AssertNone(pages: 10);
    }

    [Fact]
    public async Task An_upload_that_is_cut_off_midway_loses_nothing_and_goes_through_when_tried_again()
    {
        Chromium.Need();
        using var picture = new BigPicture("picture.png", 12 * 1024 * 1024);
        await using var line = new BreakableLine(server.Address);
        // The browser's own page about a lost connection is nothing that can be checked.
        await using var person = await server.PersonAsync(new Conditions { Checked = false }, line);
        await person.ToFilesAsync();
        await person.Page.GetByLabel("Choose a file").SetInputFilesAsync(Reporting.Screenshot);
        await person.PressAsync("Upload");

        line.BreaksAfter = 6 * 1024 * 1024;
        await person.Page.GetByLabel("Choose another file").SetInputFilesAsync(picture.Path);
        await person.WithNextPageAsync(() => person.Page.GetByRole(AriaRole.Button, new() { Name = "Upload", Exact = true }).ClickAsync());
        Assert.StartsWith("chrome-error:", person.Page.Url, StringComparison.Ordinal);
        Assert.True(line.Breaks > 0, "Nothing was cut.");

        line.BreaksAfter = null;
        await person.Page.GoBackAsync();
        await person.ExpectAsync("Do you have a screenshot or recording?");
        Assert.Equal(["screenshot.png"], await KeptAsync(person));
        await person.Page.GetByLabel("Choose another file").SetInputFilesAsync(picture.Path);
        await person.PressAsync("Upload");
        Assert.Equal(["screenshot.png", "picture.png"], await KeptAsync(person));
        await person.FromFilesAsync();
        Assert.Empty(server.Errors.All);
    }

    private static async Task<IReadOnlyList<string>> KeptAsync(Person person) =>
        [.. (await person.Page.Locator(".pf-kept__what").AllInnerTextsAsync()).Select(text => text.Split('\n')[0])];
}
