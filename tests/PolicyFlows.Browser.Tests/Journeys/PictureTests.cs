using PolicyFlows.Browser.Tests.Support;

namespace PolicyFlows.Browser.Tests.Journeys;

/// <summary>
/// Tells a story and takes the pictures of the documentation. With POLICYFLOWS_PICTURES they go to that folder (./screenshots.sh sets it); without,
/// to one that is thrown away, so that the command keeps working.
/// </summary>
public sealed class PictureTests(ProgramServer server) : IClassFixture<ProgramServer>, IDisposable
{
    private const int MostBytes = 300 * 1024;

    private static readonly string? Wanted = Environment.GetEnvironmentVariable("POLICYFLOWS_PICTURES") is { Length: > 0 } folder ? folder : null;

    private readonly DirectoryInfo taken = Wanted is null ? Directory.CreateTempSubdirectory("policyflows-pictures-") : Directory.CreateDirectory(Wanted);

    [Fact]
    public async Task The_pictures_of_the_documentation_can_be_taken_again()
    {
        Chromium.Need();
        await using var reporter = await server.PersonAsync(new() { Checked = false });
        await using var manager = await server.PersonAsync(new() { Checked = false });
        await using var mail = await server.PersonAsync(new() { Checked = false });
        var inbox = new Inbox(mail);

        // Yesterday's report was decided, and nobody sent the request: its clock is missed.
        await reporter.ReportAsync("https://www.facebook.com/groups/quillmoor/posts/1", "A group in which pupils rank their teachers.");
        await DecideAsync(manager, inbox);
        await manager.MoveClockAsync("24h");

        // Another was sent to the website and is to be checked tomorrow.
        await reporter.OpenAsync("/");
        await TakeAsync(reporter, "start", until: "main");
        var running = await reporter.ReportAsync();
        await DecideAsync(manager, inbox);
        await manager.MoveClockAsync("1h");
        await manager.OpenTaskAsync(inbox, Reporting.Manager, "Removal request needed", "Send the request to remove it");
        await manager.FileAsync();
        await manager.MoveClockAsync("12h");

        // The third has just come in.
        await reporter.OpenAsync("/receipt/status");
        await reporter.PressAsync("Close my report on this device");
        var fresh = await reporter.ReportAsync("https://www.instagram.com/p/quiet-heron/", "An account with my name and picture sends insults to parents.", beforeSending: () => TakeAsync(reporter, "report", until: "main form button:not(.pf-link-button)"));
        await TakeAsync(reporter, "confirmation", until: "main form .govuk-button");
        await manager.OpenTaskAsync(inbox, Reporting.Manager, fresh.Reference, "What should the school do about this report?");
        await TakeAsync(manager, "task", from: ".govuk-warning-text", until: "main form button", width: 640);
        await mail.OpenAsync("/mailbox");
        await TakeAsync(mail, "mailbox");
        await manager.SignInAsAsync(Reporting.Manager);
        await TakeAsync(manager, "dashboard");
        await manager.FollowAsync(running.Reference);
        await TakeAsync(manager, "case", until: "section[aria-labelledby=evidence]");

        await using var phone = await server.PersonAsync(new() { Width = 390, Height = 844, Checked = false });
        await phone.SignInAsAsync(Reporting.Manager);
        await phone.FollowAsync(running.Reference);
        await TakeAsync(phone, "case-phone", until: ".pf-rings", width: 390);
    }

    public void Dispose()
    {
        if (Wanted is null) taken.Delete(recursive: true);
    }

    private static async Task DecideAsync(Person manager, Inbox inbox)
    {
        await manager.OpenTaskAsync(inbox, Reporting.Manager, "Decision needed", "What should the school do about this report?");
        await manager.DecideTakedownAsync();
    }

    /// <summary>The whole page, or the part of it between two elements: what a picture shows, it shows to the end.</summary>
    private async Task TakeAsync(Person person, string name, string? from = null, string? until = null, int width = 1040)
    {
        const int Margin = 14;
        await person.Page.SetViewportSizeAsync(width, 600);
        var top = from is null ? 0 : await person.Page.Locator(from).First.EvaluateAsync<float>("e => e.getBoundingClientRect().top + window.scrollY") - Margin;
        var end = until is null
            ? await person.Page.EvaluateAsync<float>("document.documentElement.scrollHeight")
            : await person.Page.Locator(until).First.EvaluateAsync<float>("e => e.getBoundingClientRect().bottom + window.scrollY") + Margin;
        await person.Page.SetViewportSizeAsync(width, (int)Math.Ceiling(end));
        var path = Path.Combine(taken.FullName, name + ".png");
        await person.Page.ScreenshotAsync(new() { Path = path, Clip = new() { X = 0, Y = top, Width = width, Height = end - top } });
        Assert.InRange(new FileInfo(path).Length, 1, MostBytes);
    }
}
